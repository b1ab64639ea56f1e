"""On which days a school is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

SUNDAY = 6
YEAR_BEGINS_IN = 9


@dataclass(frozen=True, slots=True)
class Period:
    """A term of the school, or a holiday; both days belong to it."""

    is_term: bool
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Calendar:
    """The school's own terms and holidays; `usual` gives those of a school year the school says nothing of."""

    periods: tuple[Period, ...]
    usual: Callable[[int], Iterable[Period]]
    _years: dict[int, tuple[Period, ...]] = field(default_factory=dict, compare=False, repr=False)

    def is_school_day(self, day: date) -> bool:
        """Whether the school is at work: no Sunday, no holiday, and within a term where the year has any."""
        periods = self._of(day.year if day.month >= YEAR_BEGINS_IN else day.year - 1)
        terms = [period for period in periods if period.is_term]
        return (
            day.weekday() != SUNDAY
            and not any(period.holds(day) for period in periods if not period.is_term)
            and (not terms or any(term.holds(day) for term in terms))
        )

    def has_school_day(self, first: date, last: date) -> bool:
        """Whether the school is at work on any of these days."""
        return any(self.is_school_day(first + timedelta(days)) for days in range((last - first).days + 1))

    def _of(self, year: int) -> tuple[Period, ...]:
        """What is known of the school year that begins in `year`."""
        if year not in self._years:
            first, last = date(year, YEAR_BEGINS_IN, 1), date(year + 1, YEAR_BEGINS_IN, 1)
            own = tuple(period for period in self.periods if first <= period.starts_on < last)
            self._years[year] = own or tuple(self.usual(year))
        return self._years[year]
