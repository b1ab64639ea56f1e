"""A .docx as blocks: its paragraphs and tables in order, merged cells, lists with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from roadmap.reading.headers import MAX_COLUMNS
from roadmap.reading.noise import sift
from roadmap.reading.numbering import Numbering, read_numbering
from roadmap.reading.package import W, open_word
from roadmap.reading.refusals import TooLong
from roadmap.reading.source import MAX_LINES, Block, Cell, Piece, Prose, Row, Source, Table

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = f"{W}txbxContent"
# Properties, what was deleted, and the second copy that is kept for old programs.
UNSEEN = {f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}moveFrom", f"{W}instrText", FALLBACK, BOX}
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}


def read_word(data: bytes) -> Source:
    """The source in a .docx. Raises a DocumentRefused for what is damaged or dangerous."""
    parts = open_word(data)
    reader = _Reader(read_numbering(parts))
    for element in _unwrapped(parts.body):
        if element.tag == f"{W}p":
            reader.prose(element)
        elif element.tag == f"{W}tbl":
            reader.table(element)
    return sift(reader.source())


@dataclass(slots=True)
class _Reader:
    """The document as far as it has been read; each paragraph is a line."""

    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_prose: list[Piece] = field(default_factory=list)

    def prose(self, paragraph: Any) -> None:
        self.open_prose += self._pieces(paragraph) or [self._line("", "")]

    def table(self, table: Any) -> None:
        self._close()
        rows = [self._row(row) for row in _unwrapped(table) if row.tag == f"{W}tr"]
        self.blocks.append(Table(tuple(rows)))

    def source(self) -> Source:
        self._close()
        return Source(tuple(self.lines), tuple(self.blocks))

    def _close(self) -> None:
        if self.open_prose:
            self.blocks.append(Prose(tuple(self.open_prose)))
            self.open_prose = []

    def _row(self, row: Any) -> Row:
        cells: list[Cell] = [Cell()] * _skipped(row)
        spans = []
        for cell in _unwrapped(row):
            if cell.tag == f"{W}tc":
                span = _span(cell)
                spans.append(span)
                cells += [self._cell(cell), *[Cell(spanned=True)] * (span - 1)]
        self._line("", "")
        return Row(tuple(cells), wide=len(spans) == 1)

    def _cell(self, cell: Any) -> Cell:
        pieces: list[Piece] = []
        for paragraph in _paragraphs(cell):
            pieces += self._pieces(paragraph, mark="" if pieces else "\t")
        if not pieces:
            self._line("\t", "")
        return Cell(tuple(pieces), merged=_is_merged(cell))

    def _pieces(self, paragraph: Any, mark: str = "") -> list[Piece]:
        label = self.numbering.label(paragraph)
        texts = "".join(_text(paragraph)).split("\n")
        if label is not None and (texts[0].strip() or label.text != "•"):
            texts[0] = f"{label.text} {texts[0]}"
        level = label.level if label else 0
        pieces: list[Piece] = []
        for text in texts:
            if text.strip():
                pieces.append(self._line("" if pieces else mark, text, level))
        for box in paragraph.iter(BOX):
            if not any(outer.tag == FALLBACK for outer in box.iterancestors()):
                for inner in box.iterchildren(f"{W}p"):
                    pieces += self._pieces(inner)
        return pieces

    def _line(self, mark: str, text: str, level: int = 0) -> Piece:
        if len(self.lines) >= MAX_LINES:
            raise TooLong
        self.lines.append(mark + text)
        return Piece(len(self.lines), text, level)


def _unwrapped(element: Any) -> Iterator[Any]:
    """Children, those inside content controls and accepted insertions included."""
    for child in element.iterchildren():
        if child.tag in WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell in order, with those of a table inside it."""
    for child in _unwrapped(cell):
        if child.tag == f"{W}p":
            yield child
        elif child.tag in {f"{W}tbl", f"{W}tr", f"{W}tc"}:
            yield from _paragraphs(child)


def _text(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            yield (child.text or "").replace("\n", " ").replace("\t", " ")
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in UNSEEN:
            yield from _text(child)


def _skipped(row: Any) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return _count(before, 0)


def _span(cell: Any) -> int:
    return max(1, _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _count(element: Any, otherwise: int) -> int:
    value = None if element is None else element.get(f"{W}val")
    return min(int(value), MAX_COLUMNS) if value and value.isdecimal() else otherwise


def _is_merged(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"
