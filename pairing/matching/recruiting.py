"""Whom to recruit: what one more mentor would bring."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pairing.matching.solving import solve
from pairing.matching.task import Floats, mentors_of, task_of
from pairing.matching.values import Candidates, Gain, Instance, Solution


def gain_of_mentor(instance: Instance, solution: Solution, column: Floats, capacity: int = 1) -> Gain:
    """What a mentor with these scores (one per mentee, nan where the pair cannot be) would bring.

    The number served cannot fall by it, and with as many served what the aim says cannot either.
    """
    wider = _with_mentor(instance, column, capacity)
    found = solve(wider, solution.aim, solution.filling)
    before, after = _scores(wider, solution), _scores(wider, found)
    raised = np.flatnonzero(after > before)
    return Gain(found.served - solution.served, found.total - solution.total, tuple(raised.tolist()))


def _with_mentor(instance: Instance, column: Floats, capacity: int) -> Instance:
    """The mentor comes last."""
    return replace(
        instance, scores=_joined(instance.scores, column), capacities=np.append(instance.capacities, capacity)
    )


def _joined(scores: Floats | Candidates, column: Floats) -> Floats | Candidates:
    if not isinstance(scores, Candidates):
        return np.column_stack((scores, column))
    mentees, (rows, columns) = np.flatnonzero(~np.isnan(column)), scores.shape
    return Candidates(
        mentees=np.append(scores.mentees, mentees),
        mentors=np.append(scores.mentors, np.full(len(mentees), columns)),
        scores=np.append(scores.scores, column[mentees]),
        shape=(rows, columns + 1),
    )


def _scores(instance: Instance, solution: Solution) -> Floats:
    """What each mentee has; less than anything where there is no mentor."""
    task = task_of(instance)
    scores, mentors = np.full(task.mentees, -np.inf), mentors_of(solution.pairs, task.mentees)
    made = task.pairs_of(mentors)
    scores[task.rows[made]] = task.scores[made]
    return scores
