"""Windows to a text that reads back to the same windows."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from roadmap.terms.shapes import Window

_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_OF_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def render_windows(windows: Sequence[Window]) -> str:
    """Russian: «сентябрь 2021, 2022, 2023», «с 5 по 20 октября 2023», «октябрь 2023 – май 2024».

    The same days in several years are written once, with all the years; what differs is parted by semicolons.
    `read_term` of the text gives the windows back, sorted and each once, up to its limit of some forty windows.
    """
    years: dict[str, list[int]] = {}
    for first, last in windows:
        if first.year == last.year:
            years.setdefault(_days(first, last), []).append(first.year)
        else:
            years.setdefault(_over_years(first, last), [])
    return "; ".join(_with_years(text, among) for text, among in years.items())


def _with_years(text: str, years: list[int]) -> str:
    listed = ", ".join(f"{year:04}" for year in years)
    if not text:
        return f"{listed} год" if len(years) == 1 else f"{listed} годы"
    return f"{text} {listed}".strip()


def _days(first: date, last: date) -> str:
    """A window of one year without the year; nothing when it is the whole of it."""
    if _is_whole_months(first, last):
        if (first.month, last.month) == (1, 12):
            return ""
        month = _MONTHS[first.month - 1]
        return month if first.month == last.month else f"{month} – {_MONTHS[last.month - 1]}"
    if first == last:
        return _day(first)
    if first.month == last.month:
        return f"с {first.day} по {_day(last)}"
    return f"с {_day(first)} по {_day(last)}"


def _over_years(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (9, 1, 8, 31) and last.year == first.year + 1:
        return f"{first.year:04}–{last.year:04} учебный год"
    if _is_whole_months(first, last):
        return f"{_MONTHS[first.month - 1]} {first.year:04} – {_MONTHS[last.month - 1]} {last.year:04}"
    return f"с {_day(first)} {first.year:04} по {_day(last)} {last.year:04}"


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _day(day: date) -> str:
    return f"{day.day} {_OF_MONTHS[day.month - 1]}"
