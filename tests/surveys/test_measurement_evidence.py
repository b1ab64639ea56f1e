"""What the activities «оценка по заданным параметрам» stand at."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from roadmap.evidence import evidence_of
from roadmap.models import EvidenceKind
from surveys.models import Parameter
from tests.factories import (
    CycleFactory,
    EnrolmentFactory,
    MeasurementFactory,
    MentoringFormFactory,
    ParameterFactory,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db


def measured_year(entry: int, leave: int, people: int) -> int:
    """The key of a year in which so many of so many people have a figure before and after."""
    cycle = CycleFactory(starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    parameter = ParameterFactory(school=cycle.programme.school)
    form = MentoringFormFactory(school=parameter.school)
    rows = [cleared_enrolment(cycle=cycle, form=form, person__school=parameter.school) for _ in range(people)]
    EnrolmentFactory(cycle=cycle, form=form, person__school=parameter.school)
    for wave, count in (("entry", entry), ("exit", leave)):
        for row in rows[:count]:
            MeasurementFactory(parameter=parameter, enrolment=row, wave=wave)
    return cycle.pk


@pytest.mark.parametrize(
    ("today", "done", "lacks"),
    [("2026-11-23", 2, "1 участник ещё не измерен"), ("2027-05-20", 1, "2 участника ещё не измерены")],
)
def test_in_autumn_the_entry_counts_and_in_spring_the_exit(today: str, done: int, lacks: str) -> None:
    with time_machine.travel(f"{today}T12:00:00+03:00", tick=False):
        cycle = measured_year(entry=2, leave=1, people=3)
        evidence = evidence_of([EvidenceKind.MEASUREMENT], [cycle])[EvidenceKind.MEASUREMENT.value, cycle]

    assert evidence.words == "измерено на входе: 2 из 3, на выходе: 1"
    assert (evidence.done, evidence.total, evidence.lacks) == (done, 3, lacks)
    assert (evidence.url, evidence.lacks_url) == (
        f"/surveys/changes/?cycle={cycle}",
        f"/surveys/measurements/?cycle={cycle}",
    )


def test_when_all_are_measured_nothing_lacks() -> None:
    with time_machine.travel("2026-11-23T12:00:00+03:00", tick=False):
        cycle = measured_year(entry=2, leave=0, people=2)
        evidence = evidence_of([EvidenceKind.MEASUREMENT], [cycle])[EvidenceKind.MEASUREMENT.value, cycle]

    assert (evidence.is_complete, evidence.lacks, evidence.lacks_url) == (True, "", "")


def test_a_side_of_which_the_school_measures_nothing_is_not_waited_for() -> None:
    with time_machine.travel("2026-11-23T12:00:00+03:00", tick=False):
        cycle = measured_year(entry=0, leave=0, people=2)
        Parameter.objects.update(is_used=False)
        evidence = evidence_of([EvidenceKind.MEASUREMENT], [cycle])[EvidenceKind.MEASUREMENT.value, cycle]

    assert (evidence.total, evidence.lacks) == (0, "")


@pytest.mark.parametrize("years", [1, 3])
def test_many_years_take_two_queries(years: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cycles = [measured_year(entry=1, leave=0, people=1) for _ in range(years)]

    with django_assert_num_queries(2):
        evidence_of([EvidenceKind.MEASUREMENT], cycles)
