"""A PDF with a text layer as blocks: its ruled tables over all pages, columns without rules, running text.

`program` opens the file in a process of its own, `layout` makes lines of its words, `grid` rows of its cells,
`pages` one flow of its pages, `columns` tables where nothing is ruled; here they become a source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from core.confined import TooMuch, ask
from roadmap.reading.noise import sift
from roadmap.reading.pdf.columns import Cells, crosses, gutters, is_split, plan_of, shared_out
from roadmap.reading.pdf.grid import Grid, GridRow
from roadmap.reading.pdf.layout import Line, paragraphs
from roadmap.reading.pdf.pages import Flow, Text, flow_of
from roadmap.reading.refusals import (
    BrokenDocument,
    EmptyDocument,
    GarbledPdf,
    PasswordProtected,
    PicturesOnly,
    TooHard,
    TooManyPages,
)
from roadmap.reading.source import Block, Cell, Piece, Prose, Row, Source, Table
from roadmap.reading.transcript import Transcript
from roadmap.reading.wording import Vocabulary

PROGRAM = Path(__file__).with_name("program.py")
MOST_PAGES = 60
LIMITS = {"pages": MOST_PAGES, "memory": 200_000_000, "seconds": 5}
"""Bytes of address space: no file makes the process 150 MB larger. Seconds of work."""
REFUSALS = {"locked": PasswordProtected, "torn": BrokenDocument, "heavy": TooHard, "pages": TooManyPages}
UNKNOWN_LETTER = "(cid:"
BLANK = 0.6  # of a line's height below it: more than that divides paragraphs


def read_pdf(data: bytes) -> Source:
    """The source in a PDF. Raises a DocumentRefused for what is damaged, locked, scanned or too much."""
    flow = flow_of(_pages(data))
    texts = [line.text for line in _all_lines(flow)]
    if not texts:
        raise PicturesOnly if flow.pictures else EmptyDocument
    if 2 * sum(UNKNOWN_LETTER in text for text in texts) > len(texts):
        raise GarbledPdf
    return sift(_Writer(Vocabulary(texts)).source(flow))


def _pages(data: bytes) -> list[dict[str, Any]]:
    try:
        said = json.loads(ask(PROGRAM, LIMITS, data) or b'{"refused": "torn"}')
    except TooMuch:
        raise TooHard from None
    if "refused" in said:
        raise REFUSALS[said["refused"]]
    pages: list[dict[str, Any]] = said["pages"]
    return pages


def _all_lines(flow: Flow) -> Iterator[Line]:
    for item in flow.items:
        if isinstance(item, Text):
            yield from item.lines
        else:
            for row in item.rows:
                for slot in row.slots.values():
                    yield from slot.lines


class _Writer:
    """Writes the flow down as blocks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.transcript = Transcript()
        self.aside: list[Piece] = []

    def source(self, flow: Flow) -> Source:
        blocks: list[Block] = []
        for text, items in groupby(flow.items, key=lambda item: isinstance(item, Text)):
            if text:
                blocks += self._text([line for item in items if isinstance(item, Text) for line in item.lines])
            else:
                blocks += [self._table(item) for item in items if isinstance(item, Grid)]
        self.aside += [self.transcript.line(line.text) for line in flow.margins]
        for number in flow.pictures:
            words = gettext("Page %(number)s is only a picture: what it says could not be read.")
            self.aside.append(self.transcript.line(words % {"number": number}))
        return Source(tuple(self.transcript.lines), tuple(blocks), aside=tuple(self.aside))

    def _table(self, grid: Grid) -> Table:
        padding = min(
            (line.x0 - slot.left for row in grid.rows for slot in row.slots.values() for line in slot.lines), default=0
        )
        columns, padding = len(grid.edges) - 1, max(0, padding)
        rows = tuple(self._row(row, columns, padding) for row in grid.rows)
        self.aside += [self.transcript.line(slot.text) for slot in grid.repeated if slot.text]
        return Table(rows)

    def _row(self, row: GridRow, columns: int, padding: float) -> Row:
        cells: list[Cell] = []
        for column in range(columns):
            slot = row.slots.get(column)
            if slot is None:
                cells.append(Cell(spanned=any(at < column < at + left.wide for at, left in row.slots.items())))
                continue
            texts = paragraphs(slot.lines, slot.left + padding, slot.right - padding, self.vocabulary)
            cells.append(self.transcript.cell(texts, merged=slot.merged))
        return self.transcript.row(cells, broken=row.first)

    def _text(self, lines: Sequence[Line]) -> list[Block]:
        plan = plan_of(lines)
        if plan is None:
            return self._prose(lines)
        start, rows, _middles = plan
        return [*self._prose(lines[:start]), Table(tuple(self._unruled(row) for row in rows))]

    def _unruled(self, cells: Cells) -> Row:
        made = []
        for cell in cells:
            edges = (min(line.x0 for line in cell), max(line.x1 for line in cell)) if cell else (0.0, 0.0)
            made.append(self.transcript.cell(paragraphs(cell, *edges, self.vocabulary)))
        row = self.transcript.row(made)
        return replace(row, wide=len([cell for cell in cells if cell]) == 1)

    def _prose(self, lines: Sequence[Line]) -> list[Block]:
        """Running text, and what stands side by side in it, such as stamps, as a table for layout."""
        blocks: list[Block] = []
        for beside, group in _by_columns(lines):
            blocks.append(self._beside(group) if beside else self._running(group))
        return blocks

    def _running(self, lines: Sequence[Line]) -> Prose:
        texts: list[str] = []
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        for group in _parted(lines):
            texts += ["", *paragraphs(group, left, right, self.vocabulary)]
        return self.transcript.prose(texts)

    def _beside(self, lines: Sequence[Line]) -> Table:
        middles = gutters(lines)
        parts = [shared_out(line, middles) for line in lines]
        cells = [self._column([part[at] for part in parts]) for at in range(len(middles) + 1)]
        return Table((self.transcript.row(cells),))

    def _column(self, parts: Sequence[Line | None]) -> Cell:
        return self.transcript.cell(part.text for part in parts if part is not None)


def _parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in groups that a space divides."""
    group = list(lines[:1])
    for above, line in pairwise(lines):
        if not 0 <= line.top - above.bottom + 1 <= 1 + BLANK * (above.bottom - above.top):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _by_columns(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Lines in runs, and whether a run stands in columns: what is beside a gap goes on until a line runs over it."""
    run: list[Line] = []
    beside = False
    for line in lines:
        changes = not crosses(line, gutters(run)) if beside and not is_split(line) else is_split(line)
        if run and changes != beside:
            yield beside, run
            run = []
        beside = changes
        run.append(line)
    if run:
        yield beside, run
