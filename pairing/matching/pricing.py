"""What it costs to have a pair otherwise than in the solution, all others being placed anew as well as can be.

Where the worst pair comes first, the others do not fall below it, unless otherwise fewer would be served.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pairing.matching.residual import NO_WAY, Residual, residual_of
from pairing.matching.solving import solve
from pairing.matching.task import NOBODY, Floats, Indexes, Task, mentors_of, task_of
from pairing.matching.values import Aim, Alternative, Instance, Move, NotOptimal, Price, Prices, Solution


def price_of(instance: Instance, solution: Solution, mentee: int, mentor: int) -> Price | None:
    """What it costs that this pair is made; None where it cannot be."""
    if (mentee, mentor) in solution.pairs:
        return Price(0, 0.0)
    return _question_of(instance, solution, mentee).price(mentor)


def alternatives_of(instance: Instance, solution: Solution, mentee: int, count: int = 3) -> tuple[Alternative, ...]:
    """The other mentors whom it costs least to give this mentee, best first; none for one who is locked."""
    question = _question_of(instance, solution, mentee)
    nearest = sorted((-change, mentor) for mentor, change in question.changes.items() if mentor != question.present)
    found = ((mentor, question.price(mentor)) for _loss, mentor in nearest[:count])
    return tuple(Alternative(mentor, question.scores[mentor], price) for mentor, price in found if price)


def prices_of(instance: Instance, solution: Solution) -> Prices:
    """The price of every pair that may be, and of every one proposed.

    Made for a school, not for a city: it takes the third power of the number of mentors. Raises NotOptimal where the
    solution is not the best of this instance.
    """
    task = task_of(instance).free()
    residual = _residual_of(task, solution)
    ways = residual.all_ways()
    at = residual.at[task.rows]
    changes = task.weights - residual.own[task.rows] + ways[task.columns, at]
    table = np.full((task.mentees, task.mentors), NO_WAY)
    table[task.rows, task.columns] = changes
    without = ways[residual.outside, residual.at] - residual.own
    others = task.columns != at
    np.maximum.at(without, task.rows[others], changes[others])
    without[task.locked != NOBODY] = NO_WAY
    mentees, mentors = np.array(solution.pairs, dtype=np.intp).reshape(-1, 2).T
    table[mentees, mentors] = 0
    return Prices(*_split(table, task), *_split(without[mentees], task))


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What it costs to give one mentee another mentor: how the others make room there and fill the place he leaves."""

    instance: Instance
    solution: Solution
    task: Task
    residual: Residual
    mentee: int
    scores: dict[int, float]
    """By the mentors he may have."""
    changes: dict[int, float]
    """Of the weight of the whole, by the mentors he may have."""
    follow: Indexes | None
    """The ways on which the others make room; None where the solution is not the best, so that all is found anew."""

    @property
    def present(self) -> int:
        return int(self.residual.at[self.mentee])

    def price(self, mentor: int) -> Price | None:
        if mentor not in self.scores or not self.task.places[mentor]:
            return None
        served, total = _split(np.array(self.changes[mentor]), self.task)
        if self.follow is None or (self.solution.aim is Aim.WORST_FIRST and served < 0):
            return self._found_anew(mentor)
        moves = (self._move(*step) for step in self.residual.movers(mentor, self.present, self.follow))
        return Price(int(served), float(total), tuple(moves))

    def _found_anew(self, mentor: int) -> Price:
        old, locked = self.solution, (*self.instance.locked, (self.mentee, mentor))
        new = solve(replace(self.instance, locked=locked), old.aim, old.filling)
        before, after = dict(old.pairs), dict(new.pairs)
        others = [mentee for mentee in sorted(before.keys() | after.keys()) if mentee != self.mentee]
        moves = tuple(
            self._move(mentee, before.get(mentee, self.residual.outside), after.get(mentee, self.residual.outside))
            for mentee in others
            if before.get(mentee) != after.get(mentee)
        )
        return Price(new.served - old.served, new.total - old.total, moves)

    def _move(self, mentee: int, start: int, end: int) -> Move:
        scores = self.task.scores_of(mentee)
        before, after = (None if mentor == self.residual.outside else mentor for mentor in (start, end))
        return Move(mentee, before, after, scores.get(start), scores.get(end))


def _question_of(instance: Instance, solution: Solution, mentee: int) -> _Question:
    task = task_of(instance).free()
    residual = _residual_of(task, solution)
    own = task.of(mentee)
    changes, follow = task.points[own] + task.lift - residual.own[mentee], None
    try:
        added, follow = residual.ways_to(int(residual.at[mentee]))
        changes = changes + added[task.columns[own]]
    except NotOptimal:
        pass  # What is found anew is priced by what comes of it; until then the nearest are those of most points.
    by_mentor = dict(zip(task.columns[own].tolist(), changes.tolist(), strict=True))
    return _Question(instance, solution, task, residual, mentee, task.scores_of(mentee), by_mentor, follow)


def _residual_of(task: Task, solution: Solution) -> Residual:
    """Where the worst pair comes first, of the pairs alone that are no worse."""
    mentors = mentors_of(solution.pairs, task.mentees)
    if solution.aim is Aim.WORST_FIRST:
        task = task.at_least(task.points_of(mentors).min(initial=np.inf))
    return residual_of(task, mentors)


def _split(weights: Floats, task: Task) -> tuple[Floats, Floats]:
    """Changes of weight as changes of the number served and of the total; nan where there is no way."""
    weights = np.where(weights == NO_WAY, np.nan, weights)
    served = np.rint(weights / task.lift)
    return served, (weights - served * task.lift) / task.unit
