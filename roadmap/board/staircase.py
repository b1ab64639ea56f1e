"""The staircase: one tread a stage, and where the programme stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from core.russian import search_key
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.words import day_words, span_words
from roadmap.evidence import Proofs
from roadmap.models import EvidenceKind

_SHORT_NAMES = (
    (r"^подготовка", "Подготовка"),
    (r"^формирование (базы|банка) наставляемых", "База наставляемых"),
    (r"^формирование (базы|банка) наставников", "База наставников"),
    (r"^отбор и обучение", "Отбор и обучение"),
    (r"^формирование .*(пар|групп)", "Пары и группы"),
    (r"^организация .*(пар|групп)", "Работа пар"),
    (r"^завершение", "Завершение"),
    (r"^информационная поддержка", "Информационная поддержка"),
)
"""What people call the standard stages; others keep their name. Roadmaps are Russian, so are these."""

_TELLING = frozenset({EvidenceKind.MENTEES, EvidenceKind.MENTORS, EvidenceKind.PAIRS, EvidenceKind.MEETINGS})
"""What says in a word how far a stage has come."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage as the document has it; `place` counts from 1."""

    place: int
    number: str
    name: str
    goal: str
    task: str
    result: str
    closed: dict[int, date] = field(default_factory=dict)
    """The day it was closed on, by academic year."""


@dataclass(frozen=True, slots=True)
class Tread:
    """One step: how much of the stage is done and how it stands. `filled` is in tenths."""

    place: int
    number: str
    name: str
    short_name: str
    done: int
    total: int
    late: int
    when: str
    look: str
    """`done`, `now` or `ahead`"""
    filled: int
    proofs: tuple[str, ...] = ()
    """What was counted for its activities, the most telling first."""


def staircase(stages: Sequence[StageRow], rows: Iterable[WindowRow], today: date, proofs: Proofs) -> list[Tread]:
    """The treads of a programme; at most one of them is `now`."""
    by_stage: dict[int, list[WindowRow]] = {stage.place: [] for stage in stages}
    for row in rows:
        by_stage[row.stage].append(row)
    everything = [row for found in by_stage.values() for row in found]
    current, years = current_stage(everything), {row.year for row in everything}
    year = years.pop() if len(years) == 1 else 0
    return [_tread(stage, by_stage[stage.place], current, stage.closed.get(year), today, proofs) for stage in stages]


def current_stage(rows: Sequence[WindowRow]) -> int | None:
    """The stage of the nearest deadline: of what has begun, else of what comes, else of what is latest overdue."""
    for standing in (Standing.NOW, Standing.COMING):
        dated = [(row.ends_on, row.stage) for row in rows if row.standing is standing and row.ends_on]
        if dated:
            return min(dated)[1]
    overdue = [(row.ends_on, row.stage) for row in rows if row.standing is Standing.LATE and row.ends_on]
    if overdue:
        return max(overdue)[1]
    return min((row.stage for row in rows if row.is_open), default=None)


def short_name(name: str) -> str:
    """«Формирование базы наставников» -> «База наставников»; other names as they are."""
    folded = search_key(name)
    return next((short for pattern, short in _SHORT_NAMES if re.search(pattern, folded)), name)


def _tread(
    stage: StageRow, rows: list[WindowRow], current: int | None, closed_on: date | None, today: date, proofs: Proofs
) -> Tread:
    done, total = sum(not row.is_open for row in rows), len(rows)
    look = "now" if stage.place == current else "done" if total and done == total else "ahead"
    return Tread(
        place=stage.place,
        number=stage.number.rstrip(".") or str(stage.place),
        name=stage.name,
        short_name=short_name(stage.name),
        done=done,
        total=total,
        late=sum(row.standing is Standing.LATE for row in rows),
        when=_closed(closed_on, today) or _when(rows, done == total, today),
        look="done" if closed_on else look,
        filled=done * 10 // total if total else 0,
        proofs=() if closed_on else _words(rows, proofs),
    )


def _closed(day: date | None, today: date) -> str:
    return gettext("closed on %(day)s") % {"day": day_words(day, today)} if day else ""


def _words(rows: list[WindowRow], proofs: Proofs) -> tuple[str, ...]:
    """What was counted and is more than nothing, in the order of `_TELLING`."""
    places = sorted({(row.evidence, row.cycle) for row in rows} & proofs.keys(), key=_how_telling)
    return tuple(dict.fromkeys(proofs[place].words for place in places if proofs[place].done))


def _how_telling(place: tuple[str, int]) -> tuple[bool, int, str]:
    kind, cycle = place
    return kind not in _TELLING, -cycle, kind


def _when(rows: list[WindowRow], is_done: bool, today: date) -> str:
    if not rows:
        return gettext("no activities")
    if is_done:
        last = max(row.done_on for row in rows if row.done_on)
        return gettext("finished on %(day)s") % {"day": day_words(last, today)}
    firsts = [row.starts_on for row in rows if row.starts_on]
    lasts = [row.ends_on for row in rows if row.ends_on]
    return span_words(min(firsts), max(lasts), today) if firsts and lasts else gettext("no dates yet")
