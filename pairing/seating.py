"""Who talks with whom in which round of a group meeting.

Everybody of the larger side moves from table to table and meets as many of the smaller side as there are rounds, each
once; at every table there is somebody in every round, and the tables differ by one person at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

Seat = tuple[int, int]
"""A mentee and a mentor, by their places."""
UNWANTED = -1000.0
"""What a talk counts that the hard rules shut out: it is had only where nothing else is left."""


def seat_rounds(scores: Sequence[Sequence[float | None]], talks: int) -> list[list[Seat]]:
    """The rounds, each with everybody in it, so that the sum of the scores of all talks is the highest there is.

    `scores` has a row per mentee and a column per mentor, None where the two may not be paired. There are fewer rounds
    than `talks` where the smaller side has not so many people; none where a side is empty.
    """
    if not scores or not scores[0]:
        return []
    is_turned = len(scores) < len(scores[0])
    table = [list(column) for column in zip(*scores, strict=True)] if is_turned else [list(row) for row in scores]
    number = min(talks, len(table[0]))
    rounds = _coloured(_chosen(table, number), number)
    return [sorted((host, mover) if is_turned else (mover, host) for mover, host in one) for one in rounds]


def _chosen(table: Sequence[Sequence[float | None]], number: int) -> list[tuple[int, int]]:
    """The talks: `number` for each row, the columns loaded evenly. A transport problem, whose solution is whole."""
    np, optimize, sparse = (import_module(name) for name in ("numpy", "scipy.optimize", "scipy.sparse"))
    movers, hosts = len(table), len(table[0])
    gains = np.array([[UNWANTED if score is None else score for score in row] for row in table], dtype="float64")
    each = sparse.kron(sparse.eye(movers), np.ones((1, hosts)))
    loads = sparse.kron(np.ones((1, movers)), sparse.eye(hosts))
    least, most = movers // hosts * number, -(-movers // hosts) * number
    found: Any = optimize.milp(
        -gains.ravel(),
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(each, number, number),
            optimize.LinearConstraint(loads, least, most),
        ],
    )
    taken = found.x.reshape(movers, hosts) > 0.5
    return [(int(mover), int(host)) for mover, host in zip(*taken.nonzero(), strict=True)]


def _coloured(talks: Iterable[tuple[int, int]], number: int) -> list[list[tuple[int, int]]]:
    """Spread over the rounds so that nobody moves twice in one and the tables stay even in each (Konig's theorem).

    A table of many is taken as several with a place each, of which all but one are full in every round.
    """
    seats: dict[int, int] = {}
    edges = []
    for mover, host in talks:
        edges.append((("mover", mover, 0), ("host", host, seats.get(host, 0) // number)))
        seats[host] = seats.get(host, 0) + 1
    at: dict[Any, dict[int, Any]] = {}
    for one, other in edges:
        _colour(at, one, other, number)
    rounds: list[list[tuple[int, int]]] = [[] for _round in range(number)]
    for vertex, colours in at.items():
        if vertex[0] == "mover":
            for colour, other in colours.items():
                rounds[colour].append((vertex[1], other[1]))
    return rounds


def _colour(at: dict[Any, dict[int, Any]], one: Any, other: Any, number: int) -> None:
    """Give the edge a round that is free at both ends; where there is none, two rounds change places along a path."""
    free = [next(c for c in range(number) if c not in at.setdefault(end, {})) for end in (one, other)]
    colour = free[0]
    if colour in at[other]:
        _swap(at, other, colour, free[1])
    at[one][colour], at[other][colour] = other, one


def _swap(at: dict[Any, dict[int, Any]], start: Any, taken: int, free: int) -> None:
    """Exchange the two rounds along the path that leaves `start` by `taken`, so that `taken` is free there."""
    path, colour, vertex = [], taken, start
    while colour in at[vertex]:
        neighbour = at[vertex][colour]
        path.append((vertex, neighbour, colour))
        vertex, colour = neighbour, free if colour == taken else taken
    for a, b, old in path:
        del at[a][old], at[b][old]
    for a, b, old in path:
        new = free if old == taken else taken
        at[a][new], at[b][new] = b, a
