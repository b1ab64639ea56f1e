"""The month grid of a programme; plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from core.models import PeriodKind
from roadmap.board.calendar import (
    Mark,
    bounds,
    ending_in,
    month_after,
    month_asked,
    months_between,
    school_year_of,
    sheet_of,
)
from roadmap.board.rows import Standing, WindowRow

TODAY = date(2026, 11, 22)
EMPTY = WindowRow(
    1, 1, 9, 2026, 1, "1", "", "Дело", "", "", None, None, None, "", "дело", "дело", "", "planned", Standing.UNDATED
)


@dataclass(frozen=True)
class Span:
    kind: str
    number: int
    starts_on: date
    ends_on: date


def row(first: date, last: date) -> WindowRow:
    return EMPTY._replace(starts_on=first, ends_on=last, standing=Standing.COMING)


@pytest.mark.parametrize(
    ("month", "weeks", "before", "after"),
    [
        (date(2026, 11, 1), 6, 6, 6),  # begins on a Sunday: six weeks
        (date(2027, 2, 1), 4, 0, 0),  # begins on a Monday: four weeks
        (date(2028, 2, 1), 5, 1, 5),  # 29 days
        (date(2026, 12, 1), 5, 1, 3),
        (date(2027, 1, 1), 5, 4, 0),
        (date(2027, 5, 1), 6, 5, 6),
    ],
)
def test_weeks_begin_on_monday_and_days_of_neighbours_are_left_out(
    month: date, weeks: int, before: int, after: int
) -> None:
    sheet = sheet_of([], month, TODAY, [])

    assert len(sheet.weeks) == weeks
    assert {len(week) for week in sheet.weeks} == {7}
    assert [sum(day is None for day in week) for week in (sheet.weeks[0], sheet.weeks[-1])] == [before, after]
    assert [day.on.day for day in sheet.days] == list(range(1, sheet.last.day + 1))
    assert all(day is None or day.on.weekday() == place for week in sheet.weeks for place, day in enumerate(week))


def test_a_leap_day_is_a_day() -> None:
    sheet = sheet_of([row(date(2028, 2, 29), date(2028, 2, 29))], date(2028, 2, 10), date(2028, 2, 29), [])

    last = sheet.days[-1]
    assert (last.on, last.is_today, [entry.mark for entry in last.entries]) == (date(2028, 2, 29), True, [Mark.ONLY])


def test_a_window_begins_goes_on_and_ends() -> None:
    sheet = sheet_of([row(date(2026, 11, 10), date(2026, 11, 13))], TODAY, TODAY, [])

    marks = {day.on.day: ([entry.mark for entry in day.entries], day.through) for day in sheet.days}
    assert marks[9] == ([], 0)
    assert marks[10] == ([Mark.STARTS], 0)
    assert (marks[11], marks[12]) == (([], 1), ([], 1))
    assert marks[13] == ([Mark.ENDS], 0)
    assert marks[14] == ([], 0)


def test_a_window_over_the_turn_of_the_year_ends_in_january_and_begins_in_december() -> None:
    found = [row(date(2026, 12, 20), date(2027, 1, 15))]

    december, january = (sheet_of(found, month, TODAY, []) for month in (date(2026, 12, 1), date(2027, 1, 1)))

    assert [(day.on.day, day.entries[0].mark) for day in december.days if day.entries] == [(20, Mark.STARTS)]
    assert [(day.on.day, day.entries[0].mark) for day in january.days if day.entries] == [(15, Mark.ENDS)]
    assert [sum(day.through for day in sheet.days) for sheet in (december, january)] == [11, 14]


def test_what_lasts_the_whole_month_is_said_once_and_marks_no_day() -> None:
    found = [row(date(2026, 9, 1), date(2027, 5, 31)), row(date(2026, 11, 1), date(2026, 11, 30))]

    sheet = sheet_of(found, TODAY, TODAY, [])

    assert sheet.whole == found
    assert not any(day.entries or day.through for day in sheet.days)
    assert [(day.on.day, day.closing) for day in sheet.days if not day.is_free] == [(30, 1)]


def test_windows_without_days_and_of_other_months_are_on_no_sheet() -> None:
    sheet = sheet_of([EMPTY, row(date(2026, 10, 1), date(2026, 10, 31))], TODAY, TODAY, [])

    assert (sheet.whole, [day for day in sheet.days if day.entries or day.through]) == ([], [])


def test_terms_and_holidays_are_told_day_by_day() -> None:
    spans = [
        Span(PeriodKind.HOLIDAY, 1, date(2026, 10, 24), date(2026, 11, 1)),
        Span(PeriodKind.TERM, 2, date(2026, 11, 2), date(2026, 12, 30)),
    ]

    first, second, third, *_rest = sheet_of([], TODAY, TODAY, spans).days

    assert [day.is_holiday for day in (first, second, third)] == [True, False, False]
    assert [(told.kind, told.is_first, told.is_last) for told in (*first.told, *second.told, *third.told)] == [
        (PeriodKind.HOLIDAY, False, True),
        (PeriodKind.TERM, True, False),
        (PeriodKind.TERM, False, False),
    ]


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026-1", date(2026, 9, 1)),  # before the programme
        ("0000-00", date(2026, 9, 1)),
        ("2027-13", date(2027, 5, 1)),  # no such month: December, which is after the programme
        ("9999-99", date(2027, 5, 1)),
        ("2026-00", date(2026, 9, 1)),
        ("", date(2026, 11, 1)),
        ("november", date(2026, 11, 1)),
        ("2026-11-05", date(2026, 11, 1)),
        ("٢٠٢٦-١٠", date(2026, 10, 1)),
    ],
)
def test_a_month_asked_for_is_the_nearest_there_is(asked: str, month: date) -> None:
    assert month_asked(asked, date(2026, 9, 1), date(2027, 5, 31), TODAY) == month


def test_today_outside_of_the_programme_shows_its_nearest_month() -> None:
    assert month_asked("", date(2030, 9, 1), date(2031, 5, 31), TODAY) == date(2030, 9, 1)


def test_months_go_on_over_the_years() -> None:
    months = months_between(date(2026, 11, 30), date(2027, 2, 1))

    assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert [month_after(date(2026, 1, 31), count) for count in (-1, 0, 1, 12)] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2027, 1, 1),
    ]


def test_a_school_year_begins_in_september() -> None:
    assert [school_year_of(day) for day in (date(2026, 8, 31), date(2026, 9, 1))] == [2025, 2026]


def test_a_calendar_reaches_from_the_first_to_the_last_day_of_anything() -> None:
    found = [row(date(2026, 8, 20), date(2026, 9, 1)), EMPTY, row(date(2027, 5, 1), date(2027, 6, 30))]

    assert bounds(found, date(2026, 9, 1), date(2027, 5, 31)) == (date(2026, 8, 20), date(2027, 6, 30))
    assert bounds([], date(2026, 9, 1), date(2027, 5, 31)) == (date(2026, 9, 1), date(2027, 5, 31))


def test_deadlines_of_a_month_are_counted() -> None:
    found = [row(date(2026, 9, 1), date(2026, 11, 30)), row(date(2026, 11, 1), date(2026, 12, 1)), EMPTY]

    assert ending_in(found, TODAY) == 1
