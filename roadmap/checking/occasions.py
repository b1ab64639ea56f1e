"""The times of a plan's items, year by year."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from datetime import date, timedelta

from roadmap.terms import Window

ONE_YEAR = timedelta(days=550)
"""A period up to a year and a half is one year's plan."""

LONG = timedelta(days=255)
"""What lasts longer, as September to May, goes on all the year, and neither its first nor its last day says much."""

YEAR_BEGINS_IN = 9


def school_year(window: Window) -> int:
    """The calendar year in which the school year begins that a window ends in."""
    last = window[1]
    return last.year if last.month >= YEAR_BEGINS_IN else last.year - 1


def is_one_year(period: Window | None) -> bool:
    return period is None or period[1] - period[0] <= ONE_YEAR


def by_year(windows: Iterable[Window], period: Window | None) -> dict[int, Window]:
    """The first and last day in each school year; a plan of one year has one. What goes on all the year is left out."""
    spans: dict[int, Window] = {}
    for window in windows:
        if window[1] - window[0] <= LONG:
            year = 0 if is_one_year(period) else school_year(window)
            known = spans.get(year, window)
            spans[year] = (min(known[0], window[0]), max(known[1], window[1]))
    return spans


def in_year(window: Window, years_on: int) -> Window:
    """The same days so many years later; 29 February goes to the 28th."""
    return _moved(window[0], years_on), _moved(window[1], years_on)


def _moved(day: date, years_on: int) -> date:
    year = min(day.year + years_on, date.max.year)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
