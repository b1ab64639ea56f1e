"""What follows from new days of one activity.

A row waits for another where its step stands on the other's, in the same year of the programme, and the plan as it
was had them in that order. It comes too early once it ends before what it waits for has ended, or, where it could
happen meanwhile as well, before that has begun; a row of a few days that came after it comes too early once it no
longer does. It is then moved on by the unit of the first move (months, weeks or days), as far as it needs and no
farther, and what waits for it is looked at in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.moving.calendar import Calendar
from roadmap.moving.shifting import Days, Unit, is_short, is_whole_months, on_school_days, shift_between, shifted
from roadmap.moving.steps import PEOPLE_MEET, Step, basis_of

_RANK = {step: rank for rank, step in enumerate(Step)}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One time an activity is to happen; `cycle` is the year of the programme it belongs to."""

    key: int
    cycle: int
    step: Step | None
    days: Days | None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Follower:
    """A row that waits for what was moved, and the days it could go to.

    `because` is the row it waits for. It comes `too_early` where it stands, or could merely be moved along.
    """

    key: int
    days: Days
    because: int
    is_too_early: bool
    is_after_end: bool
    """The new days lie beyond the last day of the programme's year."""


@dataclass(frozen=True, slots=True)
class Following:
    """Who would be moved, in the order of the work; how many more wait for it and are in time all the same.

    `ahead_of` are the rows that the moved one stands on and now comes before.
    """

    followers: tuple[Follower, ...] = ()
    in_time: int = 0
    ahead_of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the proposals keep to: the school's calendar, the first day that is not over, the last of the programme's year."""

    calendar: Calendar
    not_before: date
    ends_on: date


def what_follows(rows: Iterable[PlanRow], key: int, days: Days, frame: Frame) -> Following:
    """What follows when the row `key` gets these days. Rows that are done or have no days never move."""
    plan = {row.key: row for row in rows}
    moved = plan[key]
    if moved.step is None:
        return Following()
    waiting = [
        row for row in _in_order_of_work(plan.values()) if moved.step in _basis(row) and row.cycle == moved.cycle
    ]
    if moved.days and days[1] < moved.days[1] and days[0] <= moved.days[0]:
        return Following(tuple(_pulled(waiting, plan, moved, days, frame)), ahead_of=_ahead_of(plan, moved, days))
    followers = tuple(_pushed(waiting, plan, moved, days, frame))
    return Following(followers, len(waiting) - len(followers), _ahead_of(plan, moved, days))


def _in_order_of_work(rows: Iterable[PlanRow]) -> list[PlanRow]:
    movable = [row for row in rows if row.step and row.days and not row.is_done]
    return sorted(movable, key=lambda row: (_RANK[row.step] if row.step else 0, row.days or (), row.key))


def _basis(row: PlanRow) -> Mapping[Step, bool]:
    return basis_of(row.step) if row.step else {}


# ---------------------------------------------------------------- later


def _pushed(
    waiting: Sequence[PlanRow], plan: Mapping[int, PlanRow], moved: PlanRow, days: Days, frame: Frame
) -> Iterator[Follower]:
    unit = shift_between(moved.days, days)[0] if moved.days else Unit.DAY
    now = {moved.key: days}
    for row in waiting:
        bonds = [bond for key, new in now.items() if (bond := _bond(row, plan[key], new))]
        broken = [bond for bond in bonds if bond.is_broken_by(row.days)]
        if broken:
            found = _far_enough(row, bonds, unit, frame.calendar)
            now[row.key] = found
            yield Follower(row.key, found, max(broken).key, is_too_early=True, is_after_end=found[1] > frame.ends_on)


def _far_enough(row: PlanRow, bonds: Sequence[Bond], unit: Unit, calendar: Calendar) -> Days:
    assert row.days
    unit = Unit.MONTH if is_whole_months(row.days) else unit
    farthest = max(bond.limit for bond in bonds)
    longest = 31 if unit is Unit.MONTH else unit.value
    count = max(1, (farthest - row.days[1]).days // longest)
    found = shifted(row.days, unit, count)
    while not all(bond.lets(found) for bond in bonds):
        count += 1
        found = shifted(row.days, unit, count)
    return _at_school(row, found, calendar)


def _at_school(row: PlanRow, days: Days, calendar: Calendar) -> Days:
    """Where people meet for it, days on which they can."""
    by_months = row.days is not None and is_whole_months(row.days)
    return on_school_days(days, calendar, by_months=by_months) if row.step in PEOPLE_MEET else days


# ---------------------------------------------------------------- earlier


def _pulled(
    waiting: Sequence[PlanRow], plan: Mapping[int, PlanRow], moved: PlanRow, days: Days, frame: Frame
) -> Iterator[Follower]:
    """Those that could come earlier by the same shift; each only where all it waits for lets it."""
    assert moved.days
    unit, count = shift_between(moved.days, days)
    now = {row.key: row.days for row in plan.values() if row.days} | {moved.key: days}
    for row in waiting:
        assert row.days
        if is_whole_months(row.days) and unit is not Unit.MONTH:
            continue
        found = _at_school(row, shifted(row.days, unit, count), frame.calendar)
        bonds = [bond for key, new in now.items() if (bond := _bond(row, plan[key], new))]
        drawn = [bond for bond in bonds if now[bond.key] != plan[bond.key].days]
        is_earlier = frame.not_before <= found[0] < row.days[0]
        if drawn and is_earlier and all(bond.lets(found) for bond in bonds):
            now[row.key] = found
            yield Follower(row.key, found, max(drawn).key, is_too_early=False, is_after_end=False)


def _ahead_of(plan: Mapping[int, PlanRow], moved: PlanRow, days: Days) -> tuple[int, ...]:
    """What the moved row stands on and would now be over before."""
    below = [row for row in plan.values() if row.step in _basis(moved) and row.cycle == moved.cycle and not row.is_done]
    kept = [row for row in below if row.days and not (moved.days and moved.days[1] < row.days[0])]
    return tuple(row.key for row in kept if row.days and days[1] < row.days[0])


# ---------------------------------------------------------------- who waits for whom


@dataclass(frozen=True, slots=True, order=True)
class Bond:
    """What keeps a row after another: it may not end before `limit`, nor begin by `clear_of` where there is one."""

    limit: date
    rank: int
    key: int
    clear_of: date

    def lets(self, days: Days) -> bool:
        return days[1] >= self.limit and days[0] > self.clear_of

    def is_broken_by(self, days: Days | None) -> bool:
        """Whether these days are too early; of a longer stretch a part may still be in time."""
        return days is not None and (days[1] < self.limit or (is_short(days) and not self.lets(days)))


def _bond(row: PlanRow, cause: PlanRow, new: Days) -> Bond | None:
    """What keeps `row` after `cause` with its new days; None where it never waited for it.

    Rows that followed one another without touching do so again, unless a whole month waits for some days in it.
    """
    to_its_end = _basis(row).get(cause.step) if cause.step else None
    if to_its_end is None or row.cycle != cause.cycle or row.days is None:
        return None
    rank, old = _RANK[cause.step] if cause.step else 0, cause.days
    if old is None:
        return Bond(new[0], rank, cause.key, new[1] if is_short(row.days) else date.min)
    if not to_its_end or row.days[1] < old[1]:
        return Bond(new[0], rank, cause.key, date.min) if row.days[1] >= old[0] else None
    touches = row.days[0] <= old[1] or (is_whole_months(row.days) and not is_whole_months(new))
    return Bond(new[1], rank, cause.key, date.min if touches else new[1])
