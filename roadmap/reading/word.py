"""A .docx as blocks: its paragraphs and tables in order, merged cells, lists with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from roadmap.reading.headers import MAX_COLUMNS
from roadmap.reading.noise import sift
from roadmap.reading.numbering import Numbering, read_numbering
from roadmap.reading.package import W, marks_in, open_word
from roadmap.reading.refusals import TooLong
from roadmap.reading.source import MAX_LINES, Block, Cell, Piece, Prose, Row, Source, Table

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = f"{W}txbxContent"
# Properties, what was deleted, and the second copy that is kept for old programs.
HIDING = (f"{W}del", f"{W}moveFrom", f"{W}tabs", FALLBACK, BOX)
UNSEEN = {f"{W}pPr", f"{W}rPr", f"{W}instrText", *HIDING}
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
PARAGRAPH, TABLE, ROW, CELL, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "t"))
VALUE = f"{W}val"
NESTED = {TABLE, ROW, CELL, *WRAPPERS}


def read_word(data: bytes) -> Source:
    """The source in a .docx. Raises a DocumentRefused for what is damaged or dangerous."""
    parts = open_word(data)
    reader = _Reader(read_numbering(parts), _marks(parts.body))
    for element in _unwrapped(parts.body):
        if element.tag == PARAGRAPH:
            reader.prose(element)
        elif element.tag == TABLE:
            reader.table(element)
    return sift(reader.source())


@dataclass(frozen=True, slots=True)
class _Marks:
    """What few parts of a document have: cells left out before a row, cells over several columns or rows, boxes.

    And what every paragraph says.
    """

    before: dict[Any, Any]
    spans: dict[Any, Any]
    merges: dict[Any, Any]
    boxed: frozenset[Any]
    texts: dict[Any, str]


def _marks(body: Any) -> _Marks:
    return _Marks(
        marks_in(body, "tr/trPr/gridBefore"),
        marks_in(body, "tc/tcPr/gridSpan"),
        marks_in(body, "tc/tcPr/vMerge"),
        frozenset(paragraph for box in body.iter(BOX) for paragraph in box.iterancestors(PARAGRAPH)),
        _texts(body),
    )


def _texts(body: Any) -> dict[Any, str]:
    """What each paragraph says, in one walk through the whole, which is faster than a walk through each."""
    parts: dict[Any, list[str]] = {}
    said: list[str] = []
    for element in body.iter(PARAGRAPH, TEXT, *SIGNS):
        tag = element.tag
        if tag == TEXT:
            said.append(_one_line(element))
        elif tag == PARAGRAPH:
            parts[element] = said = []
        else:
            said.append(SIGNS[tag])
    mixed = {
        paragraph
        for hiding in body.iter(*HIDING)
        for paragraph in (*hiding.iterancestors(PARAGRAPH), *hiding.iter(PARAGRAPH))
    }
    parts |= {paragraph: _said(paragraph) for paragraph in mixed}
    return {paragraph: "".join(said) for paragraph, said in parts.items()}


@dataclass(slots=True)
class _Reader:
    """The document as far as it has been read; each paragraph is a line."""

    numbering: Numbering
    marks: _Marks
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_prose: list[Piece] = field(default_factory=list)

    def prose(self, paragraph: Any) -> None:
        self.open_prose += self._pieces(paragraph) or [Piece(self._line(""), "")]

    def table(self, table: Any) -> None:
        self._close()
        rows = [self._row(row) for row in _unwrapped(table) if row.tag == ROW]
        self.blocks.append(Table(tuple(rows)))

    def source(self) -> Source:
        self._close()
        return Source(tuple(self.lines), tuple(self.blocks))

    def _close(self) -> None:
        if self.open_prose:
            self.blocks.append(Prose(tuple(self.open_prose)))
            self.open_prose = []

    def _row(self, row: Any) -> Row:
        marks = self.marks
        cells = [Cell() for _left_out in range(_count(marks.before.get(row), 0))]
        written = [cell for cell in _unwrapped(row) if cell.tag == CELL]
        for cell in written:
            cells.append(self._cell(cell))
            if cell in marks.spans:
                cells += [Cell(spanned=True)] * (_count(marks.spans[cell], 1) - 1)
        self._line("")
        return Row(tuple(cells), wide=len(written) == 1)

    def _cell(self, cell: Any) -> Cell:
        pieces: list[Piece] = []
        for paragraph in _paragraphs(cell):
            pieces += self._pieces(paragraph, "" if pieces else "\t")
        if not pieces:
            self._line("\t")
        merge = self.marks.merges.get(cell)
        return Cell(tuple(pieces), merge is not None and merge.get(VALUE, "continue") != "restart")

    def _pieces(self, paragraph: Any, mark: str = "") -> list[Piece]:
        label = self.numbering.label(paragraph) if paragraph in self.numbering.marked else None
        texts = self.marks.texts[paragraph].split("\n")
        if label is not None and (texts[0].strip() or label.text != "•"):
            texts[0] = f"{label.text} {texts[0]}"
        level = label.level if label else 0
        pieces: list[Piece] = []
        for text in texts:
            if text.strip():
                pieces.append(Piece(self._line(text if pieces else mark + text), text, level))
        if paragraph in self.marks.boxed:
            pieces += self._boxes(paragraph)
        return pieces

    def _boxes(self, paragraph: Any) -> list[Piece]:
        return [
            piece
            for box in paragraph.iter(BOX)
            if not any(outer.tag == FALLBACK for outer in box.iterancestors())
            for inner in box.iterchildren(PARAGRAPH)
            for piece in self._pieces(inner)
        ]

    def _line(self, text: str) -> int:
        """The number of a new line."""
        if len(self.lines) >= MAX_LINES:
            raise TooLong
        self.lines.append(text)
        return len(self.lines)


def _unwrapped(element: Any) -> list[Any]:
    """Children, those inside content controls and accepted insertions included."""
    found: list[Any] = []
    for child in element:
        if child.tag in WRAPPERS:
            found += _unwrapped(child)
        else:
            found.append(child)
    return found


def _paragraphs(cell: Any) -> list[Any]:
    """The paragraphs of a cell in order, with those of a table inside it."""
    found: list[Any] = []
    for child in cell:
        tag = child.tag
        if tag == PARAGRAPH:
            found.append(child)
        elif tag in NESTED:
            found += _paragraphs(child)
    return found


def _said(element: Any) -> list[str]:
    """The text of a paragraph or of a part of one without what is not to be read."""
    said: list[str] = []
    for child in element:
        tag = child.tag
        if tag == TEXT:
            said.append(_one_line(child))
        elif tag in SIGNS:
            said.append(SIGNS[tag])
        elif tag not in UNSEEN:
            said += _said(child)
    return said


def _one_line(element: Any) -> str:
    return (element.text or "").replace("\n", " ").replace("\t", " ")


def _count(element: Any, otherwise: int) -> int:
    value = None if element is None else element.get(VALUE)
    return min(int(value), MAX_COLUMNS) if value and value.isdecimal() else otherwise
