"""The board of pairs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role, School
from pairing.models import Match
from participants.models import ConsentState, Enrolment
from tests.factories import (
    CycleFactory,
    EnrolmentFactory,
    MatchFactory,
    PersonFactory,
    PlaceFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
PAGE = "/pairs/"
LogIn = Callable[[Actor], Client]
PART = {"HX-Request": "true"}
"""Asks for the rows alone, without the menu, whose badges have queries of their own."""


def school_of(actor: Actor) -> School:
    assert actor.school
    return actor.school


def pair(
    school: School, mentee: str, mentor: str = "Наставников", like: Match | None = None, **columns: object
) -> Match:
    cycle = {"cycle": like.mentor.cycle, "form": like.mentor.form} if like else {}
    guide = cleared_enrolment(person__school=school, person__surname=mentor, mentor=True, **cycle)
    pupil = cleared_enrolment(person__school=school, person__surname=mentee, cycle=guide.cycle, form=guide.form)
    return MatchFactory(school=school, mentor=guide, mentee=pupil, **columns)


def shown(page: bytes, *surnames: str) -> list[str]:
    """Those of these that stand at the head of a row, in its order."""
    heads = re.findall(r'<th scope="row">\s*(\w+)', page.decode())
    return [name for name in heads if name in surnames]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_those_without_a_mentor(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    curator = actor_of()
    for _ in range(number):
        cleared_enrolment(person__school=school_of(curator), person__surname="Белых", cycle__year=2026)
    browser = log_in(curator)
    browser.get(PAGE)

    with django_assert_num_queries(18):
        answer = browser.get(PAGE, headers=PART)

    assert shown(answer.content, "Белых") == ["Белых"] * number


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_the_number_of_queries_does_not_grow_with_the_pairs(
    log_in: LogIn, number: int, role: Role, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of(role)
    for _ in range(number):
        pair(school_of(actor), "Белых")
    browser = log_in(actor)
    browser.get(PAGE, {"group": "proposed"})

    with django_assert_num_queries(20 if role == Role.ADMINISTRATOR else 19):  # what waits for him
        answer = browser.get(PAGE, {"group": "proposed"}, headers=PART)

    assert shown(answer.content, "Белых") == ["Белых"] * number


def test_the_headline_and_the_tabs_say_how_it_stands(log_in: LogIn) -> None:
    curator = actor_of()
    school = school_of(curator)
    first = pair(school, "Белых")
    pair(school, "Громова", like=first)
    pair(school, "Дубов", like=first, returned=True)
    pair(school, "Ершова", like=first, approved=True)
    PlaceFactory(match=pair(school, "Жуков", like=first, in_force=True))
    PlaceFactory(match=pair(school, "Зимина", like=first, in_force=True), left_on=timezone.localdate())
    pair(school, "Ивина", like=first, dropped=True)
    cleared_enrolment(person__school=school, cycle=first.mentor.cycle)
    pair(SchoolFactory(), "Чужая")

    page = log_in(curator).get(PAGE).content.decode()

    assert "2 пары ждут утверждения, 3 наставляемых без наставника" in page
    assert re.findall(r"<a href=\"/pairs/\?group=(\w+)\".*?<b>(\d+)</b>", page) == [
        ("unpaired", "3"),
        ("proposed", "2"),
        ("returned", "1"),
        ("approved", "1"),
        ("in_force", "1"),
    ]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("unpaired", ["Ёлкин"]),
        ("proposed", ["Белых"]),
        ("returned", ["Громова"]),
        ("approved", ["Дубов"]),
        ("in_force", ["Жуков"]),
        ("dropped", ["Ёлкин"]),
    ],
)
def test_each_part_shows_its_own(log_in: LogIn, group: str, names: list[str]) -> None:
    curator = actor_of()
    school = school_of(curator)
    first = pair(school, "Белых")
    pair(school, "Громова", like=first, returned=True)
    pair(school, "Дубов", like=first, approved=True)
    PlaceFactory(match=pair(school, "Жуков", like=first, in_force=True))
    cleared_enrolment(person__school=school, person__surname="Ёлкин", cycle=first.mentor.cycle)
    pair(SchoolFactory(), "Чужая")

    page = log_in(curator).get(PAGE, {"group": group}).content

    assert shown(page, "Белых", "Громова", "Дубов", "Жуков", "Ёлкин", "Чужая") == names


def test_the_administrator_begins_with_what_waits(log_in: LogIn) -> None:
    head = actor_of(Role.ADMINISTRATOR)
    first = pair(school_of(head), "Белых")
    cleared_enrolment(person__school=school_of(head), person__surname="Ёлкин", cycle=first.mentor.cycle)

    page = log_in(head).get(PAGE).content

    assert shown(page, "Белых", "Ёлкин") == ["Белых"]
    assert "Решить по 1 паре" in page.decode()


def test_why_someone_can_not_be_paired_yet_is_said_and_his_request_is_kept_back(log_in: LogIn) -> None:
    curator = actor_of()
    school = school_of(curator)
    one = EnrolmentFactory(person__school=school, request="Запрос без согласия")
    cleared_enrolment(person__school=school, cycle=one.cycle, request="")
    cleared_enrolment(person__school=school, cycle=one.cycle, request="Догнать математику")

    page = log_in(curator).get(PAGE).content.decode()

    assert re.findall(r"Пока нельзя:</b>\s*([^<]+)<", page) == [
        "согласие на обработку персональных данных не действует",
        "запрос ещё не записан",
    ]
    assert ("Запрос без согласия" in page, "Догнать математику" in page) == (False, True)
    assert page.count("Подобрать наставника") == 1


def test_the_words_of_a_person_whose_consent_has_ended_are_kept_back_in_a_pair_too(log_in: LogIn) -> None:
    curator = actor_of()
    match = pair(school_of(curator), "Белых")
    Enrolment.objects.filter(pk=match.mentee_id).update(request="Тайный запрос")
    match.mentee.person.consents.update(state=ConsentState.EXPIRED, ended_at=timezone.now())

    page = log_in(curator).get(PAGE, {"group": "proposed"}).content.decode()

    assert "Тайный запрос" not in page
    assert f"{match.mentee.person.short_name}: согласие на обработку персональных данных не действует." in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "семен"}, ["Семёнов"]),
        ({"q": "СЕМЁН мир"}, ["Семёнов"]),
        ({"q": "орешник"}, ["Громова"]),
        ({"q": "нет такого"}, []),
        ({"sort": "mentor"}, ["Семёнов", "Громова"]),
        ({"sort": "new"}, ["Семёнов", "Громова"]),
        ({"sort": "password"}, ["Громова", "Семёнов"]),
        ({"form": "999999", "year": "x", "page": "y"}, ["Громова", "Семёнов"]),
    ],
)
def test_pairs_are_found_by_either_side_and_put_in_order(
    log_in: LogIn, query: dict[str, str], names: list[str]
) -> None:
    curator = actor_of()
    first = pair(school_of(curator), "Громова", mentor="Орешников")
    pair(school_of(curator), "Семёнов", mentor="Агатов", like=first)

    page = log_in(curator).get(PAGE, {"group": "proposed"} | query).content

    assert shown(page, "Громова", "Семёнов") == names


def test_pairs_are_narrowed_by_form_and_shown_of_the_newest_year(log_in: LogIn) -> None:
    curator = actor_of()
    school = school_of(curator)
    first = pair(school, "Белых")
    other = cleared_enrolment(person__school=school, mentor=True, cycle=first.mentor.cycle)
    pupil = cleared_enrolment(person__school=school, person__surname="Громова", cycle=other.cycle, form=other.form)
    MatchFactory(school=school, mentor=other, mentee=pupil)
    past = CycleFactory(programme=first.mentor.cycle.programme, year=2025)
    old = cleared_enrolment(person__school=school, mentor=True, cycle=past)
    earlier = cleared_enrolment(person__school=school, person__surname="Прошлогоднев", cycle=past, form=old.form)
    MatchFactory(school=school, mentor=old, mentee=earlier)
    browser, names = log_in(curator), ("Белых", "Громова", "Прошлогоднев")

    pages = [
        browser.get(PAGE, {"group": "proposed"} | query).content
        for query in ({}, {"form": str(other.form_id)}, {"year": "2025"})
    ]

    assert [shown(page, *names) for page in pages] == [["Белых", "Громова"], ["Громова"], ["Прошлогоднев"]]


def test_long_lists_are_paged(log_in: LogIn) -> None:
    curator = actor_of()
    first = EnrolmentFactory(person__school=school_of(curator))
    for _ in range(51):
        EnrolmentFactory(
            person=PersonFactory(school=first.person.school, surname="Белых"), cycle=first.cycle, form=first.form
        )
    browser = log_in(curator)

    assert [len(shown(browser.get(PAGE, {"page": page}).content, "Белых")) for page in ("1", "2")] == [50, 1]


def test_only_the_rows_come_over_htmx(log_in: LogIn) -> None:
    curator = actor_of()
    pair(school_of(curator), "Белых")

    browser = log_in(curator)

    part = browser.get(PAGE, {"group": "proposed"}, headers=PART).content
    restored = browser.get(PAGE, {"group": "proposed"}, headers=PART | {"HX-History-Restore-Request": "true"}).content

    assert shown(part, "Белых") == ["Белых"]
    assert (b"<html" in part, b"<html" in restored) == (False, True)


def test_empty_parts_say_what_will_be_there(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    page = browser.get(PAGE).content.decode()

    assert "Пар пока нет" in page
    assert "Здесь стоят пары, которые предложил куратор, пока решение не принял администратор." in page


def test_looking_at_the_list_is_journaled_without_names(log_in: LogIn) -> None:
    curator = actor_of()
    pair(school_of(curator), "Белых")

    log_in(curator).get(PAGE, {"group": "proposed", "q": "белых"})

    assert list(Event.objects.values_list("verb", "detail", "actor")) == [
        ("list", {"list": "pairs", "count": 1}, curator.pseudonym)
    ]
