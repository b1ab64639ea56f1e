"""What becomes of an activity's windows when its term is written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from roadmap.terms import Window

Days = Window | None
"""First and last day of a window, None for one that has no days yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A window an activity has: its key, its cycle's key, its days; `is_fixed` when it was done or has proofs."""

    key: int
    cycle: int
    days: Days
    is_fixed: bool


@dataclass(slots=True)
class Plan:
    """What stays, what gets other days, what goes and what comes."""

    kept: list[Standing] = field(default_factory=list)
    moved: list[tuple[Standing, Days]] = field(default_factory=list)
    dropped: list[Standing] = field(default_factory=list)
    added: list[tuple[int, Days]] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.moved or self.dropped or self.added)


def plan_windows(standing: Sequence[Standing], wanted: Sequence[tuple[int, Days]]) -> Plan:
    """How the windows that stand become the wanted ones (key of the cycle, days), cycle by cycle.

    What is done is kept as it is and counts for one of the wanted windows of its cycle: the one of the same days,
    else the earliest that is left. Of the rest the same days stay, others move in their order, so that a window
    keeps its key, its note and its reminders.
    """
    plan = Plan()
    cycles = dict.fromkeys([window.cycle for window in standing] + [cycle for cycle, _days in wanted])
    for cycle in cycles:
        here = sorted((window for window in standing if window.cycle == cycle), key=lambda window: _order(window.days))
        there = sorted((days for of, days in wanted if of == cycle), key=_order)
        _plan_cycle(plan, cycle, here, there)
    return plan


def _plan_cycle(plan: Plan, cycle: int, here: list[Standing], there: list[Days]) -> None:
    for window in list(here):
        if window.days in there:
            there.remove(window.days)
            here.remove(window)
            plan.kept.append(window)
    for window in [window for window in here if window.is_fixed]:
        here.remove(window)
        plan.kept.append(window)
        if there:
            there.pop(0)
    plan.moved += zip(here, there, strict=False)
    plan.dropped += here[len(there) :]
    plan.added += [(cycle, days) for days in there[len(here) :]]


def _order(days: Days) -> tuple[date, date]:
    return days or (date.max, date.max)
