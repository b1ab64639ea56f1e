"""A city has too many pairs to weigh them all: the most promising are enough."""

from __future__ import annotations

import numpy as np

from pairing.matching.task import Floats, Truths
from pairing.matching.values import Candidates


def best_candidates(scores: Floats, each: int) -> Candidates:
    """The best pairs of every mentee and of every mentor, that many of each; `scores` is nan where a pair is forbidden."""
    liking = np.where(np.isnan(scores), -np.inf, scores)
    chosen = (_best_of_rows(liking, each) | _best_of_rows(liking.T, each).T) & ~np.isnan(scores)
    mentees, mentors = np.nonzero(chosen)
    return Candidates(mentees, mentors, scores[chosen], (scores.shape[0], scores.shape[1]))


def _best_of_rows(liking: Floats, each: int) -> Truths:
    """Of equals the first are taken."""
    chosen = np.zeros(liking.shape, dtype=np.bool_)
    best = np.argsort(-liking, axis=1, kind="stable")[:, :each]
    np.put_along_axis(chosen, best, values=True, axis=1)
    return chosen
