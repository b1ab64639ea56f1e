"""Days and periods as the tests of terms write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from roadmap.terms import Window


def days(text: str) -> tuple[Window, ...]:
    """«2023-06..2023-08 2024-05-03» as windows: months are whole, a single day or month is its own window."""
    windows = []
    for stretch in text.split():
        first, _, last = stretch.partition("..")
        windows.append((_first_day(first), _last_day(last or first)))
    return tuple(windows)


def _first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def _last_day(text: str) -> date:
    if len(text) > 7:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, monthrange(year, month)[1])


(SCHOOL_YEAR,) = days("2023-09..2024-08")
THREE_YEARS = (date(2021, 9, 1), date(2024, 8, 31))
