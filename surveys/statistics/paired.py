"""What changed in the same people between two measurements, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import mean, stdev

from surveys.statistics.distributions import spread_of, two_sided

CONFIDENCE = 0.95
UNLIKELY = 0.05
"""Below this a change of the kind would come about by chance in less than one case of twenty."""

Pair = tuple[Decimal, Decimal]
"""The figure before and the figure after of one person."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what the true value lies with a confidence of 95 %."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The change in `size` people measured twice; `change` is the mean of after minus before.

    `deviation` is the standard deviation of the changes (n - 1), `interval` that of the mean change by Student's t.
    `chance` is the p of the two-sided paired t test; where everybody changed by the same it is that of the sign test.
    `effect` is Hedges' g of paired data: Cohen's dz, the mean change in standard deviations of the changes, times the
    exact correction for few people (Hedges 1981); None where all changes are the same.
    """

    size: int
    before: float
    after: float
    change: float
    deviation: float
    interval: Interval
    chance: float
    effect: float | None
    fell: int
    rose: int
    stayed: int

    @property
    def is_unlikely_by_chance(self) -> bool:
        return self.chance < UNLIKELY


def paired_change(pairs: Sequence[Pair]) -> PairedChange | None:
    """What changed; None for fewer than two people, of whom nothing can be said."""
    if len(pairs) < 2:
        return None
    changes = [Fraction(after) - Fraction(before) for before, after in pairs]
    size, middle = len(changes), mean(changes)
    deviation = float(stdev(changes))
    error = deviation / math.sqrt(size)
    reach = spread_of(CONFIDENCE, size - 1) * error
    change = float(middle)
    return PairedChange(
        size=size,
        before=float(mean(Fraction(before) for before, _after in pairs)),
        after=float(mean(Fraction(after) for _before, after in pairs)),
        change=change,
        deviation=deviation,
        interval=Interval(change - reach, change + reach),
        chance=two_sided(change / error, size - 1) if error else _same_for_all(change, size),
        effect=change / deviation * few_people(size - 1) if deviation else None,
        fell=sum(one < 0 for one in changes),
        rose=sum(one > 0 for one in changes),
        stayed=sum(one == 0 for one in changes),
    )


def _same_for_all(change: float, size: int) -> float:
    """Without any spread t says nothing; that all signs are one has this chance."""
    return 2.0 ** (1 - size) if change else 1.0


def few_people(freedom: int) -> float:
    """The factor that takes the upward error of Cohen's d in small groups away (Hedges 1981, exact)."""
    if freedom < 2:
        return 0.0
    halves = math.lgamma(freedom / 2) - math.lgamma((freedom - 1) / 2)
    return math.exp(halves) / math.sqrt(freedom / 2)
