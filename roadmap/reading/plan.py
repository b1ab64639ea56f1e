"""The rows of the plan under its columns: headings of pages left out, rows broken over pages put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from roadmap.outline import EXTRA_KINDS, ColumnKind
from roadmap.reading.captions import caption_above, is_caption
from roadmap.reading.headers import Header, aligned
from roadmap.reading.heading_rows import Heading, find_heading
from roadmap.reading.items import HAS_WORD
from roadmap.reading.source import Cell, Piece, Prose, Row, Source, Table
from roadmap.reading.wording import tidy

OWN: tuple[ColumnKind, ...] = ("number", "stage", "activity", "content")
WHEN: tuple[ColumnKind, ...] = ("term", "responsible")
FURTHER = EXTRA_KINDS


@dataclass(slots=True)
class PlanRow:
    """A row by its columns. `joined` counts the rows it was put together from beyond the first.

    A line above a table that heads it is a row that is `wide` and `outside`.
    """

    cells: dict[ColumnKind, Cell]
    broken: bool = False
    wide: bool = False
    outside: bool = False
    joined: int = 0
    texts: dict[ColumnKind, str] = field(default_factory=dict, init=False)
    said: str | None = field(default=None, init=False)

    def text(self, kind: ColumnKind) -> str:
        """What stands in a column; signs without a word are nothing."""
        if kind not in self.texts:
            cell = self.cells.get(kind)
            text = cell.text if cell else ""
            self.texts[kind] = text if HAS_WORD.search(text) else ""
        return self.texts[kind]

    def rename(self, new: Mapping[ColumnKind, ColumnKind]) -> None:
        """Give columns other kinds."""
        self.cells = {new.get(kind, kind): cell for kind, cell in self.cells.items()}
        self.texts.clear()
        self.said = None

    def pieces(self, *kinds: ColumnKind) -> list[Piece]:
        return [piece for kind in kinds if kind in self.cells for piece in self.cells[kind].pieces if not piece.blank]

    def merged(self, kind: ColumnKind) -> bool:
        return kind in self.cells and self.cells[kind].merged

    @property
    def lead_kinds(self) -> list[ColumnKind]:
        """The columns in which the row says what it is about; it may do so in the column of numbers."""
        kinds: list[ColumnKind] = [kind for kind in OWN if kind != "number" and self.text(kind)]
        return kinds or ["number"]

    @property
    def lead(self) -> str:
        """What the row says, its number and its time aside."""
        if self.said is None:
            self.said = tidy(" ".join(self.text(kind) for kind in self.lead_kinds))
        return self.said

    @property
    def when(self) -> bool:
        return any(self.text(kind) or self.merged(kind) for kind in WHEN)

    @property
    def beside(self) -> bool:
        """Whether anything stands beside what the row says."""
        return self.when or any(self.text(kind) or self.merged(kind) for kind in FURTHER)

    @property
    def line(self) -> int:
        return next((piece.line for piece in self.pieces(*OWN, *WHEN, *FURTHER)), 0)


@dataclass(slots=True)
class Plan:
    """Where the plan stands in a source: what comes before it, its columns, its rows."""

    front: list[Piece]
    header: Header
    rows: list[PlanRow] = field(default_factory=list)


def find_plan(source: Source) -> Plan | None:
    """The plan of a document: the first table with the heading of a plan and all that continues it, else None."""
    for place, block in enumerate(source.blocks):
        if isinstance(block, Table) and (found := find_heading(block, lost=False)) is not None:
            return _plan(source, place, found)
    for place, block in enumerate(source.blocks):
        if isinstance(block, Table) and (found := find_heading(block, lost=True)) is not None:
            return _plan(source, place, found)
    return None


def prose(blocks: Sequence[Prose | Table]) -> list[Piece]:
    """The lines of blocks as running text: a table there is for layout, it is read column by column."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces += block.pieces if isinstance(block, Prose) else _laid_out(block.rows)
    return pieces


def _plan(source: Source, place: int, heading: Heading) -> Plan:
    table = source.blocks[place]
    rows = table.rows if isinstance(table, Table) else ()
    front = prose(source.blocks[:place]) + _laid_out(rows[: heading.above])
    plan = Plan(front, heading.header, list(_under(heading.header, rows[heading.first :])))
    for block, after in pairwise([*source.blocks[place + 1 :], Prose(())]):
        if isinstance(block, Prose):
            plan.rows += _lines(block, heads=isinstance(after, Table) and _continues(after, plan.header))
        else:
            plan.rows += _continued(block, plan)
    if (above := caption_above(front, others=[row.lead for row in plan.rows if row.outside and row.wide])) is not None:
        plan.rows.insert(0, PlanRow({"activity": Cell((front.pop(above),))}, outside=True, wide=True))
    return plan


def _lines(block: Prose, *, heads: bool) -> Iterator[PlanRow]:
    """The lines between two tables as rows; the last one may be what the table below is called."""
    pieces = [piece for piece in block.pieces if not piece.blank]
    for piece in pieces:
        caption = heads and piece is pieces[-1] and is_caption(piece.text)
        yield PlanRow({"activity": Cell((piece,))}, outside=True, wide=caption)


def _continues(table: Table, header: Header) -> bool:
    return find_heading(table, lost=False) is not None or _is_as_wide(table, header)


def _is_as_wide(table: Table, header: Header) -> bool:
    return max((len(row.cells) for row in table.rows), default=0) == len(header.kinds)


def _continued(table: Table, plan: Plan) -> Iterator[PlanRow]:
    """The rows of a further table; columns that the plan has not had so far become its last ones."""
    found = find_heading(table, lost=False)
    if found is not None:
        header, columns = aligned(found.header, plan.header.columns)
        plan.header = replace(plan.header, columns=columns)
        yield from _under(header, table.rows[: found.above])
        yield from _under(header, table.rows[found.first :])
    elif _is_as_wide(table, plan.header):
        yield from _under(plan.header, table.rows)


def _under(header: Header, rows: Sequence[Row]) -> Iterator[PlanRow]:
    broken = False
    for row in rows:
        texts = [tidy(cell.text) for cell in row.cells]
        if header.repeated_by(texts):
            broken = True
        elif any(texts) and not _counts_columns(texts):
            yield _placed(header, row, broken=broken or row.broken)
            broken = False


def _counts_columns(texts: Sequence[str]) -> bool:
    """The row «1 2 3 4 5» below a heading."""
    written = [text for text in texts if text]
    return len(written) > 2 and written == [str(count) for count in range(1, len(written) + 1)]


def _placed(header: Header, row: Row, *, broken: bool) -> PlanRow:
    pieces: dict[ColumnKind, list[Piece]] = {}
    merged: dict[ColumnKind, bool] = {}
    for place, (kind, cell) in enumerate(zip(header.kinds, row.cells, strict=False)):
        if kind is None or cell.spanned:
            continue
        said = [piece for piece in cell.pieces if not piece.blank]
        before = pieces.setdefault(kind, [])
        pieces[kind] = _from_to(before, said) if place in header.ends and before and said else before + said
        merged[kind] = merged.get(kind, True) and cell.merged
    if row.outside and header.kinds[0] not in OWN:
        return PlanRow({"activity": Cell(tuple(row.pieces))}, outside=True)
    if _is_line_in_first(header, row, broken=broken):
        return PlanRow({"activity": row.cells[0]}, wide=True)
    cells = {kind: Cell(tuple(found), merged=merged[kind]) for kind, found in pieces.items()}
    return PlanRow(cells, broken=broken, wide=row.wide or _spans_beside_number(header, row), outside=row.outside)


def _is_line_in_first(header: Header, row: Row, *, broken: bool) -> bool:
    """Whether the only text of a row stands in its first cell, where that says neither what is done nor when."""
    apart = header.kinds[0] in FURTHER and not broken and not row.outside and len(row.cells) > 1
    text = tidy(row.cells[0].text) if apart else ""
    return is_caption(text) and text[:1].isupper() and not any(cell.text or cell.merged for cell in row.cells[1:])


def _from_to(first: Sequence[Piece], last: Sequence[Piece]) -> list[Piece]:
    """A first and a last day that stand in columns of their own as one term."""
    texts = [" ".join(tidy(piece.text) for piece in pieces) for pieces in (first, last)]
    text = texts[0] if texts[0] == texts[1] else " – ".join(texts)
    return [Piece(first[0].line, text, parts=(*first, *last))]


def _spans_beside_number(header: Header, row: Row) -> bool:
    """Whether one cell takes up all columns but that of the numbers."""
    alone = len(row.cells) > 2 and header.kinds[0] == "number" and not row.cells[1].spanned
    return alone and len(row.cells) == len(header.kinds) and all(cell.spanned for cell in row.cells[2:])


def _laid_out(rows: Sequence[Row]) -> list[Piece]:
    pieces: list[Piece] = []
    for column in range(max((len(row.cells) for row in rows), default=0)):
        for row in rows:
            if column < len(row.cells):
                pieces += row.cells[column].pieces
        pieces.append(Piece(0, ""))
    return pieces
