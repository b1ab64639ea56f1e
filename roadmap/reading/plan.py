"""The rows of the plan under its columns: headings of pages left out, rows broken over pages put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from roadmap.outline import ColumnKind
from roadmap.reading.guess import is_standard
from roadmap.reading.headers import Header, infer, recognise
from roadmap.reading.items import HAS_WORD, read_mark
from roadmap.reading.source import Cell, Piece, Prose, Row, Source, Table
from roadmap.reading.stages import LABEL, is_stage_name, says_stage, take_number
from roadmap.reading.wording import Vocabulary, tidy

HEADING_ROWS = 12  # rows of a table among which its heading is looked for; above it may stand a title
MIN_STANDARD = 3
OWN: tuple[ColumnKind, ...] = ("number", "stage", "activity", "content")
WHEN: tuple[ColumnKind, ...] = ("term", "responsible")


@dataclass(slots=True)
class PlanRow:
    """A row by its columns. `joined` counts the rows it was put together from beyond the first."""

    cells: dict[ColumnKind, Cell]
    broken: bool = False
    wide: bool = False
    outside: bool = False
    joined: int = 0
    texts: dict[ColumnKind, str] = field(default_factory=dict, init=False)

    def text(self, kind: ColumnKind) -> str:
        """What stands in a column; signs without a word are nothing."""
        if kind not in self.texts:
            cell = self.cells.get(kind)
            text = cell.text if cell else ""
            self.texts[kind] = text if HAS_WORD.search(text) else ""
        return self.texts[kind]

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
        return tidy(" ".join(self.text(kind) for kind in self.lead_kinds))

    @property
    def when(self) -> bool:
        return any(self.text(kind) or self.merged(kind) for kind in WHEN)

    @property
    def line(self) -> int:
        return next((piece.line for piece in self.pieces(*OWN, *WHEN)), 0)


@dataclass(slots=True)
class Plan:
    """Where the plan stands in a source: what comes before it, its columns, its rows."""

    front: list[Piece]
    header: Header
    rows: list[PlanRow] = field(default_factory=list)


def find_plan(source: Source) -> Plan | None:
    """The plan of a document: the first table with the heading of a plan and all that continues it, else None."""
    for place, block in enumerate(source.blocks):
        if isinstance(block, Table) and (found := _heading(block, lost=False)) is not None:
            return _plan(source, place, found)
    for place, block in enumerate(source.blocks):
        if isinstance(block, Table) and (found := _heading(block, lost=True)) is not None:
            return _plan(source, place, found)
    return None


def prose(blocks: Sequence[Prose | Table]) -> list[Piece]:
    """The lines of blocks as running text: a table there is for layout, it is read column by column."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces += block.pieces if isinstance(block, Prose) else _laid_out(block.rows)
    return pieces


def _plan(source: Source, place: int, found: tuple[Header, int]) -> Plan:
    header, first = found
    table = source.blocks[place]
    rows = table.rows if isinstance(table, Table) else ()
    front = prose(source.blocks[:place]) + _laid_out(rows[: max(0, first - 1)])
    plan = Plan(front, header)
    if (heading := _heading_above(front)) is not None:
        plan.rows.append(PlanRow({"activity": Cell((front.pop(heading),))}, outside=True))
    plan.rows += _under(header, rows[first:])
    for block in source.blocks[place + 1 :]:
        plan.rows += _continued(block, header)
    return plan


def _heading_above(front: Sequence[Piece]) -> int | None:
    """The place of a stage's name that is the last line above the table."""
    place = next((place for place in range(len(front) - 1, -1, -1) if not front[place].blank), None)
    if place is None:
        return None
    number, name = take_number(front[place].text)
    return place if is_stage_name(name) or (number is not None and says_stage(front[place].text)) else None


def _heading(table: Table, *, lost: bool) -> tuple[Header, int] | None:
    """The columns of a table and the place of its first row below the heading."""
    if table.header is not None:
        return table.header, 0
    if lost:
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        standard = [row for row in texts if any(is_standard(text) for text in row)]
        return (infer(standard), 0) if len(standard) >= MIN_STANDARD else None
    for place, row in enumerate(table.rows[:HEADING_ROWS]):
        header = recognise([tidy(cell.text) for cell in row.cells])
        if header is not None:
            return _spread(header, row), place + 1
    return None


def _spread(header: Header, row: Row) -> Header:
    """A title over several columns names all of them."""
    kinds = list(header.kinds)
    for place, cell in enumerate(row.cells):
        if cell.spanned and place:
            kinds[place] = kinds[place - 1]
    return replace(header, kinds=tuple(kinds))


def _continued(block: Prose | Table, header: Header) -> Iterator[PlanRow]:
    if isinstance(block, Prose):
        for piece in block.pieces:
            if not piece.blank:
                yield PlanRow({"activity": Cell((piece,))}, outside=True)
        return
    found = _heading(block, lost=False)
    if found is not None:
        yield from _under(found[0], block.rows[: found[1] - 1])
        yield from _under(found[0], block.rows[found[1] :])
    elif max((len(row.cells) for row in block.rows), default=0) == len(header.kinds):
        yield from _under(header, block.rows)


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
    for kind, cell in zip(header.kinds, row.cells, strict=False):
        if kind is not None and not cell.spanned:
            pieces.setdefault(kind, []).extend(piece for piece in cell.pieces if not piece.blank)
            merged[kind] = merged.get(kind, True) and cell.merged
    cells = {kind: Cell(tuple(found), merged=merged[kind]) for kind, found in pieces.items()}
    return PlanRow(cells, broken=broken, wide=row.wide, outside=row.outside)


def _laid_out(rows: Sequence[Row]) -> list[Piece]:
    pieces: list[Piece] = []
    for column in range(max((len(row.cells) for row in rows), default=0)):
        for row in rows:
            if column < len(row.cells):
                pieces += row.cells[column].pieces
        pieces.append(Piece(0, ""))
    return pieces


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
    if not any(row.text(kind) for kind in OWN):
        return any(row.text(kind) for kind in WHEN)
    number, before = tidy(row.text("number")), tidy(above.text("number"))
    if row.text("stage") or (number and number != before) or LABEL.match(row.lead) or read_mark(row.lead):
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
