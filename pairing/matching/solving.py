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
    scores, total = whole.scores[whole.pairs_of(pairs)], whole.total_of(pairs)
    return Solution(
        pairs=tuple((int(mentee), int(pairs[mentee])) for mentee in np.flatnonzero(pairs != NOBODY)),
        served=len(scores),
        total=total,
        worst=float(scores.min()) if len(scores) else None,
        bound=total + gap_of(task, pairs) / task.unit if aim is Aim.TOTAL else None,
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


def gap_of(task: Task, mentors: Indexes) -> float:
    """How many points more than this solution another that serves as many could have at most: the dual bound says.

    Prices of places and worths of mentees, none below 0, such that no pair weighs more than its two together: then no
    solution weighs more than all worths and prices (duality of linear programmes). The prices are the heaviest ways
    that the solution leaves open; any others would make the bound looser, not wrong.
    """
    prices = residual_of(task, mentors).prices()
    priced = prices > 0
    bound = [*worths_of(task, prices), *np.repeat(prices[priced], task.places[priced])]
    return math.fsum([*bound, *-(task.points_of(mentors) + task.lift)])


def worths_of(task: Task, prices: Floats) -> Floats:
    """The least worth of each mentee that, with the price of the mentor, is enough for each of his pairs."""
    worths = np.zeros(task.mentees)
    np.maximum.at(worths, task.rows, task.weights - prices[task.columns])
    return worths


def blocking_pairs(whole: Task, mentors: Indexes) -> int:
    """How many pairs that may be and are not made would both rather have: each side's wish is read from the score."""
    made = whole.pairs_of(mentors)
    own = np.full(whole.mentees, -np.inf)
    own[whole.rows[made]] = whole.scores[made]
    lowest = np.full(whole.mentors, np.inf)
    np.minimum.at(lowest, whole.columns[made], whole.scores[made])
    loads = np.bincount(mentors[(mentors != NOBODY) & (whole.locked == NOBODY)], minlength=whole.mentors)
    lowest[loads < whole.places] = -np.inf
    return int(((whole.scores > own[whole.rows]) & (whole.scores > lowest[whole.columns])).sum())
