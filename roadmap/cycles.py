"""Academic years of a programme, and the year each window belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.terms import Window

FIRST_MONTH = 9
PREPARED_FROM = 6
"""From June on people plan the year that begins in September."""


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """One academic year; `year` is the calendar year in which it begins. Both days belong to it."""

    year: int
    starts_on: date
    ends_on: date


def cycle_spans(starts_on: date, ends_on: date) -> tuple[CycleSpan, ...]:
    """The academic years of a programme, which together cover its period.

    An academic year (учебный год, 1 September to 31 August) counts where the programme runs in its October
    to December; a programme that sees no such months has the one year that its first day belongs to or
    prepares. Summer months at the edges fall to the nearest year: June 2023 to June 2024 is one year, and
    so is August 2024 to August 2025.
    """
    years = [
        year
        for year in range(starts_on.year, ends_on.year + 1)
        if starts_on <= date(year, 12, 31) and ends_on >= date(year, 10, 1)
    ] or [prepared_year(starts_on)]
    firsts = [starts_on, *(date(year, FIRST_MONTH, 1) for year in years[1:])]
    lasts = [*(date(year + 1, 8, 31) for year in years[:-1]), ends_on]
    return tuple(CycleSpan(*span) for span in zip(years, firsts, lasts, strict=True))


def prepared_year(day: date) -> int:
    """The calendar year in which the academic year begins that `day` lies in or, from June on, prepares."""
    return day.year - (day.month < PREPARED_FROM)


def windows_by_cycle(windows: Sequence[Window], spans: Sequence[CycleSpan]) -> list[tuple[int, Window | None]]:
    """Each window with the place of its cycle in `spans`; one undated window (None) a cycle where there are none.

    As many windows as cycles: the k-th belongs to the k-th. Else by the first day, days outside every year
    falling to the first or the last.
    """
    if not windows:
        return [(place, None) for place in range(len(spans))]
    if len(windows) == len(spans):
        return list(enumerate(windows))
    first = spans[0].year
    return [(min(max(_academic_year(window[0]) - first, 0), len(spans) - 1), window) for window in windows]


def _academic_year(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1
