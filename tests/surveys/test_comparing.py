"""What changed in a year, on the whole and by form, without a word of fewer than five."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from participants.models import EnrolmentState
from surveys.models import Parameter
from surveys.services.comparing import ChangesOf, ParameterChange, changes_in
from surveys.statistics.change import Warn
from tests.factories import (
    ComparisonGroupFactory,
    CycleFactory,
    EnrolmentFactory,
    MeasurementFactory,
    MentoringFormFactory,
    ParameterFactory,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def measured(parameter: Parameter, enrolment: Any, entry: float | None, leave: float | None = None) -> Any:
    for wave, value in (("entry", entry), ("exit", leave)):
        if value is not None:
            MeasurementFactory(parameter=parameter, enrolment=enrolment, wave=wave, value=value)
    return enrolment


def new_part(parameter: Parameter, cycle: Any, form: Any) -> Any:
    return cleared_enrolment(cycle=cycle, person__school=parameter.school, side=parameter.side, form=form)


def people_of(parameter: Parameter, cycle: Any, count: int, form: Any = None) -> list[Any]:
    form = form or MentoringFormFactory(school=parameter.school)
    rows = [new_part(parameter, cycle, form) for _ in range(count)]
    for place, row in enumerate(rows):
        measured(parameter, row, 4, 5 + place % 2)
    return rows


@pytest.fixture
def cycle() -> Any:
    return CycleFactory()


@pytest.fixture
def parameter(cycle: Any) -> Parameter:
    return ParameterFactory(school=cycle.programme.school)


def whole(cycle: Any) -> ChangesOf:
    return changes_in(cycle=cycle, side="mentee", today=TODAY)[0]


def line(cycle: Any) -> ParameterChange:
    (found,) = whole(cycle).lines
    return found


def test_the_change_is_that_of_those_measured_twice(cycle: Any, parameter: Parameter) -> None:
    rows = people_of(parameter, cycle, 6)
    measured(parameter, new_part(parameter, cycle, rows[0].form), 9)

    found = line(cycle)

    assert found.is_shown
    assert found.change is not None
    assert found.change.row is not None
    assert (found.change.size, found.change.people) == (6, 7)
    assert (found.change.row.entry, found.change.row.exit, found.change.row.percent) == (4, 5.5, -37.5)
    assert found.sentences[0] == "Значение выросло у 6 из 6 человек."
    assert found.change.warnings == (Warn.ALONE,)


def test_four_are_not_shown(cycle: Any, parameter: Parameter) -> None:
    people_of(parameter, cycle, 4)

    found = line(cycle)

    assert not found.is_shown
    assert found.sentences == ("Дважды измерены 4 человека. Значения групп меньше пяти человек не показываются.",)


def test_whose_consent_is_not_in_force_is_not_counted(cycle: Any, parameter: Parameter) -> None:
    people_of(parameter, cycle, 5)
    bare = EnrolmentFactory(cycle=cycle, person__school=parameter.school, side="mentee")
    measured(parameter, bare, 1, 10)

    assert (whole(cycle).people, line(cycle).change.size) == (5, 5)  # type: ignore[union-attr]


def test_those_who_left_stay_in_the_count_and_those_not_admitted_do_not(cycle: Any, parameter: Parameter) -> None:
    rows = people_of(parameter, cycle, 7)
    for row, state in ((rows[0], EnrolmentState.LEFT), (rows[1], EnrolmentState.REFUSED)):
        row.state, row.left_on = state, TODAY
        row.save()

    assert line(cycle).change.size == 6  # type: ignore[union-attr]


def test_a_comparison_group_is_read_with_it(cycle: Any, parameter: Parameter) -> None:
    people_of(parameter, cycle, 6)
    ComparisonGroupFactory(cycle=cycle, parameter=parameter, mean_change="1.5", deviation="0.5")

    found = line(cycle)

    assert found.change is not None
    assert found.change.compared is not None
    assert (found.change.compared.difference, found.warnings) == (0, ())


def test_someone_in_two_forms_is_one_person(cycle: Any, parameter: Parameter) -> None:
    rows = people_of(parameter, cycle, 5)
    other = MentoringFormFactory(school=parameter.school)
    again = EnrolmentFactory(person=rows[0].person, cycle=cycle, side="mentee", form=other)
    measured(parameter, again, 1)

    found = changes_in(cycle=cycle, side="mentee", today=TODAY)

    assert [(group.people, group.lines[0].change.size) for group in found if group.lines[0].change] == [
        (5, 5),
        (5, 5),
        (1, 0),
    ]


def test_a_small_form_takes_the_smallest_other_with_it(cycle: Any, parameter: Parameter) -> None:
    forms = [MentoringFormFactory(school=parameter.school, name=name) for name in ("А", "Б", "В")]
    for form, count in zip(forms, (9, 6, 3), strict=True):
        people_of(parameter, cycle, count, form)

    found = changes_in(cycle=cycle, side="mentee", today=TODAY)

    assert [(group.name, group.lines[0].is_shown) for group in found] == [
        ("все формы", True),
        ("А", True),
        ("Б", False),
        ("В", False),
    ]
    assert found[2].lines[0].change is None
    assert found[2].lines[0].sentences == (
        "Не показано: рядом со значениями по всем формам это выдало бы меньше пяти человек другой формы.",
    )


def test_parameters_without_figures_are_counted_alone(cycle: Any, parameter: Parameter) -> None:
    people_of(parameter, cycle, 5)
    ParameterFactory(school=parameter.school)
    ParameterFactory(school=parameter.school, is_used=False)
    ParameterFactory(school=parameter.school, side="mentor")

    assert (len(whole(cycle).lines), whole(cycle).unmeasured) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_people_and_parameters_there_are_the_queries_are_four(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cycle = CycleFactory()
    for _ in range(count):
        people_of(ParameterFactory(school=cycle.programme.school), cycle, count)

    with django_assert_num_queries(4):
        changes_in(cycle=cycle, side="mentee", today=TODAY)
