"""Made-up schools of any size, the same in every run: what the solvers are measured on."""

from __future__ import annotations

from typing import Any

import numpy as np

from pairing.matching import Candidates

SUBJECTS, HOURS = 20, 30
REMOTE = 0.15


def school(mentees: int, capacity: int) -> dict[str, Any]:
    """As many places as mentees, at mentors who take `capacity` each.

    A pupil asks for one subject and a mentor knows three of twenty. Two can be paired who have a free hour in common
    and are in the same building, or one of them meets at a distance; every fifth pupil has but one free hour and does
    not, so some are hard to find a mentor for.
    """
    rng = np.random.default_rng(mentees * 10 + capacity)
    mentors, hard = -(-mentees // capacity), np.arange(mentees) % 5 == 0
    wanted, known = rng.integers(0, SUBJECTS, mentees), _some(rng, mentors, SUBJECTS, 3)
    free = np.where(hard[:, None], _some(rng, mentees, HOURS, 1), _some(rng, mentees, HOURS, 6))
    together = free.astype(np.int64) @ _some(rng, mentors, HOURS, 5).T.astype(np.int64)
    buildings = [rng.integers(0, max(2, mentees // 25), size) for size in (mentees, mentors)]
    far = [rng.random(size) < REMOTE for size in (mentees, mentors)]
    near = (buildings[0][:, None] == buildings[1]) | (far[0] & ~hard)[:, None] | far[1]
    scores = 50 * known[:, wanted].T + 7 * np.minimum(together, 4) + rng.integers(0, 23, (mentees, mentors))
    table = np.where((together > 0) & near, scores, -1).tolist()
    return {
        "scores": [[None if score < 0 else score for score in row] for row in table],
        "capacities": [capacity] * mentors,
    }


def people(number: int) -> dict[str, Any]:
    """As the sample of mentor-match has them: a grade and three more things out of a few, coded as numbers."""
    rng = np.random.default_rng(number)

    def side(grades: tuple[int, int]) -> list[dict[str, int]]:
        drawn = zip(
            *(rng.integers(low, high, number).tolist() for low, high in (grades, (0, 6), (0, 5), (0, 7))), strict=True
        )
        return [dict(zip(("grade", "organisation", "profession", "role"), each, strict=True)) for each in drawn]

    return {"mentors": side((2, 11)), "mentees": side((0, 10))}


def city(mentees: int = 10_000, mentors: int = 3_000, each: int = 25) -> tuple[Candidates, np.ndarray]:
    """So many pairs that may be for each mentee, and mentors who take one to six."""
    rng = np.random.default_rng(1)
    columns = np.sort(_drawn(rng, mentees, mentors, each), axis=1)
    rows = np.repeat(np.arange(mentees), each)
    scores = rng.integers(0, 101, len(rows)).astype(np.float64)
    return Candidates(rows, columns.ravel(), scores, (mentees, mentors)), rng.integers(1, 7, mentors)


def _drawn(rng: np.random.Generator, rows: int, columns: int, each: int) -> np.ndarray:
    """So many different columns for each row."""
    return rng.random((rows, columns), dtype=np.float32).argpartition(each, axis=1)[:, :each]


def _some(rng: np.random.Generator, rows: int, columns: int, each: int) -> np.ndarray:
    """The same as a table of truths."""
    chosen = np.zeros((rows, columns), dtype=np.bool_)
    np.put_along_axis(chosen, _drawn(rng, rows, columns, each), values=True, axis=1)
    return chosen
