"""The usual school year, offered for a school to mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.models import PeriodKind

YEAR_TURNS_IN = 6
"""From June on people plan the year that begins in September."""


@dataclass(frozen=True, slots=True)
class Period:
    """A term or a holiday; both days belong to it."""

    kind: PeriodKind
    number: int
    starts_on: date
    ends_on: date


def academic_year(today: date) -> int:
    """The calendar year in which the academic year of `today` begins."""
    return today.year if today.month >= YEAR_TURNS_IN else today.year - 1


def usual_periods(year: int) -> list[Period]:
    """Four terms and the four holidays after them, as the ministry recommends them, for the year that begins in `year`.

    Holidays begin on a Saturday and last nine days (autumn, spring) or to the end of the New Year's days;
    the summer holiday lasts to 31 August.
    """
    first = date(year, 9, 1)
    autumn = _saturday_by(date(year, 10, 29))
    winter = date(year, 12, 31)
    spring = _saturday_by(date(year + 1, 3, 28))
    last = date(year + 1, 5, 26)
    holidays = [
        (autumn, autumn + timedelta(days=8)),
        (winter, date(year + 1, 1, 11)),
        (spring, spring + timedelta(days=8)),
        (last + timedelta(days=1), date(year + 1, 8, 31)),
    ]
    periods: list[Period] = []
    begins = first
    for number, (starts_on, ends_on) in enumerate(holidays, start=1):
        periods.append(Period(PeriodKind.TERM, number, begins, starts_on - timedelta(days=1)))
        periods.append(Period(PeriodKind.HOLIDAY, number, starts_on, ends_on))
        begins = ends_on + timedelta(days=1)
    return periods


def _saturday_by(day: date) -> date:
    """The last Saturday not after `day`."""
    return day - timedelta(days=(day.weekday() - 5) % 7)
