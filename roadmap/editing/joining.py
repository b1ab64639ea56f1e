"""Two activities become one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

_ENDS = ".;!?…:"


def join_texts(one: str, other: str) -> str:
    """Both texts, each beginning a line of its own; the first gets the stop it lacks. The same text stands once."""
    one, other = one.strip(), other.strip()
    if one == other or not other:
        return one
    if not one:
        return other
    return f"{one if one[-1] in _ENDS else one + ';'}\n{other}"


def join_cells(one: str, other: str) -> str:
    """Two short cells in one line: «октябрь; май»."""
    one, other = one.strip(), other.strip()
    return one if one == other or not other else f"{one}; {other}" if one else other


def missing(of: Sequence[tuple[Hashable, Thing]], among: Sequence[Hashable]) -> list[Thing]:
    """The things whose marks (the first of each pair) are not among those given; each mark once."""
    known = set(among)
    found = []
    for mark, thing in of:
        if mark not in known:
            known.add(mark)
            found.append(thing)
    return found
