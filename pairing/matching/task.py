"""An instance made ready for reckoning: the pairs that may be as arrays, scores as whole numbers where they are such."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pairing.matching.values import Candidates, Instance, Pair

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Indexes = NDArray[np.intp]
Truths = NDArray[np.bool_]

NOBODY = -1
"""Stands for the mentor of a mentee who has none."""
FINE = 2.0**-48
"""To this part of `lift` points are rounded, where they are not whole: every sum that is formed of them is exact then."""
DECIMALS = 6
"""So many decimal places of scores are reckoned without rounding."""
SAMPLE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """The pairs that may be: `rows` (mentees), `columns` (mentors), `scores` and `points` have one entry each, by mentee
    and mentor. Points are what is reckoned with: scores in a unit of which they are whole numbers, if there is one.

    With `lift` added to the points of each pair, which is more than any change of the total can make up for, the
    heaviest assignment serves as many as can be, and has the highest total among those.
    """

    mentees: int
    mentors: int
    rows: Indexes
    columns: Indexes
    scores: Floats
    points: Floats
    locked: Indexes
    """The mentor each mentee is locked to, or `NOBODY`."""
    places: Counts
    """Places of each mentor that no locked pair has taken."""
    lift: float
    decimals: int | None
    """Of the scores; None where they have too many."""

    @property
    def weights(self) -> Floats:
        return self.points + self.lift

    @property
    def unit(self) -> float:
        """So many points make a score of one."""
        return 10.0 ** (self.decimals or 0)

    @property
    def usable(self) -> Counts:
        """Places up to the number of mentees who can take them."""
        return np.minimum(self.places, np.bincount(self.columns, minlength=self.mentors))

    def only(self, chosen: Truths) -> Task:
        """The same with these pairs alone."""
        arrays = {name: getattr(self, name)[chosen] for name in ("rows", "columns", "scores", "points")}
        return replace(self, **arrays)

    def free(self) -> Task:
        """What is left to decide: the pairs of those who are not locked."""
        return self.only(self.locked[self.rows] == NOBODY) if (self.locked != NOBODY).any() else self

    def at_least(self, points: float) -> Task:
        """The same without the pairs that have fewer points."""
        return self.only(self.points >= points)

    def with_places(self, places: Counts) -> Task:
        return replace(self, places=places)

    def pairs_of(self, mentors: Indexes) -> Truths:
        """Which of the pairs that may be are made by a solution, which is given as the mentor of each mentee."""
        made: Truths = mentors[self.rows] == self.columns
        return made

    def points_of(self, mentors: Indexes) -> Floats:
        """The points of the pairs of a solution."""
        return self.points[self.pairs_of(mentors)]

    def total_of(self, mentors: Indexes) -> float:
        """The sum of the scores of a solution."""
        total = math.fsum(self.scores[self.pairs_of(mentors)])
        return total if self.decimals is None else round(total, self.decimals)

    def of(self, mentee: int) -> slice:
        """Where the pairs of one mentee stand."""
        return slice(*np.searchsorted(self.rows, (mentee, mentee + 1)))

    def scores_of(self, mentee: int) -> dict[int, float]:
        """By the mentors he may have."""
        own = self.of(mentee)
        return dict(zip(self.columns[own].tolist(), self.scores[own].tolist(), strict=True))


def task_of(instance: Instance) -> Task:
    """Raises ValueError where the instance contradicts itself."""
    rows, columns, scores, (mentees, mentors) = _candidates(instance.scores)
    _check(instance, scores, mentors)
    decimals = _decimals(scores)
    points = scores if decimals is None else np.rint(scores * 10.0**decimals)
    most = float(np.abs(points).max(initial=0)) or 1.0
    lift = 2.0 ** math.ceil(math.log2(4 * (mentees + 2) * most))
    if decimals is None or lift * FINE > 1:
        points = np.rint(points / (lift * FINE)) * (lift * FINE)
    task = Task(
        *(mentees, mentors, rows, columns, scores, points),
        locked=mentors_of(instance.locked, mentees),
        places=instance.capacities - _loads(instance.locked, mentors),
        lift=lift,
        decimals=decimals,
    )
    if instance.banned:
        banned = [mentee * mentors + mentor for mentee, mentor in instance.banned]
        task = task.only(~np.isin(rows * mentors + columns, banned))
    if len(task.points_of(task.locked)) < len(instance.locked):
        raise ValueError("a locked pair is forbidden")
    if (task.places < 0).any():
        raise ValueError("more pairs are locked on a mentor than he takes")
    return task


def mentors_of(pairs: tuple[Pair, ...], mentees: int) -> Indexes:
    """The mentor of each mentee, or `NOBODY`."""
    mentors = np.full(mentees, NOBODY, dtype=np.intp)
    for mentee, mentor in pairs:
        mentors[mentee] = mentor
    return mentors


def _candidates(scores: Floats | Candidates) -> tuple[Indexes, Indexes, Floats, tuple[int, int]]:
    """The pairs that may be, by mentee and mentor."""
    if isinstance(scores, Candidates):
        order = np.lexsort((scores.mentors, scores.mentees))
        return scores.mentees[order], scores.mentors[order], scores.scores[order], scores.shape
    allowed = ~np.isnan(scores)
    rows, columns = np.nonzero(allowed)
    return rows, columns, scores[allowed], (scores.shape[0], scores.shape[1])


def _check(instance: Instance, scores: Floats, mentors: int) -> None:
    if instance.capacities.shape != (mentors,) or (instance.capacities < 0).any():
        raise ValueError("each mentor takes a number of mentees, 0 or more")
    if not np.isfinite(scores).all():
        raise ValueError("a score is a finite number")
    if len({mentee for mentee, _mentor in instance.locked}) < len(instance.locked):
        raise ValueError("a mentee is locked twice")


def _decimals(scores: Floats) -> int | None:
    """How many decimal places the scores have; None where they are too many."""
    for decimals in range(DECIMALS + 1):
        unit = 10.0**decimals
        if all(bool((np.rint(part * unit) / unit == part).all()) for part in (scores[:SAMPLE], scores)):
            return decimals
    return None


def _loads(pairs: tuple[Pair, ...], mentors: int) -> Counts:
    return np.bincount(np.array([mentor for _mentee, mentor in pairs], dtype=np.intp), minlength=mentors)
