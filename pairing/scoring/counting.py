"""How much two lists of people have in common, for all pairs at once.

numpy takes a third of a second to load, so it is loaded when something is first counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

Counts: TypeAlias = Any
"""An array of whole numbers; (mentees x mentors) where nothing else is said."""
Mask: TypeAlias = Any
"""An array of true and false."""


def arrays() -> Any:
    """numpy."""
    return import_module("numpy")


def shared_counts(rows: Sequence[Collection[Any]], columns: Sequence[Collection[Any]]) -> Counts:
    """How many things each row has in common with each column, of which each is of some people and not of most."""
    np = arrays()
    found = np.zeros((len(rows), len(columns)), dtype="int16")
    by_row, by_column = _places(rows), _places(columns)
    for thing in by_row.keys() & by_column.keys():
        found[np.ix_(by_row[thing], by_column[thing])] += 1
    return found


def listed(rows: Sequence[Collection[int]], persons: Sequence[int]) -> Mask:
    """Where the person of a column is among those of a row."""
    np = arrays()
    found = np.zeros((len(rows), len(persons)), dtype=bool)
    columns = _places([{person} for person in persons])
    for place, row in enumerate(rows):
        for person in row:
            found[place, columns.get(person, [])] = True
    return found


def numbers(values: Iterable[int | None]) -> Counts:
    """Whole numbers, -1 for what is not known."""
    return arrays().array([-1 if value is None else value for value in values], dtype="int64")


def sizes(rows: Iterable[Collection[Any]]) -> Counts:
    return arrays().array([len(row) for row in rows], dtype="int32")


def _places(rows: Sequence[Collection[Any]]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for place, row in enumerate(rows):
        for one in row:
            found.setdefault(one, []).append(place)
    return found
