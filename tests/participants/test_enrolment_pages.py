"""Pages of a person's part in the year."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from participants.models import Enrolment, Side
from tests.factories import (
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    RoleModelFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def page_of(enrolment: Enrolment, step: str) -> str:
    return f"/participants/parts/{enrolment.pk}/{step}/"


def test_one_person_is_enrolled_once(log_in: LogIn) -> None:
    person = PersonFactory()
    this_year(person.school)
    form = MentoringFormFactory(school=person.school)
    url, sent = f"/participants/{person.pk}/enrol/", {"side": "mentee", "form": form.pk}
    browser = log_in(actor_of(school=person.school))

    answers = [browser.post(url, sent | {"once": "one-sending"}) for _ in range(2)]
    again = browser.post(url, sent | {"once": "another"})
    half = browser.post(url, {"side": "mentee"})

    assert [answer["Location"] for answer in answers] == [f"/participants/{person.pk}/"] * 2
    assert (again.status_code, "уже участвует" in again.content.decode(), half.status_code) == (400, True, 400)
    assert Enrolment.objects.count() == 1


def test_without_a_programme_the_page_says_what_comes_first(log_in: LogIn) -> None:
    person = PersonFactory()

    page = log_in(actor_of(school=person.school)).get(f"/participants/{person.pk}/enrol/").content.decode()

    assert ("Начать программу" in page, 'name="side"' in page) == (True, False)


def test_a_mentee_s_profile_is_filled_in(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(request="")
    role_model = RoleModelFactory(form=enrolment.form)
    browser = log_in(actor_of(school=enrolment.person.school))

    empty = browser.get(page_of(enrolment, "profile")).content.decode()
    answer = browser.post(
        page_of(enrolment, "profile"),
        {"request": "Олимпиады", "role_model": role_model.pk, "available": ["115", "116", "308"]},
    )
    filled = browser.get(page_of(enrolment, "profile")).content.decode()

    enrolment.refresh_from_db()
    assert ['name="request"' in empty, 'name="competences"' in empty] == [True, False]
    assert answer["Location"] == f"/participants/{enrolment.person_id}/"
    assert (enrolment.request, enrolment.available, enrolment.role_model) == ("Олимпиады", [115, 116, 308], role_model)
    assert filled.count(" checked>") == 3


def test_a_mentor_has_competences_and_places(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(side=Side.MENTOR, request="")
    browser = log_in(actor_of(school=enrolment.person.school))

    too_many = browser.post(page_of(enrolment, "profile"), {"competences": "Физика", "capacity": "31"})
    browser.post(page_of(enrolment, "profile"), {"competences": "Физика", "capacity": "3"})

    enrolment.refresh_from_db()
    assert (too_many.status_code, enrolment.competences, enrolment.capacity) == (400, "Физика", 3)


def test_an_hour_that_is_none_is_said_so_and_the_words_are_kept(log_in: LogIn) -> None:
    enrolment = cleared_enrolment()

    answer = log_in(actor_of(school=enrolment.person.school)).post(
        page_of(enrolment, "profile"), {"request": "Олимпиады", "available": ["125"]}
    )

    page = answer.content.decode()
    assert (answer.status_code, "Выберите корректный вариант" in page, "Олимпиады</textarea>" in page) == (
        400,
        True,
        True,
    )


def test_hours_that_the_page_does_not_show_stay(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(available=[105, 115])

    log_in(actor_of(school=enrolment.person.school)).post(
        page_of(enrolment, "profile"), {"request": "Олимпиады", "available": ["116"]}
    )

    enrolment.refresh_from_db()
    assert enrolment.available == [105, 116]


def test_before_the_consent_the_page_has_no_form(log_in: LogIn) -> None:
    enrolment = EnrolmentFactory(request="")
    browser = log_in(actor_of(school=enrolment.person.school))

    page = browser.get(page_of(enrolment, "profile")).content.decode()
    answer = browser.post(page_of(enrolment, "profile"), {"request": "Олимпиады"})

    enrolment.refresh_from_db()
    assert ("сначала согласие" in page, "<textarea" in page) == (True, False)
    assert (answer.status_code, enrolment.request) == (400, "")


def test_someone_leaves_and_is_brought_back(log_in: LogIn) -> None:
    enrolment = EnrolmentFactory()
    browser = log_in(actor_of(school=enrolment.person.school))

    asked = browser.get(page_of(enrolment, "end"))
    bare = browser.post(page_of(enrolment, "end"))
    left = browser.post(page_of(enrolment, "end"), {"reason": "school"}, follow=True).content.decode()
    twice = browser.post(page_of(enrolment, "end"), {"reason": "school"}).content.decode()
    back = browser.post(page_of(enrolment, "return"), follow=True).content.decode()

    enrolment.refresh_from_db()
    assert (asked.status_code, bare.status_code, enrolment.state) == (200, 400, "enrolled")
    assert "ушёл из школы" in left
    assert ["Вернуть в программу" in page for page in (left, back)] == [True, False]
    assert "уже изменил кто-то другой" in twice or "Посмотрите" in twice
