"""Moving days: by whole months, by weeks, by days; what is whole months stays so, and nothing gets longer or shorter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import IntEnum

from roadmap.moving.calendar import Calendar

Days = tuple[date, date]
"""First and last day, both included."""

A_WEEK_OF_WORK = 6
"""Days; what takes no more is meant to the day, not as a stretch in which it happens at some time."""

MONTHS_TRIED, DAYS_TRIED = 12, 400
"""How far a day of school is looked for: over the longest holidays."""


class Unit(IntEnum):
    """By what days are moved; the value is the least number of days one takes."""

    DAY = 1
    WEEK = 7
    MONTH = 28


def is_whole_months(days: Days) -> bool:
    """Whether the days are one or more months from their first day to their last."""
    first, last = days
    return first.day == 1 and last.day == _length_of_month(last)


def is_short(days: Days) -> bool:
    """Whether the days are meant to the day."""
    return (days[1] - days[0]).days < A_WEEK_OF_WORK


def shifted(days: Days, unit: Unit, count: int) -> Days:
    """The days later by so many units, earlier by a negative count.

    Whole months become as many whole months; of other days the 31st becomes the last day of a shorter month.
    """
    first, last = days
    if unit is not Unit.MONTH:
        step = timedelta(days=unit.value * count)
        return first + step, last + step
    begins = _months_later(first, count)
    if is_whole_months(days):
        ends = _months_later(last.replace(day=1), count)
        return begins, ends.replace(day=_length_of_month(ends))
    return begins, begins + (last - first)


def shift_between(old: Days, new: Days) -> tuple[Unit, int]:
    """By what and by how much days were moved; where their length changed too, by so many days as their end was."""
    months = (new[0].year - old[0].year) * 12 + new[0].month - old[0].month
    if months and shifted(old, Unit.MONTH, months) == new:
        return Unit.MONTH, months
    days = (new[1] - old[1]).days
    if new[1] - new[0] == old[1] - old[0] and days % Unit.WEEK == 0:
        return Unit.WEEK, days // Unit.WEEK
    return Unit.DAY, days


def on_school_days(days: Days, calendar: Calendar, *, by_months: bool) -> Days:
    """The same days or the next ones on which people can come to the school; as they are where there are none.

    Whole months look for a month in which there is school, other days for a first day of school, and where they are
    short for a last one too.
    """
    unit, tries = (Unit.MONTH, MONTHS_TRIED) if by_months else (Unit.DAY, DAYS_TRIED)
    tried = (shifted(days, unit, count) for count in range(tries))
    return next((found for found in tried if _suits(found, calendar, by_months)), days)


def _suits(days: Days, calendar: Calendar, by_months: bool) -> bool:
    first, last = days
    if by_months:
        return calendar.has_school_day(first, last)
    return calendar.is_school_day(first) and (not is_short(days) or calendar.is_school_day(last))


def _months_later(day: date, count: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    first = date(years, month + 1, 1)
    return first.replace(day=min(day.day, _length_of_month(first)))


def _length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]
