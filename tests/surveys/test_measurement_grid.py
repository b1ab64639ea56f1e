"""Figures typed class by class: who is there, what is written, what is refused, two who type at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from participants.models import Enrolment
from surveys.models import FigureSource, Measurement, MeasurementWave, Parameter, Wave
from surveys.services.measuring import measure_response
from tests.factories import (
    AnswerFactory,
    CampaignFactory,
    CycleFactory,
    EnrolmentFactory,
    MeasurementFactory,
    MentoringFormFactory,
    ParameterFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    ResponseFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Any], Client]
GRID = "/surveys/measurements/"


class Place:
    """A year with a parameter and pupils of 7 «А» and 7 «Б», and the curator who types."""

    def __init__(self) -> None:
        self.cycle: Any = CycleFactory(starts_on=date(2020, 9, 1), ends_on=date(2040, 8, 31))
        self.school = self.cycle.programme.school
        self.parameter: Any = ParameterFactory(school=self.school, name="Тревожность", unit="")
        self.form: Any = MentoringFormFactory(school=self.school)
        self.by: Actor = actor_of(Role.CURATOR, self.school)
        self.people: list[Enrolment] = [self.pupil("7 «А»"), self.pupil("7 «А»"), self.pupil("7 «Б»")]

    def pupil(self, class_name: str) -> Enrolment:
        return cleared_enrolment(
            cycle=self.cycle, form=self.form, person__school=self.school, person__class_name=class_name
        )

    def sent(self, *cells: tuple[Enrolment, str, str, str], day: date | None = None) -> dict[str, str]:
        """What the browser sends for cells of (whose, wave, typed, was)."""
        given = {"measured_on": (day or timezone.localdate()).isoformat()}
        for enrolment, wave, typed, was in cells:
            given |= {f"value_{enrolment.pk}_{wave}": typed, f"was_{enrolment.pk}_{wave}": was}
        return given


@pytest.fixture
def place() -> Place:
    return Place()


def figures() -> set[tuple[int, str, Decimal]]:
    return set(Measurement.objects.values_list("enrolment", "wave", "value"))


def test_the_first_class_is_shown_and_every_look_is_noted(place: Place, log_in: LogIn) -> None:
    page = log_in(place.by).get(GRID).content.decode()

    first, second, third = (one.person.full_name for one in place.people)
    assert [name in page for name in (first, second, third)] == [True, True, False]
    line = Event.objects.get(verb="list")
    assert (line.thing, line.detail) == (f"parameter:{place.parameter.pk}", {"count": 2})


def test_figures_are_written_for_those_who_changed(place: Place, log_in: LogIn) -> None:
    first, second, _third = place.people
    MeasurementFactory(parameter=place.parameter, enrolment=second, wave="entry", value=4)

    answer = log_in(place.by).post(
        GRID, place.sent((first, "entry", "7,5", ""), (first, "exit", "6", ""), (second, "entry", "4", "4"))
    )

    assert answer.status_code == 302
    assert figures() == {
        (first.pk, "entry", Decimal("7.5")),
        (first.pk, "exit", Decimal(6)),
        (second.pk, "entry", Decimal(4)),
    }
    row = Measurement.objects.get(enrolment=first, wave=MeasurementWave.EXIT)
    assert (row.source, row.entered_by, row.measured_on) == (FigureSource.HAND, place.by.user, timezone.localdate())
    assert Event.objects.get(verb="measure").detail == {"count": 2, "by": "hand"}


def test_an_emptied_cell_takes_the_figure_away(place: Place, log_in: LogIn) -> None:
    first = place.people[0]
    MeasurementFactory(parameter=place.parameter, enrolment=first, wave="entry", value=4)

    log_in(place.by).post(GRID, place.sent((first, "entry", "", "4")))

    assert figures() == set()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("собака", "«собака» – не число. Напишите, например, 7 или 4,5."),
        ("11", "Шкала: от 1 до 10."),
        ("4,555", "«4,555» – не число. Напишите, например, 7 или 4,5."),
    ],
)
def test_a_wrong_figure_is_refused_at_its_cell_and_nothing_is_lost(
    typed: str, words: str, place: Place, log_in: LogIn
) -> None:
    first, second, _third = place.people

    page = log_in(place.by).post(GRID, place.sent((first, "entry", typed, ""), (second, "entry", "5", "")))

    text = page.content.decode()
    assert page.status_code == 400
    assert words in text
    assert f'value="{typed}"' in text
    assert f'name="value_{second.pk}_entry" value="5"' in text
    assert figures() == set()


def test_a_day_to_come_is_refused(place: Place, log_in: LogIn) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)

    page = log_in(place.by).post(GRID, place.sent((place.people[0], "entry", "5", ""), day=tomorrow))

    assert page.status_code == 400
    assert "Этот день ещё не наступил." in page.content.decode()


def test_what_somebody_else_typed_meanwhile_is_not_lost(place: Place, log_in: LogIn) -> None:
    first, second, _third = place.people
    MeasurementFactory(parameter=place.parameter, enrolment=first, wave="entry", value=9)
    browser = log_in(place.by)

    page = browser.post(GRID, place.sent((first, "entry", "5", ""), (second, "entry", "6", "")))

    text = page.content.decode()
    assert page.status_code == 400
    assert "Тем временем кто-то поставил здесь: 9." in text
    assert f'name="value_{first.pk}_entry" value="5"' in text
    assert figures() == {(first.pk, "entry", Decimal(9))}

    again = browser.post(GRID, place.sent((first, "entry", "5", "9"), (second, "entry", "6", "")))
    assert again.status_code == 302
    assert figures() == {(first.pk, "entry", Decimal(5)), (second.pk, "entry", Decimal(6))}


def test_the_page_after_a_meeting_of_two_carries_what_was_seen(place: Place, log_in: LogIn) -> None:
    first = place.people[0]
    MeasurementFactory(parameter=place.parameter, enrolment=first, wave="entry", value=9)

    page = log_in(place.by).post(GRID, place.sent((first, "entry", "5", "")))

    assert f'name="was_{first.pk}_entry" value="9"' in page.content.decode()


def test_nobody_without_a_consent_is_listed_or_written(place: Place, log_in: LogIn) -> None:
    bare = EnrolmentFactory(cycle=place.cycle, form=place.form, person__school=place.school, person__class_name="7 «А»")
    browser = log_in(place.by)

    page = browser.get(GRID).content.decode()
    browser.post(GRID, place.sent((bare, "entry", "5", "")))

    assert bare.person.full_name not in page
    assert figures() == set()


def test_a_consent_that_ends_while_figures_are_typed_stops_them(place: Place, log_in: LogIn) -> None:
    """The page was opened before; what is sent names people who are in it no more."""
    first, second, _third = place.people
    first.person.consents.update(state="withdrawn", ended_at=timezone.now())

    log_in(place.by).post(GRID, place.sent((first, "entry", "5", ""), (second, "entry", "6", "")))

    assert figures() == {(second.pk, "entry", Decimal(6))}


def test_another_schools_people_and_parameters_are_passed_over(place: Place, log_in: LogIn) -> None:
    other = Place()

    log_in(place.by).post(
        f"{GRID}?parameter={other.parameter.pk}&cycle={place.cycle.pk}", place.sent((other.people[0], "entry", "5", ""))
    )
    stranger = log_in(place.by).get(f"{GRID}?cycle={other.cycle.pk}")

    assert figures() == set()
    assert stranger.status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLASS_TEACHER, Role.MENTOR, Role.OBSERVER])
def test_only_those_cleared_see_figures_of_people(role: Role, place: Place, log_in: LogIn) -> None:
    assert log_in(actor_of(role, place.school)).get(GRID).status_code == 403


def test_a_figure_by_hand_takes_the_place_of_an_answer_and_stays(place: Place, log_in: LogIn) -> None:
    first = place.people[0]
    version = QuestionnaireVersionFactory(published=True, questionnaire__school=place.school)
    campaign = CampaignFactory(open=True, wave=Wave.ENTRY, cycle=place.cycle, version=version)
    Parameter.objects.filter(pk=place.parameter.pk).update(key="comfort")
    response: Any = ResponseFactory(
        sent=True, campaign=campaign, respondent=RespondentFactory(campaign=campaign, enrolment=first)
    )
    AnswerFactory(response=response, question="q1", number=3, text="")
    measure_response(response)

    log_in(place.by).post(GRID, place.sent((first, "entry", "8", "3")))
    measure_response(response)

    row: Any = Measurement.objects.get()
    assert (row.value, row.source, row.response) == (8, FigureSource.HAND, None)


def test_without_a_year_the_page_says_what_will_be_here(log_in: LogIn) -> None:
    school = ParameterFactory().school

    page = log_in(actor_of(Role.CURATOR, school)).get(GRID)

    assert (page.status_code, "Измерять пока нечего" in page.content.decode()) == (200, True)


@pytest.mark.parametrize("address", ["?side=x", "?parameter=0", "?group=%00", "?page=10000000000000000000", "?cycle=x"])
def test_a_strange_address_shows_the_usual_page(address: str, place: Place, log_in: LogIn) -> None:
    assert log_in(place.by).get(GRID + address).status_code == 200


@pytest.mark.parametrize("more", [0, 5])
def test_a_long_class_takes_no_more_queries(
    more: int, place: Place, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(more):
        enrolment = place.pupil("7 «А»")
        MeasurementFactory(parameter=place.parameter, enrolment=enrolment)
    browser = log_in(place.by)
    browser.get(GRID)

    with django_assert_num_queries(15):
        browser.get(GRID)
