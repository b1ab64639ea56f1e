"""Sets what was found into years: those written, else those of the plan's period."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roadmap.terms.messages import warn
from roadmap.terms.rendering import render_windows
from roadmap.terms.syntax import Item, SchoolTerms, Span
from roadmap.terms.years import SCHOOL_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.terms.shapes import Calendar, TermWarning, Window
    from roadmap.terms.syntax import Mark

MOST_YEARS = 50
"""«2021-2201» is a slip of the pen, not two centuries of windows."""

LEAP_YEAR = 2024
"""A day that this year does not have is in no year."""

WEEK = timedelta(days=6)
"""From the first to the last day of one."""

LEAP_YEARS_APART = 8
"""At most, so that 29 February has a next one."""

ONE_YEAR = timedelta(days=550)
"""A period up to a year and a half is one year's plan, in which a month without a year is meant once."""


@dataclass(slots=True)
class Setting:
    """What the term stands in, and what was noticed on the way.

    `every` tells that the term repeats each year, so a month without a year is meant in all of them.
    """

    period: Window | None = None
    calendar: Calendar | None = None
    every: bool = False
    warnings: list[TermWarning] = field(default_factory=list)

    def warn(self, code: str, quote: str, **words: str) -> None:
        self.warnings.append(warn(code, quote, **words))


def place_item(item: Item, setting: Setting) -> list[Window]:
    """The windows of one item; empty, with a warning, where there is no telling."""
    if isinstance(item.span, SchoolTerms):
        windows = _school_terms(item, item.span, setting)
    elif item.school:
        windows = _in_school_years(item, item.span, setting)
    elif item.years:
        windows = _in_years(item, item.span, setting)
    else:
        windows = _in_period(item, item.span, setting.period, setting)
    if item.guessed and windows:
        setting.warn("year_guessed", item.quote, read=render_windows(windows))
    if item.deadline:
        return _deadlines(item, windows, setting)
    return _close(item, windows, setting) if item.open_end else windows


def inside(window: Window, period: Window) -> bool:
    """Whether the window keeps within the months of the period; a plan from 5 September has all of «сентябрь»."""
    first, last = period
    return first.replace(day=1) <= window[0] and window[1] <= last.replace(day=monthrange(last.year, last.month)[1])


def belongs(window: Window, period: Window) -> bool:
    """Whether a plan may hold the window: the summers before its first September and after its last May are its own."""
    first, last = period
    opened = first.replace(month=6, day=1) if first.month == 9 else first
    closed = last.replace(month=8, day=31) if last.month == 5 else last
    return inside(window, (opened, closed))


def meets(window: Window, period: Window) -> bool:
    """Whether the two have a day in common."""
    return window[0] <= period[1] and period[0] <= window[1]


def _day(mark: Mark, year: int) -> date:
    """The mark in a year; ValueError when that year has no such day."""
    day = mark.day if mark.day > 0 else monthrange(year, mark.month)[1] + mark.day
    return date(year, mark.month, day)


def _window(span: Span, first_year: int, last_year: int) -> Window | None:
    try:
        return _day(span.first, first_year), _day(span.last, last_year)
    except ValueError:
        return None


def exists(span: Span) -> bool:
    """Whether any year has these days."""
    return _window(span, LEAP_YEAR, LEAP_YEAR + span.crosses_year) is not None


def _school_terms(item: Item, terms: SchoolTerms, setting: Setting) -> list[Window]:
    """The terms of the years written, else of every year of the plan; a year the calendar has not is flagged."""
    calendar = setting.calendar or {}
    years = _years_of_terms(item, terms, setting.period, calendar)
    known = [year for year in years if {(year, terms.first), (year, terms.last)} <= calendar.keys()]
    if not known:
        setting.warn("no_calendar", item.quote)
    elif len(known) < len(years):
        setting.warn("no_term_in_calendar", item.quote)
    found = [(calendar[year, terms.first][0], calendar[year, terms.last][1]) for year in known]
    return [_edge(window, terms.edge) for window in _checked(found, item, setting)]


def _years_of_terms(item: Item, terms: SchoolTerms, period: Window | None, calendar: Calendar) -> list[int]:
    """The years in which the school years meant begin; without a period all that the calendar has."""
    if item.school or any(first != last for first, last in item.years):
        return [year for first, last in item.years for year in range(first, max(last, first + 1))]
    of_calendar = sorted(year for year, number in calendar if number == terms.first)
    if item.years:
        written = {first for first, _ in item.years}
        return [year for year in of_calendar if calendar[year, terms.first][0].year in written]
    if period is None:
        return of_calendar
    years = range(max(period[0].year - 1, 1), min(period[1].year + 1, 9999))
    return [year for year in years if meets((date(year, 9, 1), date(year + 1, 5, 31)), period)]


def _edge(window: Window, edge: str) -> Window:
    """The first or last week of a term, or the days between."""
    first, last = window
    days = min(WEEK, last - first)
    return {"": window, "start": (first, first + days), "end": (last - days, last)}.get(
        edge, (first + days, last - days)
    )


def _in_school_years(item: Item, span: Span, setting: Setting) -> list[Window]:
    """«2024-2025 учебный год», or a month of it; one year alone is the one the school year begins in."""
    if _check_years(item, setting):
        return []
    bounds = [(first, last if last != first else first + 1) for first, last in item.years]
    years = _checked([_window(SCHOOL_YEAR, first, last) for first, last in bounds], item, setting)
    if span.unit != "school_year":
        return [window for year in years for window in _in_period(item, span, year, setting)]
    if years and any(first == last for first, last in item.years):
        setting.warn("year_guessed", item.quote, read=render_windows(years))
    return years


def _in_years(item: Item, span: Span, setting: Setting) -> list[Window]:
    years = _each_year(item, setting)
    if not years:
        return []
    if item.from_year is not None:
        # «сентябрь 2021 – май 2022, 2023»: the distance holds for each of the years.
        apart = years[0] - item.from_year
        return _checked([_window(span, year - apart, year) for year in years], item, setting)
    if span.crosses_year:
        return _over_new_year(item, span, years, setting)
    windows = _checked([_window(span, year, year) for year in years], item, setting)
    if windows and span.unit == "half_year":
        setting.warn("school_half_year", item.quote, read=render_windows(windows))
    return windows


def _each_year(item: Item, setting: Setting) -> list[int]:
    """Every year meant, «2021-2024» being all four of them."""
    if any(last < first for first, last in item.years):
        setting.warn("end_before_start", item.quote)
        return []
    endless = _check_years(item, setting)
    return [] if endless else [year for first, last in item.years for year in range(first, last + 1)]


def _check_years(item: Item, setting: Setting) -> bool:
    """Flags years that nobody plans for; whether there are too many of them to make windows of."""
    endless = any(last - first > MOST_YEARS for first, last in item.years)
    if endless or any(not 2000 <= year <= 2100 for pair in item.years for year in pair):
        setting.warn("strange_year", item.quote)
    return endless


def _over_new_year(item: Item, span: Span, years: list[int], setting: Setting) -> list[Window]:
    """«ноябрь – февраль 2024» ends in the year written, unless only beginning in it keeps within the period.

    «октябрь – май 2023-2024» names both.
    """
    if all(first < last for first, last in item.years):
        ends = {year for first, last in item.years for year in range(first + 1, last + 1)}
        return _checked([_window(span, year - 1, year) for year in sorted(ends)], item, setting)
    ending = _checked([_window(span, year - 1, year) for year in years], item, setting)
    starting = [window for year in years if (window := _window(span, year, year + 1))]
    within = [_all_inside(windows, setting.period) for windows in (ending, starting)]
    windows = starting if within == [False, True] else ending
    if windows:
        setting.warn("crosses_year", item.quote, read=render_windows(windows))
    return windows


def _all_inside(windows: list[Window], period: Window | None) -> bool:
    return period is not None and all(inside(window, period) for window in windows)


def _in_period(item: Item, span: Span, period: Window | None, setting: Setting) -> list[Window]:
    """The years of a term that has none: where it fits into the period, each year of a longer plan."""
    if not exists(span):
        setting.warn("bad_date", item.quote)
        return []
    if period is None:
        setting.warn("no_year", item.quote)
        return []
    years = range(max(period[0].year - 1, 1), min(period[1].year + LEAP_YEARS_APART + 2, 10000))
    possible = [_window(span, year, year + span.crosses_year) for year in years]
    windows = _checked([window for window in possible if window], item, setting)
    fitting = [window for window in windows if inside(window, period)]
    fitting = fitting or [window for window in windows if meets(window, period)]
    if fitting and (setting.every or len(fitting) == 1 or period[1] - period[0] > ONE_YEAR):
        return fitting
    guess = (fitting or [window for window in windows if window[0] >= period[0]])[:1]
    if guess:
        setting.warn("year_guessed", item.quote, read=render_windows(guess))
    return guess


def _checked(found: Sequence[Window | None], item: Item, setting: Setting) -> list[Window]:
    """Those that are dates in the right order; the first fault of each sort is told."""
    if None in found:
        setting.warn("bad_date", item.quote)
    if any(window and window[1] < window[0] for window in found):
        setting.warn("end_before_start", item.quote)
    return [window for window in found if window and window[0] <= window[1]]


def _deadlines(item: Item, windows: list[Window], setting: Setting) -> list[Window]:
    """The one day of each: the last, for «до начала …» the first."""
    days = [(first, first) if item.unit == "start" else (last, last) for first, last in windows]
    if days and item.unit in {"month", "year", "school_year"}:
        setting.warn("unclear_deadline", item.quote, read=render_windows(days))
    return days


def _close(item: Item, windows: list[Window], setting: Setting) -> list[Window]:
    """«с октября 2023»: up to the end of the period."""
    if setting.period and len(windows) == 1 and windows[0][1] <= setting.period[1]:
        return [(windows[0][0], setting.period[1])]
    if windows:
        setting.warn("open_end", item.quote)
    return windows
