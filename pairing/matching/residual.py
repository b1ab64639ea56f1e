"""What moving mentees about can still bring: the ways from mentor to mentor that a solution leaves open.

Whoever gets a place at a mentor pushes somebody on to another, and so forth, until a place is found free, a mentee is
left without a mentor, or the place is reached that was given up. A way is weighed by what it adds to the weight of the
whole; in an optimal solution no round trip adds anything, so the heaviest ways are well defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pairing.matching.task import NOBODY, Floats, Indexes, Task
from pairing.matching.values import NotOptimal

NO_WAY = -np.inf


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """`steps[a, b]` is the most that moving one mentee from mentor a to mentor b adds.

    The last index is the outside: a free place, or no mentor at all.
    """

    task: Task
    at: Indexes
    """Where each mentee sits; the outside for those who have no mentor."""
    own: Floats
    """The weight of each mentee's pair; 0 outside."""
    steps: Floats

    @property
    def outside(self) -> int:
        return self.task.mentors

    def prices(self) -> Floats:
        """What each place is worth: the most that one more place at a mentor would add to the weight of the whole."""
        worth, _next = _settled(self.steps.T, self.outside)
        return worth[:-1]

    def ways_to(self, target: int) -> tuple[Floats, Indexes]:
        """The heaviest way from each mentor to this one: what it adds, and which mentor it goes to first.

        A way ends where it gets there, so it does not matter what those who sit there could do elsewhere.
        """
        steps = self.steps.copy()
        steps[target] = NO_WAY
        return _settled(steps, target)

    def all_ways(self) -> Floats:
        """What the heaviest way from a to b adds, for every a and b (Floyd and Warshall)."""
        ways = self.steps.copy()
        for via in range(len(ways)):
            np.maximum(ways, ways[:, via, None] + ways[via], out=ways)
            if ways.diagonal().max() > 0:
                raise NotOptimal
        return ways

    def movers(self, start: int, target: int, follow: Indexes) -> Iterator[tuple[int, int, int]]:
        """Who goes from which mentor to which on the way that `ways_to` found from the start."""
        while start != target:
            end = int(follow[start])
            mentee = self._mover(start, end)
            if mentee is not None:
                yield mentee, start, end
            start = end

    def _mover(self, start: int, end: int) -> int | None:
        """Who makes the heaviest step; None where nobody moves and a free place is taken or left."""
        task, weight = self.task, self.steps[start, end]
        if weight == 0 and self.outside in {start, end}:
            return None
        if end == self.outside:
            return int(np.flatnonzero((self.at == start) & (-self.own == weight))[0])
        fits = (self.at[task.rows] == start) & (task.columns == end) & (task.weights - self.own[task.rows] == weight)
        return int(task.rows[np.flatnonzero(fits)[0]])


def residual_of(task: Task, mentors: Indexes) -> Residual:
    """Of a solution given as the mentor of each mentee, or `NOBODY`. Those who are locked take no part."""
    outside = task.mentors
    at = np.where((mentors == NOBODY) | (task.locked != NOBODY), outside, mentors)
    own = np.zeros(task.mentees)
    weights = task.weights
    made = task.pairs_of(at)
    own[task.rows[made]] = weights[made]
    steps = np.full((outside + 1, outside + 1), NO_WAY)
    np.maximum.at(steps.ravel(), at[task.rows] * (outside + 1) + task.columns, weights - own[task.rows])
    np.maximum.at(steps[:, outside], at, -own)
    has_place = np.bincount(at, minlength=outside + 1)[:outside] < task.places
    steps[:-1, outside][has_place] = 0
    steps[outside] = np.maximum(steps[outside], 0)
    np.fill_diagonal(steps, 0)
    return Residual(task, at, own, steps)


def _settled(steps: Floats, target: int) -> tuple[Floats, Indexes]:
    """The heaviest ways to one node by Bellman and Ford, looking on only from nodes that became better."""
    best, follow = steps[:, target].copy(), np.full(len(steps), target)
    best[target] = 0
    changed = np.flatnonzero(best > NO_WAY)
    for _round in range(len(steps) + 1):
        through = steps[:, changed] + best[changed]
        which = through.argmax(axis=1)
        reached = through[np.arange(len(steps)), which]
        better = reached > best
        if not better.any():
            return best, follow
        best[better], follow[better] = reached[better], changed[which[better]]
        changed = np.flatnonzero(better)
    raise NotOptimal
