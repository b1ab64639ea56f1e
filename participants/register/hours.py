"""Free hours of the week, each as `weekday * 100 + hour`: 116 is Monday, 16:00 to 17:00."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format

WEEKDAYS = range(1, 8)
FIRST_HOUR, LAST_HOUR = 7, 22
"""Between these an hour may begin or end on the page; the day of a school and the evening after it."""

Spans = dict[int, list[tuple[int, int]]]
"""By weekday, from which hour to which: {1: [(15, 17)]} is Monday from 15:00 to 17:00."""


def hours_of(spans: Mapping[int, Iterable[tuple[int, int]]]) -> list[int]:
    """Every free hour of the week, in order."""
    return sorted(
        {day * 100 + hour for day, rows in spans.items() for begin, end in rows for hour in range(begin, end)}
    )


def spans_of(hours: Iterable[int]) -> Spans:
    """The hours of the week gathered into unbroken spans; days without one are left out."""
    found: Spans = {}
    for moment in sorted(set(hours)):
        day, hour = divmod(moment, 100)
        spans = found.setdefault(day, [])
        if spans and spans[-1][1] == hour:
            spans[-1] = (spans[-1][0], hour + 1)
        else:
            spans.append((hour, hour + 1))
    return found


def are_hours(hours: Iterable[object]) -> bool:
    """Whether each is an hour of the week."""
    return all(isinstance(one, int) and one // 100 in WEEKDAYS and one % 100 < 24 for one in hours)


def in_words(hours: Iterable[int]) -> str:
    """[115, 116, 318] -> «пн 15–17, ср 18–19»; nothing for no hours."""
    return ", ".join(
        f"{short_weekday(day)}\u00a0{begin}–{end}" for day, spans in spans_of(hours).items() for begin, end in spans
    )


def weekday_name(day: int) -> str:
    """1 -> «понедельник»"""
    return date_format(_day(day), "l")


def short_weekday(day: int) -> str:
    """1 -> «пн»"""
    return date_format(_day(day), "D").lower()


def _day(weekday: int) -> date:
    return date(2024, 1, weekday)  # a year that began on a Monday
