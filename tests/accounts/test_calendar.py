from datetime import date, timedelta

import pytest

from accounts.calendar import Period, academic_year, usual_periods
from core.models import PeriodKind


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 9, 1), 2026), (date(2027, 1, 15), 2026), (date(2027, 5, 31), 2026), (date(2027, 6, 1), 2027)],
)
def test_the_academic_year_turns_in_june(today: date, year: int) -> None:
    assert academic_year(today) == year


def test_the_usual_year_of_2026() -> None:
    assert usual_periods(2026) == [
        Period(PeriodKind.TERM, 1, date(2026, 9, 1), date(2026, 10, 23)),
        Period(PeriodKind.HOLIDAY, 1, date(2026, 10, 24), date(2026, 11, 1)),
        Period(PeriodKind.TERM, 2, date(2026, 11, 2), date(2026, 12, 30)),
        Period(PeriodKind.HOLIDAY, 2, date(2026, 12, 31), date(2027, 1, 11)),
        Period(PeriodKind.TERM, 3, date(2027, 1, 12), date(2027, 3, 26)),
        Period(PeriodKind.HOLIDAY, 3, date(2027, 3, 27), date(2027, 4, 4)),
        Period(PeriodKind.TERM, 4, date(2027, 4, 5), date(2027, 5, 26)),
        Period(PeriodKind.HOLIDAY, 4, date(2027, 5, 27), date(2027, 8, 31)),
    ]


@pytest.mark.parametrize("year", range(2020, 2041))
def test_terms_and_holidays_follow_each_other_without_a_gap(year: int) -> None:
    periods = usual_periods(year)

    assert (periods[0].starts_on, periods[-1].ends_on) == (date(year, 9, 1), date(year + 1, 8, 31))
    assert [row.starts_on for row in periods[1:]] == [row.ends_on + timedelta(days=1) for row in periods[:-1]]
    assert all(row.starts_on <= row.ends_on for row in periods)
