"""The weeks of a pair, and the one definition of a pair that has fallen silent. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKS = 10
SILENT_DAYS = 21
"""Pairs meet once in one or two weeks; after three weeks one meeting at least has been missed, even with a week of
holidays between. The same number stands wherever silent pairs are counted or named."""


class Mark(StrEnum):
    """What a week was; the value is its class on the page."""

    BEFORE = "b"
    MET = "m"
    NOT_MET = ""
    SILENT = "x"


@dataclass(frozen=True, slots=True)
class Week:
    """One week, by its Monday."""

    monday: date
    mark: Mark


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_monday(today: date) -> date:
    """The Monday with which the strip begins."""
    return monday_of(today) - timedelta(weeks=WEEKS - 1)


def strip_of(starts_on: date, met: Iterable[date], today: date, *, is_over: bool = False) -> tuple[Week, ...]:
    """The last ten weeks, the oldest first, this one included.

    `met` are the days of meetings, those before the strip do no harm. The weeks since the last meeting are marked
    where the pair is silent, which one whose work `is_over` is not.
    """
    days = [day for day in met if day <= today]
    last = max(days, default=None)
    quiet_from = monday_of(last or starts_on) if not is_over and is_silent(starts_on, last, today) else None
    mondays = {monday_of(day) for day in days}
    begin = first_monday(today)
    return tuple(
        Week(monday, _mark(monday, monday_of(starts_on), mondays, quiet_from))
        for monday in (begin + timedelta(weeks=place) for place in range(WEEKS))
    )


def is_silent(starts_on: date, last_met: date | None, today: date) -> bool:
    """No meeting for 21 days, counted from the last one, and from the first day where there was none yet."""
    return quiet_days(starts_on, last_met, today) >= SILENT_DAYS


def quiet_days(starts_on: date, last_met: date | None, today: date) -> int:
    """Days since the last meeting, or since the first day."""
    return (today - (last_met or starts_on)).days


def silent_since(today: date) -> date:
    """The last day on which a pair that is silent today has met or begun."""
    return today - timedelta(days=SILENT_DAYS)


def _mark(monday: date, first: date, met: set[date], quiet_from: date | None) -> Mark:
    if monday in met:
        return Mark.MET
    if monday < first:
        return Mark.BEFORE
    return Mark.SILENT if quiet_from is not None and monday >= quiet_from else Mark.NOT_MET
