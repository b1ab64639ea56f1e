"""The best whole: as many mentees served as can be, then what the aim says, then how groups are filled."""

from __future__ import annotations

import math

import numpy as np

from pairing.matching.assigning import heaviest, most_served
from pairing.matching.filling import filled
from pairing.matching.residual import residual_of
from pairing.matching.task import NOBODY, Floats, Indexes, Task, task_of
from pairing.matching.values import Aim, Filling, Instance, Solution


def solve(instance: Instance, aim: Aim = Aim.TOTAL, filling: Filling = Filling.ANY) -> Solution:
    """The same for the same instance, always. Raises ValueError where the instance contradicts itself."""
    whole = task_of(instance)
    task = whole.free() if aim is Aim.TOTAL else worst_lifted(whole)
    mentors = filled(task, heaviest(task), filling)
    pairs = np.where(whole.locked == NOBODY, mentors, whole.locked)
    points = whole.points_of(pairs)
    return Solution(
        pairs=tuple((int(mentee), int(pairs[mentee])) for mentee in np.flatnonzero(pairs != NOBODY)),
        served=len(points),
        total=math.fsum(points) / whole.unit,
        worst=float(points.min()) / whole.unit if len(points) else None,
        bound=bound_of(whole, task, pairs) if aim is Aim.TOTAL else None,
        blocking=blocking_pairs(whole, pairs),
        aim=aim,
        filling=filling,
    )


def worst_lifted(whole: Task) -> Task:
    """What is left to decide, without the pairs so low that as many can be served without them.

    Nothing is gained for the worst pair by lifting the others above the lowest locked one.
    """
    task = whole.free()
    served = most_served(task)
    levels = np.unique(task.points)
    levels = levels[levels <= whole.points_of(whole.locked).min(initial=np.inf)]
    kept, lost = 0, len(levels)
    while lost - kept > 1:
        middle = (kept + lost) // 2
        if most_served(task.at_least(levels[middle])) == served:
            kept = middle
        else:
            lost = middle
    return task.at_least(levels[kept]) if kept else task


def bound_of(whole: Task, task: Task, mentors: Indexes) -> float:
    """The dual bound of the total among solutions that serve as many as this one.

    Prices of places and worths of mentees, none below 0, such that no pair weighs more than its two together: then no
    solution weighs more than all worths and prices (duality of linear programmes). The prices are the heaviest ways
    that the solution leaves open; any others would make the bound looser, not wrong.
    """
    prices = residual_of(task, mentors).prices()
    weight = math.fsum(worths_of(task, prices)) + math.fsum(prices * task.places)
    settled = math.fsum(whole.points_of(whole.locked))
    served = int(((mentors != NOBODY) & (whole.locked == NOBODY)).sum())
    bound, total = weight - served * task.lift + settled, math.fsum(whole.points_of(mentors))
    return (total if abs(bound - total) <= task.slack else bound) / whole.unit


def worths_of(task: Task, prices: Floats) -> Floats:
    """The least worth of each mentee that, with the price of the mentor, is enough for each of his pairs."""
    worths = np.zeros(task.mentees)
    np.maximum.at(worths, task.rows, task.weights - prices[task.columns])
    return worths


def blocking_pairs(whole: Task, mentors: Indexes) -> int:
    """How many pairs that may be and are not made would both rather have: each side's wish is read from the score."""
    is_pair = mentors[whole.rows] == whole.columns
    own = np.full(whole.mentees, -np.inf)
    own[whole.rows[is_pair]] = whole.points[is_pair]
    lowest = np.full(whole.mentors, np.inf)
    np.minimum.at(lowest, whole.columns[is_pair], whole.points[is_pair])
    loads = np.bincount(mentors[(mentors != NOBODY) & (whole.locked == NOBODY)], minlength=whole.mentors)
    lowest[loads < whole.places] = -np.inf
    return int(((whole.points > own[whole.rows]) & (whole.points > lowest[whole.columns])).sum())
