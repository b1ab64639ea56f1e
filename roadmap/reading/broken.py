"""Rows that the end of a page has cut in two, made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roadmap.reading.items import read_mark
from roadmap.reading.plan import FURTHER, OWN, WHEN, PlanRow
from roadmap.reading.source import Cell, Piece
from roadmap.reading.stages import LABEL, is_stage_name, take_number
from roadmap.reading.wording import Vocabulary, tidy


def join_broken(rows: Sequence[PlanRow], vocabulary: Vocabulary, *, numbered: bool) -> list[PlanRow]:
    """Rows that a page's end has cut in two made whole; `numbered` when each row has a number of its own."""
    whole: list[PlanRow] = []
    for row in rows:
        if whole and not row.outside and not whole[-1].outside and _continues(whole[-1], row, numbered=numbered):
            whole[-1] = _joined(whole[-1], row, vocabulary)
        else:
            whole.append(row)
    return whole


def _continues(above: PlanRow, row: PlanRow, *, numbered: bool) -> bool:
    if row.texts.keys().isdisjoint(OWN):
        return not row.texts.keys().isdisjoint((*WHEN, *FURTHER))
    if row.text("stage"):
        return False
    number, before = tidy(row.text("number")), tidy(above.text("number"))
    if (number and number != before) or LABEL.match(row.lead) or read_mark(row.lead):
        return False
    counted = numbered and bool(before)
    said, said_above = (tidy(one.text("activity") or one.text("content")) for one in (row, above))
    if said[:1].islower():
        # Where rows begin in small letters anyway, that is no sign of a broken one.
        return counted or (row.broken and not said_above[:1].islower())
    same = bool(number) or not row.text("term")
    return row.broken and counted and same and not is_stage_name(take_number(said)[1])


def _joined(above: PlanRow, row: PlanRow, vocabulary: Vocabulary) -> PlanRow:
    cells = dict(above.cells)
    for kind, cell in row.cells.items():
        upper = cells.get(kind, Cell())
        cells[kind] = Cell(_sewn(upper, cell, vocabulary, repeats=kind == "number"), merged=upper.merged)
    return replace(above, cells=cells, joined=above.joined + 1)


def _sewn(upper: Cell, lower: Cell, vocabulary: Vocabulary, *, repeats: bool) -> tuple[Piece, ...]:
    if not upper.pieces or not lower.pieces:
        return upper.pieces + lower.pieces
    *before, last = upper.pieces
    first, *after = lower.pieces
    text = last.text if repeats and tidy(last.text) == tidy(first.text) else vocabulary.join((last.text, first.text))
    return (*before, Piece(last.line, text, last.level, (last, first)), *after)
