"""The one shape every kind of file is brought to: blocks of prose and tables of rows of cells.

A piece is a line of the source or a part of one, and knows the line's number. Nothing of a source is lost
because each piece is kept in the ledger from the beginning and leaves it only when a field takes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from roadmap.reading.headers import Header

MAX_LINES = 20_000


@dataclass(eq=False, slots=True)
class Piece:
    """A line of the source or a part of it; `line` counts from 1, `level` is the depth in a nested list.

    A piece made of others (a cell broken over two pages) names them in `parts`. Nobody changes a piece or a cell; they
    are not frozen because a frozen one takes three times as long to make, and of these there are thousands.
    """

    line: int
    text: str
    level: int = 0
    parts: tuple[Piece, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(eq=False, slots=True)
class Cell:
    """A cell of a table; `merged` into the cell above, or `spanned` by the cell to the left, as the document says."""

    pieces: tuple[Piece, ...] = ()
    merged: bool = False
    spanned: bool = False

    @property
    def text(self) -> str:
        return "\n".join([piece.text for piece in self.pieces if piece.text.strip()])


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A row of a table.

    `broken` when a page may have ended above it, `wide` when one cell spans the table, `outside` when it is
    a line between rows and belongs to the plan only if it is a heading.
    """

    cells: tuple[Cell, ...]
    broken: bool = False
    wide: bool = False
    outside: bool = False

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for cell in self.cells for piece in cell.pieces)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Rows that stand together in the source; `header` where the reader knows it, else it is among the rows."""

    rows: tuple[Row, ...]
    header: Header | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Prose:
    """Lines outside tables, blank ones included, for they divide paragraphs."""

    pieces: tuple[Piece, ...]


Block = Table | Prose


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """A document as it was brought: its lines as shown beside the outline, its blocks, and what stands aside.

    Aside are headings of columns, rubbish of a recogniser (`noise`), stamps of a signature, marks of a converter.
    """

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    aside: tuple[Piece, ...] = ()
    noise: tuple[Piece, ...] = ()
    stamp: tuple[Piece, ...] = ()
    artefacts: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Ledger:
    """What of the source has found its place in a field."""

    taken: set[Piece] = field(default_factory=set)

    def take(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self.taken.add(piece)
            if piece.parts:
                self.take(piece.parts)

    def has(self, pieces: Iterable[Piece]) -> bool:
        """Whether any of these pieces is taken already."""
        return any(piece in self.taken for piece in pieces)

    def left(self, source: Source) -> tuple[str, ...]:
        """The texts that no field took, in the order of the source: a whole line where none of it was taken."""
        pieces = _all_pieces(source)
        untaken: dict[int, list[str]] = {}
        for piece in pieces:
            if piece not in self.taken and not piece.blank:
                untaken.setdefault(piece.line, []).append(piece.text.strip())
        if not untaken:
            return ()
        counts = Counter(piece.line for piece in pieces if not piece.blank)
        left: list[str] = []
        for line, texts in sorted(untaken.items()):
            whole = len(texts) == counts[line]
            left.extend([source.lines[line - 1].strip()] if whole else texts)
        return tuple(left)


def _all_pieces(source: Source) -> list[Piece]:
    found: list[Piece] = []
    for block in source.blocks:
        if isinstance(block, Prose):
            found += block.pieces
        else:
            found += [piece for row in block.rows for cell in row.cells for piece in cell.pieces]
    for pieces in (source.aside, source.noise, source.stamp, source.artefacts):
        found += pieces
    return found
