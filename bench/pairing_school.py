"""A school of 200 by 200: score table, pairs and the price of every proposed pair, beside the bare solves they need."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.figures import Figure, middle
from bench.pairing_texts import OFFERS, REQUESTS, hours, interests, words
from pairing.matching import Instance, Solution, prices_of, solve
from pairing.rules import Party
from pairing.scoring import MenteeProfile, MentorProfile, score_table

GOAL = 2.0
SIZE = 200


def figures(blocks: int) -> list[Figure]:
    """Each price is what it costs that the pair is not made: a solve of its own for whoever has scipy alone."""
    mentees, mentors = profiles()
    pairs, ratios, alone = _pairs_and_prices(mentees, mentors), [], []
    scores = score_table(mentees, mentors).scores()
    _check(scores, *pairs)
    for _block in range(blocks):
        mine = _seconds(lambda: _pairs_and_prices(mentees, mentors))
        alone.append(_seconds(lambda: _bare(scores, pairs[0])))
        ratios.append(mine / alone[-1])
    beside = f"{len(pairs[0].pairs) + 1} solves by scipy {min(alone) * 1000:.0f} ms"
    return [middle(f"scores, pairs, prices of {SIZE} x {SIZE}", ratios, "x", goal=GOAL, baseline=beside)]


def profiles() -> tuple[list[MenteeProfile], list[MentorProfile]]:
    draw = random.Random(7)  # noqa: S311  nothing is kept secret by it
    mentees = [
        MenteeProfile(
            **_common(draw, number, is_mentor=False),
            request=words(draw, REQUESTS),
            wanted_help=words(draw, REQUESTS, 1),
        )
        for number in range(SIZE)
    ]
    mentors = [
        MentorProfile(
            **_common(draw, number, is_mentor=True),
            competences=words(draw, OFFERS),
            achievements=words(draw, OFFERS, 1),
        )
        for number in range(SIZE, 2 * SIZE)
    ]
    return mentees, mentors


def _common(draw: random.Random, number: int, *, is_mentor: bool) -> dict[str, Any]:
    party = Party(
        person=number,
        name=f"Заречнов Г. {number}",
        cycle=1,
        form=1,
        is_mentor=is_mentor,
        is_enrolled=True,
        is_paused=False,
        is_refused=False,
        has_processing_consent=True,
        has_labour_consent=True,
        is_filled=True,
        places=1,
        proposed=0,
        standing=0,
    )
    return {
        "key": number,
        "party": party,
        "first_name": "Гордей",
        "age": draw.randint(30, 60) if is_mentor else draw.randint(11, 17),
        "areas": {area: f"область {area}" for area in draw.sample(range(15), 2)},
        "interests": interests(draw),
        "hours": frozenset(hours(draw)),
    }


def _pairs_and_prices(mentees: list[MenteeProfile], mentors: list[MentorProfile]) -> tuple[Solution, Any]:
    scores = score_table(mentees, mentors).scores()
    instance = Instance(scores, np.ones(len(mentors), dtype=np.int64))
    solution = solve(instance)
    return solution, prices_of(instance, solution)


def _bare(scores: Any, solution: Solution) -> list[float]:
    """The weight of the best whole, then of the best without each pair."""
    weights = np.where(np.isnan(scores), 0, scores + _lift(scores))
    found = [_weight(weights)]
    for pair in solution.pairs:
        kept, weights[pair] = weights[pair], 0
        found.append(_weight(weights))
        weights[pair] = kept
    return found


def _check(scores: Any, solution: Solution, prices: Any) -> None:
    """Both say the same."""
    best, *without = _bare(scores, solution)
    changes = prices.without_served * _lift(scores) + prices.without_total
    assert best == solution.served * _lift(scores) + solution.total
    assert (changes == np.array(without) - best).all()


def _weight(weights: Any) -> float:
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return float(weights[rows, columns].sum())


def _lift(scores: Any) -> float:
    return 4.0 * (len(scores) + 2) * 100


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
