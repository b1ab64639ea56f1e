"""The cells of a ruled table in rows and columns, over as many pages as the table goes on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmap.reading.pdf.layout import Line, Word, clusters, goes_on, lines_of
from roadmap.reading.wording import tidy

SAME_EDGE = 3.5  # points by which edges differ that are meant as one
HEADING_ROWS = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is drawn on its page."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: Sequence[Word]


@dataclass(eq=False, slots=True)
class Slot:
    """A cell of the table: its lines, how many columns it is wide, whether it is `tall` on its page.

    `merged` when it is more of the cell above; what it says is then that cell's.
    """

    lines: list[Line]
    left: float
    right: float
    wide: int = 1
    tall: bool = False
    merged: bool = False

    @property
    def text(self) -> str:
        return tidy(" ".join(line.text for line in self.lines))


@dataclass(eq=False, slots=True)
class GridRow:
    """The cells of a row by their column; `first` when a page begins with it."""

    slots: dict[int, Slot] = field(default_factory=dict)
    first: bool = False


@dataclass(slots=True)
class Grid:
    """A table as it stands on its pages: where its columns begin, its rows, headings that were repeated."""

    edges: list[float]
    rows: list[GridRow]
    repeated: list[Slot] = field(default_factory=list)

    def goes_on_in(self, other: Grid) -> bool:
        """Whether the table at the top of the next page is more of this one: it is as wide and has no other columns."""
        ends = zip((self.edges[0], self.edges[-1]), (other.edges[0], other.edges[-1]), strict=True)
        few, many = sorted((self.edges, other.edges), key=len)
        return all(abs(one - two) < 2 * SAME_EDGE for one, two in ends) and all(
            any(abs(edge - another) < 2 * SAME_EDGE for another in many) for edge in few
        )


def grid_of(boxes: Sequence[Box]) -> Grid:
    """The rows and columns that the boxes of one page make."""
    edges = [sum(group) / len(group) for group in clusters((e for b in boxes for e in (b.x0, b.x1)), SAME_EDGE)]
    tops = [sum(group) / len(group) for group in clusters((e for b in boxes for e in (b.top, b.bottom)), SAME_EDGE)]
    rows = [GridRow() for _top in tops[1:]]
    for box in boxes:
        column, end = _nearest(edges, box.x0), _nearest(edges, box.x1)
        row, under = _nearest(tops, box.top), _nearest(tops, box.bottom)
        if end <= column or under <= row:
            continue
        lines = lines_of(box.words)
        for place in range(row, under):
            slot = Slot([] if place > row else lines, box.x0, box.x1, end - column, under - row > 1, place > row)
            rows[place].slots[column] = slot
    filled = [row for row in rows if any(not slot.merged for slot in row.slots.values())]
    return Grid(edges, filled)


def _nearest(edges: Sequence[float], value: float) -> int:
    place = bisect_left(edges, value)
    around = [at for at in (place - 1, place) if 0 <= at < len(edges)]
    return min(around, key=lambda at: abs(edges[at] - value))


def append(grid: Grid, more: Grid) -> None:
    """Put the rows of the next page below: its heading again aside, what a page's end had cut made whole."""
    if len(more.edges) > len(grid.edges):
        _move(grid, more.edges)
    else:
        _move(more, grid.edges)
    rows = more.rows
    headings = [_texts(row) for row in grid.rows[:HEADING_ROWS]]
    while rows and len(_texts(rows[0])) > 1 and _texts(rows[0]) in headings:
        grid.repeated += rows[0].slots.values()
        rows = rows[1:]
    if rows and grid.rows:
        rows[0].first = True
        rows = _sewn(grid.rows, rows)
    grid.rows += rows


def _move(grid: Grid, edges: list[float]) -> None:
    """The same rows under the columns of a page that shows more of them."""
    places = {column: _nearest(edges, edge) for column, edge in enumerate(grid.edges)}
    for row in grid.rows:
        moved = {}
        for column, slot in row.slots.items():
            slot.wide = max(1, places[min(column + slot.wide, len(grid.edges) - 1)] - places[column])
            moved[places[column]] = slot
        row.slots = moved
    grid.edges = edges


def _texts(row: GridRow) -> tuple[str, ...]:
    return tuple("".join(slot.text.split()) for _column, slot in sorted(row.slots.items()) if slot.text)


def _sewn(above: Sequence[GridRow], rows: list[GridRow]) -> list[GridRow]:
    """The rows of a page below those of the page before: a row that was cut is whole again, a tall cell goes on."""
    row = rows[0]
    if not _is_wide(above[-1], row) and _begins_anew(row):
        return rows
    if _is_cut(above, row):
        for column, slot in row.slots.items():
            _give(above, column, slot)
        return rows[1:]
    for column, slot in row.slots.items():
        upper = above[-1].slots.get(column)
        if upper is not None and (slot.tall or upper.tall or _flows(above, column, slot)):
            _give(above, column, slot)
            slot.merged = True
    return rows


def _is_wide(above: GridRow, row: GridRow) -> bool:
    """Both rows are one cell, as the result of a stage is that stands below its activities."""
    return len(row.slots) == len(above.slots) == 1


def _begins_anew(row: GridRow) -> bool:
    """A row with something in its first column, where numbers stand, or stages."""
    first = row.slots.get(0)
    return first is None or bool(first.text)


def _is_cut(above: Sequence[GridRow], row: GridRow) -> bool:
    """Whether a row is the rest of the one above: of the same cells, and its texts go on.

    One that has no number may have one text that does not, such as the next point of a list.
    """
    last = above[-1].slots
    if row.slots.keys() != last.keys():
        return False
    short = {at: slot for at, slot in row.slots.items() if slot.text and not slot.tall and not last[at].tall}
    apart = sum(not _flows(above, at, slot) for at, slot in short.items())
    ended = bool(last[0].text) and not (row.slots[0].text or row.slots[0].tall or last[0].tall)
    return bool(short) and apart <= ended


def _flows(above: Sequence[GridRow], column: int, slot: Slot) -> bool:
    """Whether what a cell says goes on from the cell above."""
    origin = _origin(above, column)
    if origin is None or not origin.lines or not slot.lines:
        return False
    line, following = origin.lines[-1], slot.lines[0]
    padding = max(0, min(line.x0, following.x0) - slot.left)
    return following.text[:1].islower() or goes_on(line, following, slot.left + padding, slot.right - padding)


def _origin(above: Sequence[GridRow], column: int) -> Slot | None:
    """The cell in a column that the last row shows, by its beginning."""
    for row in reversed(above):
        slot = row.slots.get(column)
        if slot is None or not slot.merged:
            return slot
    return None


def _give(above: Sequence[GridRow], column: int, slot: Slot) -> None:
    origin = _origin(above, column)
    if origin is None:
        above[-1].slots[column] = slot
    else:
        origin.lines += slot.lines
        slot.lines = []
