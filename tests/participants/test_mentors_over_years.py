"""The long-term base of mentors: each once, over all the years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role, School
from participants.models import Enrolment, EnrolmentState, MentoringForm, Person
from roadmap.models import Cycle
from tests.factories import (
    AttendanceFactory,
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    InterviewFactory,
    MatchFactory,
    MentoringFormFactory,
    MentorshipFactory,
    PersonFactory,
    PlaceFactory,
    TrainingFactory,
    actor_of,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PAGE = "/participants/years/"


@pytest.fixture
def curator() -> Actor:
    return actor_of()


def year_of(school: School, year: int) -> Cycle:
    return CycleFactory(programme__school=school, year=year)


def mentor(school: School, surname: str, *cycles: Cycle, form: MentoringForm, told: bool = True) -> Person:
    """A teacher who was a mentor in these years; only in the last one does he take part now."""
    person = PersonFactory(school=school, surname=surname, teacher=True)
    for cycle in cycles:
        EnrolmentFactory(person=person, cycle=cycle, form=form, mentor=True)
    if told:
        ConsentFactory(person=person, mentor=True, guardian=None, in_force=True)
    return person


def shown(page: bytes, *surnames: str) -> list[str]:
    text = page.decode()
    return sorted((name for name in surnames if f">{name} " in text), key=lambda name: text.index(f">{name} "))


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    log_in: LogIn, curator: Actor, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert curator.school
    form = MentoringFormFactory(school=curator.school)
    cycles = [this_year(curator.school), year_of(curator.school, 2020)]
    for _ in range(number):
        person = mentor(curator.school, "Белых", *cycles, form=form)
        InterviewFactory(enrolment=person.enrolments.first())
    browser = log_in(curator)
    browser.get(PAGE)

    with django_assert_num_queries(20):
        page = browser.get(PAGE).content.decode()

    assert page.count(">Белых ") == number


def test_a_mentor_stands_once_with_years_mentees_results_and_preparation(log_in: LogIn, curator: Actor) -> None:
    assert curator.school
    form = MentoringFormFactory(school=curator.school, name="Учитель – ученик")
    now, before = this_year(curator.school), year_of(curator.school, 2020)
    person = mentor(curator.school, "Яшина", before, now, form=form)
    old, new = person.enrolments.order_by("cycle__year")
    Enrolment.objects.filter(pk=old.pk).update(
        state=EnrolmentState.FINISHED,
        left_on=date(2021, 5, 31),
        results="провела десять встреч",
        case_url="https://school.example/case/",
        is_passed=True,
    )
    InterviewFactory(enrolment=new, held_on=date(2026, 9, 20))
    AttendanceFactory(enrolment=new, training=TrainingFactory(cycle=now, held_on=date(2026, 10, 12)), came=True)
    pair = MentorshipFactory(school=curator.school, mentor=old)
    for _ in range(2):
        PlaceFactory(match=MatchFactory(school=curator.school, mentor=old, in_force=True), mentorship=pair)

    page = log_in(curator).get(PAGE).content.decode().replace("\xa0", " ")

    assert page.count(">Яшина ") == 1
    said = (
        "2020–2021: Учитель – ученик",
        "2 наставляемых",
        "провела десять встреч",
        "https://school.example/case/",
        "собеседование 20 сентября 2026",
        "обучение 12 октября 2026",
        "остаётся в этом году",
    )
    assert [words for words in said if words not in page] == []


def test_what_follows_the_consent_is_not_shown_without_one(log_in: LogIn, curator: Actor) -> None:
    assert curator.school
    form = MentoringFormFactory(school=curator.school)
    person = mentor(curator.school, "Яшина", year_of(curator.school, 2020), form=form, told=False)
    part = person.enrolments.get()
    Enrolment.objects.filter(pk=part.pk).update(results="провела десять встреч")
    InterviewFactory(enrolment=part)

    page = log_in(curator).get(PAGE).content.decode()

    assert ("Яшина" in page, "2020–2021" in page) == (True, True)
    assert ("провела десять встреч" in page, "собеседование" in page) == (False, False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Белых", "Ёлкин", "Яшина"]),
        ({"q": "елк"}, ["Ёлкин"]),
        ({"year": "2020"}, ["Белых", "Яшина"]),
        ({"now": "yes"}, ["Ёлкин", "Яшина"]),
        ({"now": "no"}, ["Белых"]),
        ({"sort": "years"}, ["Яшина", "Белых", "Ёлкин"]),
        ({"sort": "last"}, ["Ёлкин", "Яшина", "Белых"]),
        ({"kind": "pupil"}, []),
        ({"year": "1999", "sort": "x", "form": "0"}, ["Белых", "Ёлкин", "Яшина"]),
    ],
)
def test_the_base_is_searched_filtered_and_ordered(
    log_in: LogIn, curator: Actor, asked: dict[str, str], found: list[str]
) -> None:
    assert curator.school
    form = MentoringFormFactory(school=curator.school)
    now, before = this_year(curator.school), year_of(curator.school, 2020)
    mentor(curator.school, "Яшина", before, now, form=form)
    mentor(curator.school, "Белых", before, form=form)
    mentor(curator.school, "Ёлкин", now, form=form)
    EnrolmentFactory(person__school=curator.school, person__surname="Наставляемый", cycle=now, form=form)

    page = log_in(curator).get(PAGE, asked)

    assert shown(page.content, "Яшина", "Белых", "Ёлкин", "Наставляемый") == found


def test_a_form_narrows_the_base(log_in: LogIn, curator: Actor) -> None:
    assert curator.school
    forms = [MentoringFormFactory(school=curator.school) for _ in range(2)]
    cycle = this_year(curator.school)
    for form, name in zip(forms, ("Яшина", "Белых"), strict=True):
        mentor(curator.school, name, cycle, form=form)

    page = log_in(curator).get(PAGE, {"form": forms[1].pk})

    assert shown(page.content, "Яшина", "Белых") == ["Белых"]


@pytest.mark.parametrize(("role", "code"), [(Role.ADMINISTRATOR, 200), (Role.CLASS_TEACHER, 403), (Role.MENTOR, 403)])
def test_those_who_keep_the_register_read_the_base(log_in: LogIn, role: Role, code: int) -> None:
    assert log_in(actor_of(role)).get(PAGE).status_code == code


def test_another_schools_mentors_are_not_there_and_each_look_is_journaled(log_in: LogIn, curator: Actor) -> None:
    EnrolmentFactory(person__surname="Чужой", mentor=True)

    page = log_in(curator).get(PAGE).content.decode()

    assert ("Чужой" in page, "все, кто когда-либо был наставником" in page) == (False, True)
    assert Event.objects.get(verb="list", actor=curator.pseudonym).detail == {"count": 0}
