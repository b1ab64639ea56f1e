"""The best pairs there are. numpy and scipy take 80 MB and half a second to load, so they come with the first question."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pairing.matching.values import (
    Aim,
    Alternative,
    Candidates,
    Filling,
    Gain,
    Instance,
    Move,
    NotOptimal,
    Pair,
    Price,
    Prices,
    Solution,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Aim",
    "Alternative",
    "Candidates",
    "Filling",
    "Gain",
    "Instance",
    "Move",
    "NotOptimal",
    "Pair",
    "Price",
    "Prices",
    "Solution",
    "alternatives_of",
    "best_candidates",
    "gain_of_mentor",
    "price_of",
    "prices_of",
    "solve",
]


def solve(instance: Instance, aim: Aim = Aim.TOTAL, filling: Filling = Filling.ANY) -> Solution:
    """The best pairs; the same for the same instance, always. Raises ValueError where the instance contradicts itself."""
    found: Solution = import_module("pairing.matching.solving").solve(instance, aim, filling)
    return found


def price_of(instance: Instance, solution: Solution, mentee: int, mentor: int) -> Price | None:
    """What it costs that this pair is made, the others being placed anew as well as can be; None where it cannot be."""
    found: Price | None = import_module("pairing.matching.pricing").price_of(instance, solution, mentee, mentor)
    return found


def alternatives_of(instance: Instance, solution: Solution, mentee: int, count: int = 3) -> tuple[Alternative, ...]:
    """The other mentors whom it costs least to give this mentee, best first; none for one who is locked."""
    pricing = import_module("pairing.matching.pricing")
    found: tuple[Alternative, ...] = pricing.alternatives_of(instance, solution, mentee, count)
    return found


def prices_of(instance: Instance, solution: Solution) -> Prices:
    """The price of every pair that may be, and of every one proposed. Raises NotOptimal where the solution is not best."""
    found: Prices = import_module("pairing.matching.pricing").prices_of(instance, solution)
    return found


def gain_of_mentor(instance: Instance, solution: Solution, column: NDArray[np.float64], capacity: int = 1) -> Gain:
    """What one more mentor with these scores (one per mentee, nan where the pair cannot be) would bring."""
    found: Gain = import_module("pairing.matching.recruiting").gain_of_mentor(instance, solution, column, capacity)
    return found


def best_candidates(scores: NDArray[np.float64], each: int) -> Candidates:
    """The best pairs of every mentee and of every mentor, that many of each, where all would be too many."""
    found: Candidates = import_module("pairing.matching.thinning").best_candidates(scores, each)
    return found
