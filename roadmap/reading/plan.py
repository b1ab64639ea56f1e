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
NAMING: tuple[ColumnKind, ...] = OWN[1:]
WHEN: tuple[ColumnKind, ...] = ("term", "responsible")
FURTHER = EXTRA_KINDS


@dataclass(slots=True)
class PlanRow:
    """A row by its columns, in whose cells no piece is blank. `joined` counts the rows put to it.

    A line above a table that heads it is a row that is `wide` and `outside`. `texts` are those of the cells that have
    a word; `lead` is what the row says, its number and its time aside, in the columns `lead_kinds`: it may do so in
    that of the numbers.
    """

    cells: dict[ColumnKind, Cell]
    broken: bool = False
    wide: bool = False
    outside: bool = False
    joined: int = 0
    texts: dict[ColumnKind, str] = field(init=False)
    lead_kinds: list[ColumnKind] = field(init=False)
    lead: str = field(init=False)

    def __post_init__(self) -> None:
        self.texts = {kind: text for kind, cell in self.cells.items() if HAS_WORD.search(text := cell.text)}
        self.lead_kinds = [kind for kind in NAMING if kind in self.texts] or ["number"]
        self.lead = tidy(" ".join([self.text(kind) for kind in self.lead_kinds]))

    def text(self, kind: ColumnKind) -> str:
        """What stands in a column; signs without a word are nothing."""
        return self.texts.get(kind, "")

    def rename(self, new: Mapping[ColumnKind, ColumnKind]) -> None:
        """Give columns other kinds."""
        self.cells = {new.get(kind, kind): cell for kind, cell in self.cells.items()}
        self.__post_init__()

    def pieces(self, *kinds: ColumnKind) -> list[Piece]:
        return [piece for kind in kinds if kind in self.cells for piece in self.cells[kind].pieces]

    def merged(self, kind: ColumnKind) -> bool:
        return kind in self.cells and self.cells[kind].merged

    @property
    def when(self) -> bool:
        return self._holds(WHEN)

    @property
    def beside(self) -> bool:
        """Whether anything stands beside what the row says."""
        return self._holds(WHEN) or self._holds(FURTHER)

    def _holds(self, kinds: Sequence[ColumnKind]) -> bool:
        return any(kind in self.texts or self.merged(kind) for kind in kinds)

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
        texts = [cell.text for cell in row.cells]
        if header.repeated_by(texts):
            broken = True
        elif any(texts) and not _counts_columns(texts):
            yield _placed(header, row, broken=broken or row.broken)
            broken = False


def _counts_columns(texts: Sequence[str]) -> bool:
    """The row «1 2 3 4 5» below a heading."""
    written = [text.strip() for text in texts if text]
    return len(written) > 2 and written[0] == "1" and written == [str(count) for count in range(1, len(written) + 1)]


def _placed(header: Header, row: Row, *, broken: bool) -> PlanRow:
    if row.outside and header.kinds[0] not in OWN:
        return PlanRow({"activity": _written(Cell(tuple(row.pieces)))}, outside=True)
    if _is_line_in_first(header, row, broken=broken):
        return PlanRow({"activity": _written(row.cells[0])}, wide=True)
    cells: dict[ColumnKind, Cell] = {}
    for place, (kind, cell) in enumerate(zip(header.kinds, row.cells, strict=False)):
        if kind is not None and not cell.spanned:
            said, before = _written(cell), cells.get(kind)
            cells[kind] = said if before is None else _together(before, said, ends=place in header.ends)
    return PlanRow(cells, broken=broken, wide=row.wide or _spans_beside_number(header, row), outside=row.outside)


def _written(cell: Cell) -> Cell:
    """A cell without its blank pieces."""
    written = tuple([piece for piece in cell.pieces if piece.text.strip()])
    return cell if len(written) == len(cell.pieces) else Cell(written, cell.merged)


def _together(first: Cell, last: Cell, *, ends: bool) -> Cell:
    """Two cells of columns of one kind as one; `ends` where the second holds the last days of the first's terms."""
    merged = first.merged and last.merged
    if ends and first.pieces and last.pieces:
        return Cell(_from_to(first.pieces, last.pieces), merged)
    return Cell(first.pieces + last.pieces, merged)


def _is_line_in_first(header: Header, row: Row, *, broken: bool) -> bool:
    """Whether the only text of a row stands in its first cell, where that says neither what is done nor when."""
    if header.kinds[0] not in FURTHER or broken or row.outside or len(row.cells) < 2:
        return False
    text = tidy(row.cells[0].text)
    return is_caption(text) and text[:1].isupper() and not any(cell.text or cell.merged for cell in row.cells[1:])


def _from_to(first: Sequence[Piece], last: Sequence[Piece]) -> tuple[Piece, ...]:
    """A first and a last day that stand in columns of their own as one term."""
    texts = [" ".join(tidy(piece.text) for piece in pieces) for pieces in (first, last)]
    text = texts[0] if texts[0] == texts[1] else " – ".join(texts)
    return (Piece(first[0].line, text, parts=(*first, *last)),)


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
