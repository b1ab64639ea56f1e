"""Two states of a plan side by side: what was added, taken away, moved and reworded, word by word.

A state is what `roadmap.services.versions.content_of` gives. Stages and activities are the same by their keys,
whatever they are called and wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum, auto
from typing import Any, NamedTuple

from roadmap.terms import render_windows

Content = Mapping[str, Any]

WORD = re.compile(r"\n|[^\S\n]*\S+")
LINE = re.compile(r"\n|[^\n]+")
MANY_WORDS = 800
"""Longer texts are compared line by line: word by word would take seconds."""


STAMP = ("word", "by", "person", "basis", "date", "number")
"""What an approval says, in the order in which it says it."""


class Fate(StrEnum):
    """What became of a stage or an activity; one that is the same or changed may have been moved besides."""

    SAME = auto()
    CHANGED = auto()
    ADDED = auto()
    REMOVED = auto()


class Piece(NamedTuple):
    """A stretch of a text, and whether the other side lacks it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field on both sides; `name` is its key in the content, for a further column `extra.` and its heading."""

    name: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        return any(piece.differs for piece in (*self.old, *self.new))


@dataclass(frozen=True, slots=True)
class RowPair:
    """An activity on both sides, with its fields that hold anything."""

    key: int
    fate: Fate
    is_moved: bool
    number: str
    text: str
    fields: tuple[FieldPair, ...]

    @property
    def counts(self) -> bool:
        """Whether more became of it than another number."""
        return (
            self.is_moved
            or self.fate in {Fate.ADDED, Fate.REMOVED}
            or any(pair.differs and pair.name != "number" for pair in self.fields)
        )


@dataclass(frozen=True, slots=True)
class StagePair:
    """A stage on both sides, with its activities in the newer order and those that were taken away at their place."""

    key: int
    fate: Fate
    is_moved: bool
    number: str
    name: str
    fields: tuple[FieldPair, ...]
    rows: tuple[RowPair, ...]

    @property
    def differs(self) -> bool:
        return self.fate is not Fate.SAME or self.is_moved or any(_stands_out(row) for row in self.rows)

    @property
    def outstanding(self) -> tuple[RowPair, ...]:
        """The rows that differ."""
        return tuple(row for row in self.rows if _stands_out(row))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of a plan: its title page and its stages."""

    head: tuple[FieldPair, ...]
    stages: tuple[StagePair, ...]

    @property
    def differs(self) -> bool:
        return any(pair.differs for pair in self.head) or any(stage.differs for stage in self.stages)

    @property
    def changed(self) -> int:
        """How many activities were added, taken away, moved or changed; another number alone does not count."""
        return sum(row.counts for stage in self.stages for row in stage.rows)


def compare(old: Content, new: Content) -> Comparison:
    """What became of the plan between two states of it."""
    sides = _Sides(_rows_by_key(old), _rows_by_key(new), _headings_of(old) | _headings_of(new))
    stages = {stage["key"]: stage for stage in old["stages"]}
    places = _aligned(old["stages"], new["stages"], {stage["key"] for stage in new["stages"]})
    return Comparison(
        _pairs(_head_of(old), _head_of(new)),
        tuple(_stage_pair(stages.get(one.key), one.new, one.is_moved, sides) for one in places),
    )


def word_pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces that the other has or lacks."""
    if old == new:
        return ((Piece(old, differs=False),),) * 2
    token = LINE if max(len(old), len(new)) > MANY_WORDS * 8 else WORD
    left, right = token.findall(old), token.findall(new)
    there: list[Piece] = []
    here: list[Piece] = []
    for what, first, last, begin, end in SequenceMatcher(None, _bare(left), _bare(right), autojunk=False).get_opcodes():
        _append(there, "".join(left[first:last]), differs=what != "equal")
        _append(here, "".join(right[begin:end]), differs=what != "equal")
    return tuple(there), tuple(here)


def _bare(words: list[str]) -> list[str]:
    """Without the spaces before them; a line's end stays what it is."""
    return [word.strip(" \t\xa0") for word in words]


def _append(pieces: list[Piece], text: str, *, differs: bool) -> None:
    if text:
        pieces.append(Piece(text, differs))


# ---------------------------------------------------------------- rows that belong together


class _Place(NamedTuple):
    """A key in the merged order; `new` is None for what was taken away."""

    key: int
    new: Mapping[str, Any] | None
    is_moved: bool


def _aligned(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], everywhere: set[int]
) -> Iterator[_Place]:
    """Both lists as one: the newer order, with what stands nowhere any more (not `everywhere`) at its old place."""
    left, right = [row["key"] for row in old], [row["key"] for row in new]
    for what, first, last, begin, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield from (_Place(key, None, is_moved=False) for key in left[first:last] if key not in everywhere)
        yield from (_Place(row["key"], row, is_moved=what != "equal") for row in new[begin:end])


@dataclass(frozen=True, slots=True)
class _Sides:
    """The activities of both sides by key, whatever their stage, and the headings of the further columns by kind."""

    before: Mapping[int, Mapping[str, Any]]
    after: Mapping[int, Mapping[str, Any]]
    headings: Mapping[str, str]


def _rows_by_key(content: Content) -> dict[int, Mapping[str, Any]]:
    return {row["key"]: row for stage in content["stages"] for row in stage["activities"]}


def _headings_of(content: Content) -> dict[str, str]:
    return {column["kind"]: column["title"] for column in content["columns"]}


def _stage_pair(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, is_moved: bool, sides: _Sides
) -> StagePair:
    fields = _pairs(_said_of(old), _said_of(new))
    places = _aligned(old["activities"] if old else [], new["activities"] if new else [], set(sides.after))
    shown = new or old or {}
    return StagePair(
        key=shown["key"],
        fate=_fate(old, new, fields),
        is_moved=is_moved and old is not None,
        number=shown["number"],
        name=shown["name"],
        fields=fields,
        rows=tuple(_row_pair(sides.before.get(one.key), one.new, one.is_moved, sides) for one in places),
    )


def _row_pair(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, is_moved: bool, sides: _Sides) -> RowPair:
    fields = _pairs(_written(old, sides.headings), _written(new, sides.headings))
    shown = new or old or {}
    return RowPair(
        key=shown["key"],
        fate=_fate(old, new, fields),
        is_moved=is_moved and old is not None,
        number=shown["number"],
        text=shown["text"],
        fields=_without_twice_told(fields),
    )


def _fate(old: object, new: object, fields: Sequence[FieldPair]) -> Fate:
    if old is None or new is None:
        return Fate.ADDED if old is None else Fate.REMOVED
    return Fate.CHANGED if any(pair.differs for pair in fields) else Fate.SAME


def _stands_out(row: RowPair) -> bool:
    return row.fate is not Fate.SAME or row.is_moved


# ---------------------------------------------------------------- fields


def _pairs(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldPair, ...]:
    names = [name for name in {**old, **new} if old.get(name) or new.get(name)]
    return tuple(FieldPair(name, *word_pieces(old.get(name, ""), new.get(name, ""))) for name in names)


def _without_twice_told(fields: tuple[FieldPair, ...]) -> tuple[FieldPair, ...]:
    """The days of an activity are told by its term; on their own they stand only where they alone differ."""
    term_differs = any(pair.differs for pair in fields if pair.name == "term_text")
    return tuple(pair for pair in fields if pair.name != "days" or (pair.differs and not term_differs))


def _written(row: Mapping[str, Any] | None, headings: Mapping[str, str]) -> dict[str, str]:
    if row is None:
        return {}
    return {
        **{name: row[name] for name in ("number", "section", "text", "term_text")},
        "days": _days_of(row),
        "responsible_text": row["responsible_text"],
        **{f"extra.{headings.get(kind, kind)}": text for kind, text in row["extra"].items()},
    }


def _days_of(row: Mapping[str, Any]) -> str:
    """«октябрь 2026, 2027»"""
    dated = sorted({(first, last) for _year, first, last in row["windows"] if first and last})
    return render_windows([(date.fromisoformat(first), date.fromisoformat(last)) for first, last in dated])


def _said_of(stage: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: stage[name] for name in ("number", "name", "goal", "task", "result")} if stage else {}


def _head_of(content: Content) -> dict[str, str]:
    period = (date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"]))
    stamps = (" ".join(row[part] for part in STAMP if row[part]) for row in content["approvals"])
    return {
        **{name: content[name] for name in ("title", "organisation", "preamble")},
        "period": render_windows([period]),
        "approvals": "\n".join(stamps),
        "columns": "\n".join(column["title"] for column in content["columns"]),
    }
