"""Plain text as blocks: rows with tabs, cells one under the other, or columns that were lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmap.reading.flat import first_head, flat_rows
from roadmap.reading.guess import is_standard
from roadmap.reading.headers import MAX_COLUMNS, TEXT_HEADER, Header, flat_header, infer, recognise
from roadmap.reading.noise import sift
from roadmap.reading.plan import prose
from roadmap.reading.refusals import TooLong
from roadmap.reading.source import MAX_LINES, Piece, Prose, Row, Source, Table
from roadmap.reading.tabbed import cells_under_each_other, group_cells, rows_with_tabs
from roadmap.reading.wording import plain

LINE_END = re.compile(r"\r\n|\r|\n")
FLAT_START = ("№", "наименование", "название", "этап", "содержани", "мероприяти", "планируемые мероприяти")
FLAT_LINES = 8
MIN_ACTIVITIES = 3
SHORTEST_ACTIVITY = 15  # letters below which a wording is too common to be told from other texts


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the plan begins: its heading, in the lines from `start` to `end`, and how its table was written."""

    dialect: str
    header: Header
    start: int
    end: int


def read_plain(text: str) -> Source:
    """The source in its three dialects; a text with no plan in it is prose. Raises TooLong."""
    lines = LINE_END.split(text)
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    if len(lines) > MAX_LINES:
        raise TooLong
    pieces = (Piece(count, line) for count, line in enumerate(lines, start=1))
    sifted = sift(Source(tuple(lines), (Prose(tuple(pieces)),)))
    read = read_prose(prose(sifted.blocks), sifted.lines)
    return replace(sifted, blocks=read.blocks, aside=read.aside)


def read_prose(pieces: Sequence[Piece], lines: tuple[str, ...]) -> Source:
    """Running lines as prose and, where one is found, the table of the plan."""
    plan = _find_plan(pieces) or _find_plan_without_heading(pieces)
    if plan is None:
        return Source(lines, (Prose(tuple(pieces)),))
    table = Table(tuple(_rows(plan, pieces[plan.end :])), plan.header)
    return Source(lines, (Prose(tuple(pieces[: plan.start])), table), aside=tuple(pieces[plan.start : plan.end]))


def _rows(plan: _Plan, pieces: Sequence[Piece]) -> list[Row]:
    if plan.dialect == "rows":
        return rows_with_tabs(pieces, len(plan.header.kinds))
    if plan.dialect == "cells":
        return cells_under_each_other(pieces, len(plan.header.kinds))
    return flat_rows(pieces)


def _find_plan(pieces: Sequence[Piece]) -> _Plan | None:
    for place, piece in enumerate(pieces):
        text = piece.text
        plan = None
        if "\t" in text.strip() and text.count("\t") <= MAX_COLUMNS:
            header = recognise(text.split("\t"))
            plan = _Plan("rows", header, place, place + 1) if header else None
        if plan is None and text.startswith("\t") and not (place and pieces[place - 1].text.startswith("\t")):
            plan = _heading_in_cells(pieces, place)
        if plan is None and plain(text[:40]).startswith(FLAT_START):
            plan = _heading_without_columns(pieces, place)
        if plan is not None:
            return plan
    return None


def _heading_in_cells(pieces: Sequence[Piece], start: int) -> _Plan | None:
    group, end = group_cells(pieces, start)
    texts = [cell.text for cell in group]
    for count in (len(texts), *range(len(texts) - 1, 1, -1)):
        header = recognise(texts[:count])
        if header is not None:
            last = group[count - 1].pieces[-1].line
            return _Plan("cells", header, start, end if count == len(texts) else last)
    return None


def _heading_without_columns(pieces: Sequence[Piece], start: int) -> _Plan | None:
    found = flat_header([piece.text for piece in pieces[start : start + FLAT_LINES]])
    if found is None:
        return None
    header, count = found
    return _Plan("flat", Header(TEXT_HEADER.kinds, header.columns), start, start + count)


def _find_plan_without_heading(pieces: Sequence[Piece]) -> _Plan | None:
    """A table whose heading was lost, or stages and standard activities one under the other."""
    standard = [place for place, piece in enumerate(pieces) if _says_standard(piece.text)]
    tabbed = [place for place in standard if "\t" in pieces[place].text.strip()]
    if len(tabbed) >= MIN_ACTIVITIES:
        header = infer([pieces[place].text.split("\t") for place in tabbed])
        return _Plan("rows", header, tabbed[0], tabbed[0])
    head = first_head(pieces)
    if head is not None:
        return _Plan("flat", TEXT_HEADER, head, head)
    if len(standard) >= MIN_ACTIVITIES:
        return _Plan("flat", TEXT_HEADER, standard[0], standard[0])
    return None


def _says_standard(text: str) -> bool:
    return any(is_standard(part) for part in text.split("\t", MAX_COLUMNS) if len(part) > SHORTEST_ACTIVITY)
