"""The geometry of a timeline; plain values only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import PeriodKind
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.timeline import LEAST, Frame, bar_of, frame_of, months_of, timeline_of
from tests.roadmap.test_calendar import Span

TODAY = date(2026, 11, 22)
EMPTY = WindowRow(
    1, 1, 9, 2026, 1, "1", "", "Дело", "", "", None, None, None, "", "дело", "дело", "", "planned", Standing.UNDATED
)
YEAR = Frame(date(2026, 9, 1), date(2027, 8, 31))
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def row(first: date, last: date, activity: int = 1, stage: int = 1) -> WindowRow:
    return EMPTY._replace(
        starts_on=first, ends_on=last, standing=Standing.COMING, activity=activity, key=activity, stage=stage
    )


@given(starts_on=DAYS, length=st.integers(0, 2000), begins=DAYS, months=st.integers(1, 60))
def test_every_bar_lies_in_the_frame_and_can_be_seen(starts_on: date, length: int, begins: date, months: int) -> None:
    frame = frame_of([], begins, begins + timedelta(days=30 * months))

    bar = bar_of(EMPTY, starts_on, starts_on + timedelta(days=length), frame)

    assert bar.at >= 0
    assert bar.width >= LEAST
    assert bar.at + bar.width <= 100.001


@given(first=DAYS, last=DAYS)
def test_months_fill_the_frame_without_a_gap(first: date, last: date) -> None:
    frame = frame_of([], min(first, last), max(first, last))

    months = months_of(frame)

    assert months[0].at == 0
    assert sum(month.width for month in months) == pytest.approx(100)
    assert all(month.width > 0 for month in months)


def test_a_bar_is_as_long_as_its_days() -> None:
    bar = bar_of(EMPTY, date(2026, 9, 1), date(2026, 9, 30), YEAR)

    assert [bar.at, bar.width] == pytest.approx([0, 30 / 365 * 100], abs=0.001)


def test_one_day_at_the_end_of_three_years_is_seen() -> None:
    frame = Frame(date(2024, 9, 1), date(2027, 8, 31))

    bar = bar_of(EMPTY, date(2027, 8, 31), date(2027, 8, 31), frame)

    assert (bar.at, bar.width) == (100 - LEAST, LEAST)


def test_a_window_beyond_the_frame_stands_at_its_edge() -> None:
    before, after = (bar_of(EMPTY, day, day, YEAR) for day in (date(2020, 1, 1), date(2099, 1, 1)))

    assert (before.at, after.at) == (0, 100 - LEAST)


def test_a_frame_reaches_over_whole_months_and_to_the_windows_beside() -> None:
    rows = [row(date(2026, 8, 25), date(2026, 9, 5)), row(date(2027, 5, 1), date(2027, 6, 3))]

    assert frame_of(rows, date(2026, 9, 10), date(2027, 5, 20)) == Frame(date(2026, 8, 1), date(2027, 6, 30))


def test_a_mistyped_year_does_not_press_the_others_together() -> None:
    rows = [row(date(2206, 9, 1), date(2206, 9, 30)), row(date(202, 9, 1), date(202, 9, 30))]

    frame = frame_of(rows, date(2026, 9, 10), date(2027, 5, 20))

    assert frame == Frame(date(2025, 9, 1), date(2028, 5, 31))
    assert timeline_of(rows, frame, TODAY, []).tracks[0].bars[0].at == 0


def test_windows_of_an_activity_share_a_track_and_what_has_no_days_stands_aside() -> None:
    rows = [
        row(date(2027, 3, 1), date(2027, 3, 31), activity=1),
        row(date(2026, 10, 1), date(2026, 10, 31), activity=1),
        EMPTY._replace(activity=1),
        EMPTY._replace(activity=2, text="Без дней"),
        EMPTY._replace(activity=2, text="Без дней"),
    ]

    found = timeline_of(rows, YEAR, TODAY, [])

    assert [[bar.row.starts_on for bar in track.bars] for track in found.tracks] == [
        [date(2026, 10, 1), date(2027, 3, 1)]
    ]
    assert len(found.tracks[0].rows) == 3
    assert [one.text for one in found.undated] == ["Без дней"]


@pytest.mark.parametrize(
    ("today", "place"),
    [
        (date(2026, 9, 1), 0.0),
        (date(2026, 8, 31), None),
        (date(2027, 8, 31), 364 / 365 * 100),
        (date(2027, 9, 1), None),
    ],
)
def test_today_is_marked_where_it_is_in_the_frame(today: date, place: float | None) -> None:
    assert timeline_of([], YEAR, today, []).today == (place if place is None else pytest.approx(place))


def test_holidays_are_cut_at_the_edges_and_others_left_out() -> None:
    spans = [
        Span(PeriodKind.HOLIDAY, 4, date(2026, 5, 27), date(2026, 9, 1)),
        Span(PeriodKind.HOLIDAY, 1, date(2026, 10, 24), date(2026, 11, 1)),
        Span(PeriodKind.HOLIDAY, 1, date(2028, 10, 24), date(2028, 11, 1)),
    ]

    rests = timeline_of([], YEAR, TODAY, spans).rests

    assert rests[0] == pytest.approx((0, 1 / 365 * 100))
    assert rests[1] == pytest.approx((53 / 365 * 100, 9 / 365 * 100))
    assert len(rests) == 2
