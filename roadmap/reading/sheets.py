"""An .xlsx as blocks: each sheet that is seen gives the text above its table, the table, the text below it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext

from core.confined import TooMuch, ask
from roadmap.reading.headers import MAX_COLUMNS, recognise
from roadmap.reading.noise import sift
from roadmap.reading.refusals import Bloated, BrokenDocument, EmptyDocument
from roadmap.reading.source import Block, Cell, Piece, Row, Source, Table
from roadmap.reading.transcript import Transcript
from roadmap.reading.wording import tidy

PROGRAM = Path(__file__).with_name("sheets_program.py")
LIMITS = {"cells": 100_000, "memory": 200_000_000, "seconds": 5}
"""Bytes of address space: no file makes the process 150 MB larger. Seconds of work."""
REFUSALS = {"bloated": Bloated, "torn": BrokenDocument}


class _Merged(NamedTuple):
    """A merged range, columns and rows counted from 1."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What of a sheet is seen: its rows by number, each with its texts by column."""

    rows: Mapping[int, Mapping[int, str]]
    columns: Sequence[int]
    owners: Mapping[tuple[int, int], _Merged]
    hidden: Sequence[str]

    def lines(self, row: int, column: int) -> list[str]:
        text = self.rows[row].get(column, "")
        return [line for line in text.replace("\t", " ").split("\n") if line.strip()]


def read_sheets(data: bytes) -> Source:
    """The source in an .xlsx. Raises a DocumentRefused for what is damaged, dangerous or has no word in it."""
    said = _opened(data)
    transcript = Transcript()
    blocks: list[Block] = []
    aside: list[Piece] = []
    for found in said["sheets"]:
        sheet = _seen(found)
        blocks += _blocks(sheet, transcript)
        aside += map(transcript.line, sheet.hidden)
    for title in said["hidden"]:
        aside.append(transcript.line(gettext("The hidden sheet “%(title)s” was not read.") % {"title": title}))
    if not blocks:
        raise EmptyDocument
    return sift(Source(tuple(transcript.lines), tuple(blocks), aside=tuple(aside)))


def _opened(data: bytes) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(ask(PROGRAM, LIMITS, data) or b'{"refused": "torn"}')
    except TooMuch:
        raise Bloated from None
    if "refused" in said:
        raise REFUSALS[said["refused"]]
    return said


def _seen(found: Mapping[str, Any]) -> _Sheet:
    """A sheet without what is hidden in it; a merged cell whose first row is hidden speaks from its next."""
    hidden = {int(row) for row in found["hidden_rows"]}
    rows = {int(row): {int(at): text for at, text in cells.items()} for row, cells in found["rows"].items()}
    left_out = [
        gettext("Hidden row %(row)s: %(text)s") % {"row": row, "text": tidy("; ".join(rows[row].values()))}
        for row in sorted(hidden & rows.keys())
    ]
    used = sorted({column for cells in rows.values() for column in cells} - set(found["hidden_columns"]))
    for column in sorted(set(found["hidden_columns"])):
        texts = [cells[column] for row, cells in sorted(rows.items()) if column in cells and row not in hidden]
        if texts:
            words = gettext("Hidden column %(column)s: %(text)s")
            left_out.append(words % {"column": column, "text": tidy("; ".join(texts))})
    seen = {row: cells for row, cells in sorted(rows.items()) if row not in hidden}
    owners = {}
    for bounds in found["merged"]:
        merged = _Merged(*bounds)
        first = next((row for row in range(merged.top, merged.bottom + 1) if row not in hidden), merged.top)
        if first != merged.top and merged.left in rows.get(merged.top, {}):
            seen.setdefault(first, {})[merged.left] = rows[merged.top][merged.left]
        merged = merged._replace(top=first)
        for row in range(first, min(merged.bottom, max(rows, default=0)) + 1):
            for column in used:
                if merged.left <= column <= merged.right:
                    owners[row, column] = merged
    return _Sheet(dict(sorted(seen.items())), used[: MAX_COLUMNS + 1], owners, left_out)


def _blocks(sheet: _Sheet, transcript: Transcript) -> Iterator[Block]:
    """Rows of one text are prose above and below the rows of several; stamps side by side are a table for layout."""
    rows = list(sheet.rows)
    start = next((place for place, row in enumerate(rows) if _is_heading(sheet, row)), None)
    if start is None:
        yield from _loose(sheet, rows, transcript)
        return
    end = max(place for place in range(start, len(rows)) if len(sheet.rows[rows[place]]) > 1) + 1
    yield from _loose(sheet, rows[:start], transcript)
    yield Table(tuple(_row(sheet, row, transcript) for row in rows[start:end]))
    yield from _loose(sheet, rows[end:], transcript)


def _is_heading(sheet: _Sheet, row: int) -> bool:
    return recognise([tidy(sheet.rows[row].get(column, "")) for column in sheet.columns]) is not None


def _loose(sheet: _Sheet, rows: Sequence[int], transcript: Transcript) -> Iterator[Block]:
    """Text outside a table; an empty row divides paragraphs."""
    beside: list[Row] = []
    before = 0
    for row in rows:
        if len(sheet.rows[row]) > 1:
            beside.append(_row(sheet, row, transcript))
        else:
            if beside:
                yield Table(tuple(beside))
                beside = []
            lines = [line for column in sheet.columns for line in sheet.lines(row, column)]
            yield transcript.prose(["", *lines] if row > before + 1 else lines)
        before = row
    if beside:
        yield Table(tuple(beside))


def _row(sheet: _Sheet, row: int, transcript: Transcript) -> Row:
    cells: list[Cell] = []
    for column in sheet.columns:
        merged = sheet.owners.get((row, column))
        if merged is not None and column > max(merged.left, sheet.columns[0]) and cells:
            cells.append(Cell(spanned=True))
        else:
            below = merged is not None and row > merged.top
            cells.append(transcript.cell(sheet.lines(row, column), merged=below))
    return transcript.row(cells)
