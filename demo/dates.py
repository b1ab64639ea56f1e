"""Documents of the demo are written around today, so that each school is at its own point of the year on any day."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "Январь",
    "Февраль",
    "Март",
    "Апрель",
    "Май",
    "Июнь",
    "Июль",
    "Август",
    "Сентябрь",
    "Октябрь",
    "Ноябрь",
    "Декабрь",
)
SEPTEMBER = 9


def written_for(text: str, today: date) -> str:
    """The document with its places filled in.

    `{m-1}` is the month before this one with its year, `{m-3:m0}` a range of months, `{d-4.29}` the 29th of
    the fourth month back, `{y1}` the year in which this academic year began (`{y0}` the one before).
    """
    return re.sub(r"\{([^{}]+)\}", lambda place: _written(place[1], today), text)


def _written(place: str, today: date) -> str:
    if place[0] == "y":
        begun = today.year - (today.month < SEPTEMBER)
        return str(begun - 1 + int(place[1:]))
    if place[0] == "d":
        months, day = place[1:].split(".")
        year, month = _month(today, int(months))
        return f"{int(day):02d}.{month:02d}.{year}"
    first, _, last = place.partition(":")
    return _range(_month(today, int(first[1:])), _month(today, int(last[1:]))) if last else _one(today, int(first[1:]))


def _month(today: date, months: int) -> tuple[int, int]:
    """(year, month) so many months from today."""
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def _one(today: date, months: int) -> str:
    year, month = _month(today, months)
    return f"{MONTHS[month - 1]} {year}"


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    year = f" {first[0]}" if first[0] != last[0] else ""
    return f"{MONTHS[first[1] - 1]}{year} – {MONTHS[last[1] - 1].lower()} {last[0]}"
