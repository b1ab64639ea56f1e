"""What a school measures: the standard set, its own parameters, their order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.actors import SYSTEM
from core.errors import DomainError
from core.models import Event, Role
from surveys.content import content_to_json
from surveys.models import Direction, Parameter
from surveys.services.parameters import (
    ParameterLine,
    give_standard_parameters,
    lacking_parameters,
    order_parameters,
    save_parameter,
)
from surveys.standard import STANDARD_QUESTIONNAIRES
from surveys.statistics.figures import fits_scale
from surveys.statistics.standard import STANDARD_PARAMETERS, StandardParameter
from tests.factories import (
    ComparisonGroupFactory,
    CycleFactory,
    MeasurementFactory,
    ParameterFactory,
    SchoolFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Any], Client]
LIST = "/surveys/parameters/"


def given(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Желание учиться",
        "side": "mentee",
        "unit": "балл",
        "least": "1",
        "most": "10",
        "direction": "up",
        "is_used": "on",
        "source": "Педагог-психолог школы",
    } | changed


def _ends(one: StandardParameter) -> tuple[Decimal | None, Decimal | None]:
    least, most = one.scale
    return Decimal(least), Decimal(most) if most is not None else None


def saved(row: Parameter, **changed: Any) -> Parameter:
    names = ("name", "side", "unit", "least", "most", "direction", "is_sensitive", "is_used", "source")
    columns = {name: getattr(row, name) for name in names} | changed
    return save_parameter(school=row.school, parameter=row, **columns, by=SYSTEM)


def test_a_school_is_given_the_standard_parameters_once() -> None:
    school = SchoolFactory()

    assert give_standard_parameters(school, SYSTEM) == len(STANDARD_PARAMETERS)
    assert give_standard_parameters(school, SYSTEM) == 0
    assert [row.key for row in Parameter.objects.filter(school=school)] == [one.key for one in STANDARD_PARAMETERS]
    assert set(Parameter.objects.filter(is_sensitive=True).values_list("key", flat=True)) == {
        "anxiety",
        "emotional",
        "register",
        "burnout",
        "mentor_burnout",
    }


def test_what_the_school_took_under_its_own_key_is_not_given_again() -> None:
    school = SchoolFactory()
    ParameterFactory(school=school, name="Личностная тревожность", side="mentee", key="own1")

    give_standard_parameters(school, SYSTEM)

    assert not Parameter.objects.filter(key="anxiety").exists()
    assert lacking_parameters(school) == []


def test_every_question_that_measures_has_its_parameter_of_its_side_and_scale() -> None:
    known = {one.key: one for one in STANDARD_PARAMETERS}
    asked = [
        (questionnaire, question)
        for questionnaire in STANDARD_QUESTIONNAIRES
        for section in content_to_json(questionnaire.content)["sections"]
        for question in section["questions"]
        if question["measure"]
    ]

    assert len(asked) > 20
    assert [
        (questionnaire.key, question["key"])
        for questionnaire, question in asked
        if known[question["measure"]].side != questionnaire.answerer
        or not fits_scale(question, *_ends(known[question["measure"]]))
    ] == []


def test_a_parameter_with_figures_keeps_its_side_and_a_scale_that_holds_them() -> None:
    row = ParameterFactory()
    MeasurementFactory(parameter=row, value=6)

    with pytest.raises(DomainError, match="сторону менять нельзя"):
        saved(row, side="mentor")
    with pytest.raises(DomainError, match="за пределами этой шкалы"):
        saved(row, most=5)
    assert saved(row, most=6, direction=Direction.DOWN).most == 6


def test_a_comparison_keeps_the_side_as_well() -> None:
    row = ComparisonGroupFactory().parameter

    with pytest.raises(DomainError, match="сторону менять нельзя"):
        saved(row, side="mentor")


def test_the_order_and_what_is_in_use_are_written_together() -> None:
    school = SchoolFactory()
    first, second, third = (ParameterFactory(school=school, place=place) for place in (1, 2, 3))

    order_parameters(
        school=school,
        lines=[ParameterLine(second.pk, 1, True), ParameterLine(first.pk, 2, False)],
        by=SYSTEM,
    )

    rows = Parameter.objects.filter(school=school).values_list("pk", "place", "is_used")
    assert list(rows) == [(second.pk, 1, True), (first.pk, 2, False), (third.pk, 3, True)]


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("role", [Role.CURATOR, Role.PSYCHOLOGIST])
def test_a_keeper_adds_a_parameter(role: Role, log_in: LogIn) -> None:
    school = SchoolFactory()

    answer = log_in(actor_of(role, school)).post(f"{LIST}new/", given())

    row: Any = Parameter.objects.get(school=school)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert (row.key, row.name, row.least, row.most, row.is_sensitive) == ("own1", "Желание учиться", 1, 10, False)
    assert Event.objects.filter(verb="save", thing=f"parameter:{row.pk}").count() == 1


def test_the_administrator_reads_the_list_and_changes_nothing(log_in: LogIn) -> None:
    school = SchoolFactory()
    row = ParameterFactory(school=school, name="Желание учиться")
    browser = log_in(actor_of(Role.ADMINISTRATOR, school))

    page = browser.get(LIST)
    browser.post(LIST, {f"place_{row.pk}": "1"})

    assert "Желание учиться" in page.content.decode()
    assert f"{LIST}new/" not in page.content.decode()
    assert browser.get(f"{LIST}new/").status_code == 403
    assert Parameter.objects.get().is_used


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Обязательное поле."),
        ({"least": "10", "most": "1"}, "Верхняя граница должна быть больше нижней."),
        ({"name": "ТРЕВОЖНОСТЬ"}, "Показатель «ТРЕВОЖНОСТЬ» для этой стороны уже есть."),
        ({"direction": "left"}, "left"),
    ],
)
def test_a_wrong_parameter_is_refused_in_words_and_stays_typed(
    wrong: dict[str, str], words: str, log_in: LogIn
) -> None:
    school = SchoolFactory()
    ParameterFactory(school=school, name="Тревожность")

    page = log_in(actor_of(Role.CURATOR, school)).post(f"{LIST}new/", given(unit="собака") | wrong)

    assert page.status_code == 400
    assert words in page.content.decode()
    assert 'value="собака"' in page.content.decode()
    assert Parameter.objects.count() == 1


def test_the_scale_is_shown_without_noughts_and_saved_as_it_stands(log_in: LogIn) -> None:
    row = ParameterFactory(least=0, most=100)
    browser = log_in(actor_of(Role.CURATOR, row.school))

    page = browser.get(f"{LIST}{row.pk}/").content.decode()

    assert 'value="0"' in page
    assert 'value="100"' in page


def test_the_list_is_ordered_by_numbers(log_in: LogIn) -> None:
    school = SchoolFactory()
    first, second, third = (ParameterFactory(school=school, place=place) for place in (1, 2, 3))
    places = {f"place_{first.pk}": "1", f"place_{second.pk}": "2", f"place_{third.pk}": "1"}

    answer = log_in(actor_of(Role.CURATOR, school)).post(LIST, places | {f"used_{first.pk}": "on"})

    assert answer.status_code == 302
    assert list(Parameter.objects.values_list("pk", "is_used")) == [
        (third.pk, False),
        (first.pk, True),
        (second.pk, False),
    ]


def test_missing_standard_parameters_come_back(log_in: LogIn) -> None:
    cycle = CycleFactory()
    browser = log_in(actor_of(Role.CURATOR, cycle.programme.school))

    answer = browser.post(f"{LIST}standard/", follow=True)

    assert f"Возвращено {len(STANDARD_PARAMETERS)} стандартных показателей." in answer.content.decode()
