"""The two aims beside each other, in figures and a few words, and what solving again would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairing.matching import Aim, Solution
from pairing.scenes.figures import Figures
from pairing.scenes.prices import cost_in_words

LEAST_SHARE = 0.1
"""Per cent of the total; what is less is said in points."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one aim makes of the scenario: the one chosen with the pairs as they stand, the other as it would be."""

    aim: str
    title: str
    is_chosen: bool
    total: int
    worst: int | None
    of_total: str
    of_worst: str


def plans_of(aim: str, now: Figures, solved: Mapping[Aim, Solution], has_locks: bool) -> tuple[Plan, ...]:
    titles = {Aim.TOTAL: _("The best total"), Aim.WORST_FIRST: _("The weakest pair first")}
    found = []
    for one, title in titles.items():
        if one == aim:
            found.append(Plan(one, title, True, now.total, now.worst, _of_total(now, has_locks), _("the weakest pair")))
        else:
            other = solved[one]
            worst = None if other.worst is None else round(other.worst)
            total = round(other.total)
            found.append(Plan(one, title, False, total, worst, _beside(now, other), _lift(now.worst, worst)))
    return tuple(found)


def better_in_words(current: Solution, best: Solution) -> str:
    """«Пересчёт даст: на 1 пару больше, сумма +86.»"""
    served, total = best.served - current.served, round(best.total - current.total)
    if served == 0 and total == 0:
        return _("Solving again would lift the weakest pair.")
    return _("Solving again gives: %(change)s.") % {"change": cost_in_words(served, total)}


def _of_total(now: Figures, has_locks: bool) -> str:
    if now.bound is None or round(now.bound) != now.total:
        return _("total of the scores")
    if has_locks:
        return _("total, and no higher one is possible with the locked pairs")
    return _("total, and no higher one is possible")


def _beside(now: Figures, other: Solution) -> str:
    """«сумма, на 0,9 % меньше»"""
    served, change = other.served - now.served, round(other.total) - now.total
    if served or not now.total:
        return cost_in_words(served, change)
    if not change:
        return _("total, the same")
    share = abs(100 * change / now.total)
    if share < LEAST_SHARE:
        return cost_in_words(0, change)
    words = _("total, %(share)s%% less") if change < 0 else _("total, %(share)s%% more")
    return words % {"share": number_format(round(share, 1), decimal_pos=1)}


def _lift(now: int | None, other: int | None) -> str:
    lift = (other or 0) - (now or 0)
    if not lift:
        return _("the weakest pair, no other")
    words = (
        ngettext("the weakest pair, %(n)s point better", "the weakest pair, %(n)s points better", lift)
        if lift > 0
        else ngettext("the weakest pair, %(n)s point worse", "the weakest pair, %(n)s points worse", -lift)
    )
    return words % {"n": abs(lift)}
