"""Which academic year a school is in."""

from datetime import date

import pytest

from core.models import School
from participants.services.cycles import current_cycle
from roadmap.models import Cycle
from tests.factories import CycleFactory, ProgrammeFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def programme(school: School, first: int, last: int) -> list[Cycle]:
    """A programme of the school years from autumn `first` to summer `last`."""
    row = ProgrammeFactory(school=school, starts_on=date(first, 9, 1), ends_on=date(last, 5, 31))
    return [
        CycleFactory(programme=row, year=year, starts_on=date(year, 9, 1), ends_on=date(year + 1, 8, 31))
        for year in range(first, last)
    ]


def test_the_year_under_way_of_a_programme_of_several_is_found() -> None:
    school = SchoolFactory()
    cycles = programme(school, 2024, 2027)
    programme(SchoolFactory(), 2025, 2026)

    found = [current_cycle(school, date(year, 11, 1)) for year in (2024, 2025, 2026)]

    assert found == cycles


def test_of_two_programmes_under_way_the_newer_counts() -> None:
    school = SchoolFactory()
    programme(school, 2024, 2028)
    newer = programme(school, 2026, 2027)

    assert current_cycle(school, date(2026, 11, 1)) == newer[0]


@pytest.mark.parametrize(("day", "year"), [(date(2025, 1, 1), 2026), (date(2029, 1, 1), 2027)])
def test_before_and_after_the_nearest_year_counts(day: date, year: int) -> None:
    school = SchoolFactory()
    programme(school, 2026, 2028)

    cycle = current_cycle(school, day)

    assert cycle
    assert cycle.year == year


def test_without_a_programme_there_is_no_year() -> None:
    assert current_cycle(SchoolFactory(), date(2026, 11, 1)) is None
