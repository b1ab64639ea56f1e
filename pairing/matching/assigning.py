"""The heaviest assignment: the columns of mentors repeated by their places, given to scipy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from pairing.matching.task import NOBODY, Floats, Indexes, Task

DENSE = 30_000_000
"""Up to so many cells a table of all mentees and places is worth its memory."""
SPARSE = 0.05
"""Below this share of pairs that may be, and from `LARGE` cells on, they alone are looked at."""
LARGE = 1_000_000


def heaviest(task: Task, preference: Floats | None = None) -> Indexes:
    """The mentor of each mentee, or `NOBODY`.

    `preference` holds a number per place, in the order of mentors: among the equally heavy the one with the highest
    sum of it is taken, as far as floats can tell.
    """
    seats = np.repeat(np.arange(task.mentors), task.usable)
    cells = task.mentees * len(seats)
    if cells == 0:
        return np.full(task.mentees, NOBODY)
    weights = task.weights
    if preference is not None:
        weights = weights * (1 + 2 * task.mentees * float(np.abs(preference).max(initial=0)))
    is_sparse = cells > DENSE or (cells > LARGE and len(task.rows) < SPARSE * task.mentees * task.mentors)
    chosen = _sparse(task, seats, weights, preference) if is_sparse else _dense(task, seats, weights, preference)
    return np.where(chosen == NOBODY, NOBODY, seats[chosen])


def _dense(task: Task, seats: Indexes, weights: Floats, preference: Floats | None) -> Indexes:
    """The place of each mentee. A forbidden cell weighs nothing and every other more, so it stands for no mentor."""
    table = np.zeros((task.mentees, task.mentors))
    table[task.rows, task.columns] = weights
    if len(seats) > task.mentors or (task.usable != 1).any():
        table = table[:, seats]
    costs = -table if preference is None else np.where(table > 0, -table - preference, 0)
    rows, places = linear_sum_assignment(costs)
    is_pair = table[rows, places] > 0
    chosen = np.full(task.mentees, NOBODY)
    chosen[rows[is_pair]] = places[is_pair]
    return chosen


def _sparse(task: Task, seats: Indexes, weights: Floats, preference: Floats | None) -> Indexes:
    """The place of each mentee. A column of his own, lighter than any place, stands for no mentor."""
    rows, places, copied = _on_places(task, seats, weights)
    if preference is not None:
        copied += preference[places]
    alone = np.arange(task.mentees)
    entries = np.concatenate((copied + 1, np.ones(task.mentees)))
    where = (np.concatenate((rows, alone)), np.concatenate((places, len(seats) + alone)))
    graph = csr_array((entries, where), shape=(task.mentees, len(seats) + task.mentees))
    mentees, chosen = min_weight_full_bipartite_matching(graph, maximize=True)
    return np.where(chosen < len(seats), chosen, NOBODY)[np.argsort(mentees)]


def most_served(task: Task) -> int:
    """How many mentees can be served at all."""
    seats = np.repeat(np.arange(task.mentors), task.usable)
    if not len(seats):
        return 0
    rows, places, ones = _on_places(task, seats, np.ones(len(task.rows)))
    graph = csr_array((ones, (rows, places)), shape=(task.mentees, len(seats)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _on_places(task: Task, seats: Indexes, values: Floats) -> tuple[Indexes, NDArray[np.int64], Floats]:
    """Each pair that may be once for every place of its mentor: mentees, places, values."""
    usable = task.usable
    times = usable[task.columns]
    first = np.cumsum(usable) - usable
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(task.rows, times), np.repeat(first[task.columns], times) + nth, np.repeat(values, times)
