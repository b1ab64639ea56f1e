"""A month of a programme as a calendar shows it: weeks from Monday on, what begins and ends on which day."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from accounts.calendar import usual_periods
from core.models import PeriodKind
from roadmap.board.filters import month_of, touches
from roadmap.board.rows import WindowRow

_ASKED = re.compile(r"(\d{1,4})-(\d{1,2})")
FIRST_MONTH = 9
"""The school year begins in September."""


class SchoolSpan(Protocol):
    """A term or a holiday of the school, both days included, as `core.models.SchoolPeriod` has it."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class Mark(StrEnum):
    """What of a window falls on a day."""

    ONLY = "only"
    STARTS = "starts"
    ENDS = "ends"


class Entry(NamedTuple):
    """A window on its first, its last or its only day."""

    mark: Mark
    row: WindowRow


class Told(NamedTuple):
    """What the school's calendar says of a day; `is_first` and `is_last` are of the term or the holiday."""

    kind: str
    number: int
    starts_on: date
    is_first: bool
    is_last: bool


@dataclass(slots=True)
class Day:
    """A day of the month.

    `through` counts the windows that go on and neither begin nor end on it, `closing` those that lasted the whole
    month and end on it; what lasts the whole month is in no other way told of a day.
    """

    on: date
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    through: int = 0
    closing: int = 0
    told: list[Told] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Nothing begins and nothing ends."""
        return not self.entries and not self.closing

    @property
    def is_holiday(self) -> bool:
        return any(told.kind == PeriodKind.HOLIDAY for told in self.told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month: weeks of seven places, None where the day belongs to a neighbour, and what lasts the whole month."""

    first: date
    last: date
    weeks: list[list[Day | None]]
    whole: list[WindowRow]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def is_busy(self) -> bool:
        return bool(self.whole) or any(day.entries or day.through for day in self.days)


def sheet_of(rows: Iterable[WindowRow], month: date, today: date, spans: Iterable[SchoolSpan]) -> Sheet:
    """The month of this day. Windows without days are on no sheet."""
    first, last = month_of(month)
    days = {first + timedelta(days=place): Day(first + timedelta(days=place), False) for place in range(last.day)}
    if today in days:
        days[today].is_today = True
    whole = []
    for row in rows:
        if row.starts_on is None or row.ends_on is None or not touches(row, first, last):
            continue
        if row.starts_on <= first and row.ends_on >= last:
            whole.append(row)
            days[last].closing += row.ends_on == last
        else:
            _enter(row, row.starts_on, row.ends_on, days)
    for span in spans:
        _tell(span, days)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Sheet(first, last, [[days.get(day) for day in week] for week in weeks], whole)


def month_asked(asked: str, first: date, last: date, today: date) -> date:
    """The first day of the month that `2026-11` names, the nearest between these days; nonsense asks for today's."""
    found = _ASKED.fullmatch(asked)
    year, month = (int(found[1]), min(max(int(found[2]), 1), 12)) if found else (today.year, today.month)
    year, month = max((year, month), (first.year, first.month))
    year, month = min((year, month), (last.year, last.month))
    return date(year, month, 1)


def bounds(rows: Iterable[WindowRow], starts_on: date, ends_on: date) -> tuple[date, date]:
    """The first and the last day of a programme and of every window of it."""
    dated = [(row.starts_on, row.ends_on) for row in rows if row.starts_on and row.ends_on]
    return min([starts_on, *(first for first, _last in dated)]), max([ends_on, *(last for _first, last in dated)])


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months that these two days span."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first, place) for place in range(count)]


def month_after(day: date, count: int) -> date:
    """The first day of the month so many after that of `day`; -1 is the month before."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, 1)


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of this day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def spans_of(own: Iterable[SchoolSpan], year: int) -> list[SchoolSpan]:
    """The terms and holidays of the school year that begins in `year`; the usual ones where the school names none."""
    return [span for span in own if school_year_of(span.starts_on) == year] or [*usual_periods(year)]


def ending_in(rows: Sequence[WindowRow], month: date) -> int:
    """How many windows have their last day in the month."""
    first, last = month_of(month)
    return sum(row.ends_on is not None and first <= row.ends_on <= last for row in rows)


def _enter(row: WindowRow, starts_on: date, ends_on: date, days: dict[date, Day]) -> None:
    if starts_on == ends_on:
        days[starts_on].entries.append(Entry(Mark.ONLY, row))
        return
    for mark, day in ((Mark.STARTS, starts_on), (Mark.ENDS, ends_on)):
        if day in days:
            days[day].entries.append(Entry(mark, row))
    for day, found in days.items():
        found.through += starts_on < day < ends_on


def _tell(span: SchoolSpan, days: dict[date, Day]) -> None:
    for day, found in days.items():
        if span.starts_on <= day <= span.ends_on:
            told = Told(span.kind, span.number, span.starts_on, day == span.starts_on, day == span.ends_on)
            found.told.append(told)
