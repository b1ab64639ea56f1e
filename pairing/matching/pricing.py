"""What it costs to have a pair otherwise than in the solution, all others being placed anew as well as can be.

Where the worst pair comes first, the others do not fall below it, unless otherwise fewer would be served.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    nearest = sorted((-question.change(mentor), mentor) for mentor in question.points if mentor != question.present)
    found = ((mentor, question.price(mentor)) for _loss, mentor in nearest[:count])
    return tuple(
        Alternative(mentor, question.points[mentor] / question.task.unit, price) for mentor, price in found if price
    )


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
    points: dict[int, float]
    """Of the pairs that may be made."""
    ways: tuple[Floats, Indexes] | None
    """From each mentor to the present one; None where the solution is not the best, so that all is to be found anew."""

    @property
    def present(self) -> int:
        return int(self.residual.at[self.mentee])

    def change(self, mentor: int) -> float:
        """Of the weight of the whole, as far as it can be told without finding all anew."""
        added = float(self.ways[0][mentor]) if self.ways else 0.0
        return self.points[mentor] + self.task.lift - float(self.residual.own[self.mentee]) + added

    def price(self, mentor: int) -> Price | None:
        if mentor not in self.points or not self.task.places[mentor]:
            return None
        if self.ways is None:
            return self._found_anew(mentor)
        served, total = _split(np.array(self.change(mentor)), self.task)
        if self.solution.aim is Aim.WORST_FIRST and served < 0:
            return self._found_anew(mentor)
        return Price(int(served), float(total), tuple(self._moves(mentor, self.ways[1])))

    def _moves(self, mentor: int, follow: Indexes) -> Iterator[Move]:
        for mentee, start, end in self.residual.movers(mentor, self.present, follow):
            yield self._move(mentee, start, end)

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
        scores = {mentor: points / self.task.unit for mentor, points in self.task.points_by_mentor(mentee).items()}
        before, after = (None if mentor == self.residual.outside else mentor for mentor in (start, end))
        return Move(mentee, before, after, scores.get(start), scores.get(end))


def _question_of(instance: Instance, solution: Solution, mentee: int) -> _Question:
    task = task_of(instance).free()
    residual = _residual_of(task, solution)
    try:
        ways = residual.ways_to(int(residual.at[mentee]))
    except NotOptimal:
        ways = None
    return _Question(instance, solution, task, residual, mentee, task.points_by_mentor(mentee), ways)


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
