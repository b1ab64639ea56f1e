"""A programme that was on, moved by whole years: days, terms, and the years that its texts name."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from roadmap.blueprints.laying import term_text
from roadmap.cycles import cycle_spans, prepared_year
from roadmap.terms import Calendar, Term, Window, read_term

_PAIR_OF_YEARS = re.compile(r"\b(20\d\d)(\s*[-–—/]\s*)(20\d\d|\d\d)\b")


def years_on(period: Window, today: date) -> int:
    """By how many years the next programme lies after one of that period.

    As many as it has school years; one long over is brought to the school year that `today` lies in or prepares.
    """
    spans = cycle_spans(*period)
    return max(len(spans), prepared_year(today) - spans[0].year)


def move_window(window: Window, years: int) -> Window:
    """Whole months stay whole months, any other day stays that day of its month; 29 February becomes the 28th."""
    first, last = window
    moved = _move(last, years)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        moved = moved.replace(day=monthrange(moved.year, moved.month)[1])
    return _move(first, years), moved


def move_term(
    text: str, windows: Sequence[Window], *, period: Window, years: int, calendar: Calendar | None = None
) -> Term:
    """The term in the period moved on; `windows` are the days it had in `period`, as set by hand or as read.

    Words that name no year («В течение всего периода») stay and are understood anew; dates are written again.
    """
    new_period = move_window(period, years)
    had = tuple(sorted(set(windows)))
    anew = read_term(text, period=new_period, calendar=calendar)
    if not had:
        return replace(anew, windows=())
    if read_term(text, period=period, calendar=calendar).windows == had != anew.windows:
        return anew
    moved = tuple(move_window(window, years) for window in had)
    return replace(read_term(term_text(moved), period=new_period), windows=moved)


def move_years(text: str, *, period: Window, years: int) -> str:
    """The text with the pairs of years that lie in the period moved on: «на 2025-2026 учебный год»."""

    def moved(found: re.Match[str]) -> str:
        first, dash, last = found.groups()
        begins, ends = int(first), int(last if len(last) == 4 else first[:2] + last)
        if not period[0].year <= begins < ends <= period[1].year:
            return found[0]
        return f"{begins + years}{dash}{str(ends + years)[-len(last) :]}"

    return _PAIR_OF_YEARS.sub(moved, text)


def _move(day: date, years: int) -> date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
