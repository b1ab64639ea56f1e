"""Counts too small to be shown, and those by which such a count could be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LEAST = 5
"""A group of fewer people would tell of single ones."""

Place = tuple[int, int]
Grid = Sequence[Sequence[int]]


def hide_single(count: int) -> int | None:
    """The count, None where it is of one to four people."""
    return None if 0 < count < LEAST else count


def hide_small(grid: Grid) -> list[list[int | None]]:
    """The same table with None for what is hidden; its last row and its last column are the sums.

    Hidden are counts of one to four, and further ones until neither a hidden count nor a sum of hidden counts below
    five follows from what is shown. A table is the edges of a graph between its rows and its columns: a hidden count can
    be worked out exactly where it is a bridge between hidden ones.
    """
    hidden = {place for place in _places(grid) if 0 < _at(grid, place) < LEAST}
    while (more := _told_by_sum(grid, hidden) or _told_by_others(grid, hidden)) is not None:
        hidden.add(more)
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(line)]
        for row, line in enumerate(grid)
    ]


def _places(grid: Grid) -> Iterator[Place]:
    return ((row, column) for row, line in enumerate(grid) for column in range(len(line)))


def _at(grid: Grid, place: Place) -> int:
    return grid[place[0]][place[1]]


def _lines(grid: Grid) -> Iterator[list[Place]]:
    """Every row and every column, its sum last."""
    rows, columns = range(len(grid)), range(len(grid[0]))
    yield from ([(row, column) for column in columns] for row in rows)
    yield from ([(row, column) for row in rows] for column in columns)


def _told_by_sum(grid: Grid, hidden: set[Place]) -> Place | None:
    """What is to be hidden where the hidden counts of a line come to one to four people together."""
    for *counts, total in _lines(grid):
        inside = [place for place in counts if place in hidden]
        if inside and total not in hidden and sum(_at(grid, place) for place in inside) < LEAST:
            return _smallest(grid, [place for place in (*counts, total) if place not in hidden], hidden)
    return None


def _told_by_others(grid: Grid, hidden: set[Place]) -> Place | None:
    """What is to be hidden where a hidden count is the difference of counts that are shown."""
    shown = [place for place in _places(grid) if place not in hidden]
    for row, column in sorted(hidden):
        if not _is_bridge((row, column), hidden):
            continue
        here, there = (_reached(node, hidden - {(row, column)}) for node in ((0, row), (1, column)))
        closing = [one for one in shown if _joins(one, here, there)]
        near = [one for one in shown if one[0] == row] or [one for one in shown if one[1] == column]
        return _smallest(grid, closing or near or shown, hidden)
    return None


def _is_bridge(place: Place, hidden: set[Place]) -> bool:
    return (1, place[1]) not in _reached((0, place[0]), hidden - {place})


def _joins(place: Place, here: set[Place], there: set[Place]) -> bool:
    row, column = (0, place[0]), (1, place[1])
    return (row in here and column in there) or (row in there and column in here)


def _reached(start: Place, edges: set[Place]) -> set[Place]:
    """The rows, as (0, row), and columns, as (1, column), that hang together with `start`."""
    found, waiting = {start}, [start]
    while waiting:
        kind, number = waiting.pop()
        for row, column in edges:
            if number == (row, column)[kind]:
                other = (1 - kind, (column, row)[kind])
                if other not in found:
                    found.add(other)
                    waiting.append(other)
    return found


def _smallest(grid: Grid, places: Sequence[Place], hidden: set[Place]) -> Place:
    """Rather a count than a sum, rather people than nought, rather what covers others too, rather few than many."""
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    rows, columns = {row for row, _column in hidden}, {column for _row, column in hidden}

    def weight(place: Place) -> tuple[bool, bool, int, int, Place]:
        is_sum = place[0] == last_row or place[1] == last_column
        alone = (place[0] not in rows) + (place[1] not in columns)
        return is_sum, not _at(grid, place), alone, _at(grid, place), place

    return min(places, key=weight)
