"""How groups are filled: a second aim among solutions that serve as many and have the same total. It is not proved."""

from __future__ import annotations

import math

import numpy as np

from pairing.matching.assigning import heaviest
from pairing.matching.task import NOBODY, Counts, Floats, Indexes, Task
from pairing.matching.values import Filling

FINE = 60.0
"""Shares of places are told apart to this part of a place."""
ROUNDS = 8
TRIED = 64
LARGE = 1_000_000
"""Mentors are not tried one by one where more pairs than this may be."""


def filled(task: Task, mentors: Indexes, filling: Filling) -> Indexes:
    """A solution as good as this one, filled as is wished; both give the mentor of each mentee."""
    if filling is Filling.ANY or task.usable.max(initial=0) <= 1:
        return mentors
    if filling is Filling.FEWEST:
        return _left_out(task, _crowded(task, mentors))
    return _as_good(task, mentors, heaviest(task, _growing(task, is_share=filling is Filling.EVEN)))


def _growing(task: Task, *, is_share: bool) -> Floats:
    """For each place how it is liked: the less, the more of the mentor's places come before it.

    So the sum of squares of the groups comes out least, or of the groups as shares of what the mentors take.
    """
    usable, held = task.usable, np.bincount(task.locked[task.locked != NOBODY], minlength=task.mentors)
    owners = np.repeat(np.arange(task.mentors), usable)
    before = np.arange(len(owners)) - (np.cumsum(usable) - usable)[owners] + held[owners]
    growth = (2 * before + 1).astype(np.float64)
    return -np.rint(FINE * growth / (task.places + held)[owners]) if is_share else -growth


def _crowded(task: Task, mentors: Indexes) -> Indexes:
    """Places are liked the better the larger the group came out before, until no fewer mentors do."""
    for _round in range(ROUNDS):
        loads = _loads(task, mentors)
        crowded = _as_good(task, mentors, heaviest(task, np.repeat(loads, task.usable).astype(np.float64)))
        if (_loads(task, crowded) > 0).sum() >= (loads > 0).sum():
            break
        mentors = crowded
    return mentors


def _left_out(task: Task, mentors: Indexes) -> Indexes:
    """Mentors are done without one by one, those with the smallest groups first, where nothing is lost by it."""
    if len(task.rows) > LARGE:
        return mentors
    loads = _loads(task, mentors)
    places = np.where(loads > 0, task.places, 0)
    in_use = np.setdiff1d(mentors, [NOBODY, *task.locked])
    for mentor in in_use[np.argsort(loads[in_use], kind="stable")][:TRIED]:
        tried = places.copy()
        tried[mentor] = 0
        found = _as_good(task, mentors, heaviest(task.with_places(tried)))
        if mentor not in found:
            places, mentors = tried, found
    return mentors


def _as_good(task: Task, mentors: Indexes, other: Indexes) -> Indexes:
    """The other solution, where neither served nor total is less."""
    weight, weight_other = (math.fsum(task.points_of(each) + task.lift) for each in (mentors, other))
    return other if weight_other >= weight else mentors


def _loads(task: Task, mentors: Indexes) -> Counts:
    """How many free mentees each mentor has, and those locked to him."""
    everybody = np.where(task.locked == NOBODY, mentors, task.locked)
    return np.bincount(everybody[everybody != NOBODY], minlength=task.mentors)
