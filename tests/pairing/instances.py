"""Instances of every kind up to a size at which all their solutions can be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from pairing.matching import Instance, Pair, Solution

NOTHING = float("inf")
"""The worst pair where there is none."""


def instance_of(
    scores: Sequence[Sequence[float | None]],
    capacities: Sequence[int],
    locked: Iterable[Pair] = (),
    banned: Iterable[Pair] = (),
) -> Instance:
    """None is a forbidden pair."""
    table = np.array(scores, dtype=np.float64).reshape(len(scores), len(capacities))
    return Instance(table, np.array(capacities, dtype=np.int64), tuple(locked), tuple(banned))


@st.composite
def instances(draw: st.DrawFn, most: int = 7) -> Instance:
    """With forbidden pairs, pairs of 0 points and below, mentors who take none to three, locked and banned pairs."""
    mentees, mentors = draw(st.integers(0, most)), draw(st.integers(0, most))
    lowest, highest = draw(st.sampled_from([(0, 2), (0, 100), (-3, 9)]))
    score = st.integers(lowest, highest)
    cell = st.one_of(st.none(), score, score)
    table = [draw(st.lists(cell, min_size=mentors, max_size=mentors)) for _mentee in range(mentees)]
    capacities = draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
    cells = [(row, column) for row in range(mentees) for column in range(mentors)]
    chosen = draw(st.lists(st.sampled_from(cells), max_size=4, unique=True)) if cells else []
    locked, left = {}, list(capacities)
    for mentee, mentor in chosen[:2]:
        if table[mentee][mentor] is not None and left[mentor] and mentee not in locked:
            locked[mentee] = mentor
            left[mentor] -= 1
    banned = [pair for pair in chosen if pair not in locked.items()]
    return instance_of(table, capacities, locked.items(), banned)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What matters of a solution."""

    served: int
    total: float
    worst: float


def outcomes(instance: Instance) -> set[Outcome]:
    """Of all solutions there are, less those that have as many served and as good a worst pair at a lower total."""
    locked = dict(instance.locked)
    found = {(tuple(instance.capacities.tolist()), 0, NOTHING): 0.0}
    for mentee, row in enumerate(table_of(instance)):
        choices = [locked[mentee]] if mentee in locked else [None, *range(len(row))]
        following: dict[tuple[tuple[int, ...], int, float], float] = {}
        for (left, served, worst), total in found.items():
            for mentor in choices:
                if mentor is None:
                    state, after = (left, served, worst), total
                elif np.isnan(row[mentor]) or not left[mentor]:
                    continue
                else:
                    fewer = (*left[:mentor], left[mentor] - 1, *left[mentor + 1 :])
                    state, after = (fewer, served + 1, min(worst, row[mentor])), total + row[mentor]
                following[state] = max(after, following.get(state, -NOTHING))
        found = following
    return {Outcome(served, total, worst) for (_left, served, worst), total in found.items()}


def best_total(instance: Instance) -> tuple[int, float]:
    return max((outcome.served, outcome.total) for outcome in outcomes(instance))


def best_worst(instance: Instance) -> tuple[int, float, float]:
    return max((outcome.served, outcome.worst, outcome.total) for outcome in outcomes(instance))


def table_of(instance: Instance) -> np.ndarray:
    """The scores with banned pairs forbidden."""
    assert isinstance(instance.scores, np.ndarray)
    table = instance.scores.copy()
    for pair in instance.banned:
        table[pair] = np.nan
    return table


def assert_keeps_the_rules(instance: Instance, solution: Solution) -> None:
    """No pair forbidden or banned, every locked one made, nobody served twice, no mentor over his places."""
    table, mentees = table_of(instance), [mentee for mentee, _mentor in solution.pairs]
    scores = [table[pair] for pair in solution.pairs]
    loads = np.bincount(np.array([mentor for _mentee, mentor in solution.pairs], dtype=int), minlength=table.shape[1])

    assert not np.isnan(scores).any()
    assert set(instance.locked) <= set(solution.pairs)
    assert mentees == sorted(set(mentees))
    assert (loads <= instance.capacities).all()
    assert (solution.served, solution.total) == (len(scores), sum(scores))
    assert solution.worst == (min(scores) if scores else None)
