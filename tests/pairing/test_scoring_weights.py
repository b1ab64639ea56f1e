"""Weights and the points they give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.scoring import DEFAULT_WEIGHTS, PARTS, Part, Weights, part_meaning, part_title, weights_from_json
from pairing.scoring.weights import SHARED_PARTS


@given(st.builds(Weights, **{str(part): st.integers(0, 100) for part in PARTS}))
def test_the_most_points_of_the_parts_make_a_hundred(weights: Weights) -> None:
    points = weights.most_points()

    assert sum(points[part] for part in SHARED_PARTS) == (100 if any(map(weights.of, SHARED_PARTS)) else 0)
    assert points[Part.NOTE] == weights.note
    assert all(points[part] == 0 for part in SHARED_PARTS if not weights.of(part))


def test_the_products_own_weights_are_their_points() -> None:
    assert DEFAULT_WEIGHTS.most_points() == DEFAULT_WEIGHTS.as_json()


@pytest.mark.parametrize(
    ("stored", "request_", "hours"),
    [
        ({}, 40, 15),
        ({"request": 0, "hours": 100}, 0, 100),
        ({"request": "7", "hours": -1}, 40, 15),
        ({"request": 101, "hours": True}, 40, 15),
        ({"request": None, "another": 3}, 40, 15),
    ],
)
def test_stored_weights_that_make_no_sense_are_passed_over(stored: dict[str, Any], request_: int, hours: int) -> None:
    weights = weights_from_json(stored)

    assert (weights.request, weights.hours) == (request_, hours)
    assert weights_from_json(weights.as_json()) == weights


def test_every_part_has_a_title_and_a_sentence_of_its_own() -> None:
    assert len({part_title(part) for part in PARTS} | {part_meaning(part) for part in PARTS}) == 2 * len(PARTS)
    assert [part for part in PARTS if not part_meaning(part).endswith(".")] == []
