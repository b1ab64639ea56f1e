"""The lines of a document written down while its cells and paragraphs are met, each piece with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmap.reading.refusals import TooLong
from roadmap.reading.source import MAX_LINES, Cell, Piece, Prose, Row


@dataclass(slots=True)
class Transcript:
    """The document as far as it has been read; a cell's first line begins with a tab, a row ends with a blank line."""

    lines: list[str] = field(default_factory=list)

    def line(self, text: str, mark: str = "") -> Piece:
        """A line of its own. Raises TooLong."""
        if len(self.lines) >= MAX_LINES:
            raise TooLong
        self.lines.append(mark + text)
        return Piece(len(self.lines), text)

    def prose(self, texts: Iterable[str]) -> Prose:
        return Prose(tuple(map(self.line, texts)))

    def cell(self, texts: Iterable[str], *, merged: bool = False) -> Cell:
        """A cell of these paragraphs, of which none is blank."""
        pieces: list[Piece] = []
        for text in texts:
            pieces.append(self.line(text, "" if pieces else "\t"))
        return Cell(tuple(pieces), merged=merged)

    def row(self, cells: Iterable[Cell], *, broken: bool = False) -> Row:
        """A row of cells that were written down just now."""
        made = tuple(cells)
        self.line("")
        wide = len(made) > 1 and all(cell.spanned for cell in made[1:])
        return Row(made, broken=broken, wide=wide)
