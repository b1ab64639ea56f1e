"""Two groups of people side by side, without supposing that they spread alike (Welch 1947)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean, stdev

from surveys.statistics.distributions import spread_of, two_sided
from surveys.statistics.paired import CONFIDENCE, UNLIKELY, Interval


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of a group: how many, their mean, their standard deviation (n - 1)."""

    size: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much the mean of one group is above that of the other; `chance` is the p of the two-sided Welch test."""

    difference: float
    interval: Interval
    chance: float

    @property
    def is_unlikely_by_chance(self) -> bool:
        return self.chance < UNLIKELY


def group_of(figures: Sequence[Decimal]) -> Group:
    """Of at least two figures."""
    exact = [Fraction(figure) for figure in figures]
    return Group(len(exact), float(mean(exact)), float(stdev(exact)))


def difference_of(one: Group, other: Group) -> Difference | None:
    """The first mean less the second; None where neither group spreads or one has fewer than two people.

    With the changes of those who take part and of those who do not this is the difference in differences.
    """
    if min(one.size, other.size) < 2 or not (one.deviation or other.deviation):
        return None
    shares = [group.deviation**2 / group.size for group in (one, other)]
    error = math.sqrt(sum(shares))
    freedom = sum(shares) ** 2 / sum(
        share**2 / (group.size - 1) for share, group in zip(shares, (one, other), strict=True)
    )
    difference = one.mean - other.mean
    reach = spread_of(CONFIDENCE, freedom) * error
    return Difference(
        difference, Interval(difference - reach, difference + reach), two_sided(difference / error, freedom)
    )
