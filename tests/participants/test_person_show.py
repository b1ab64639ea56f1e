"""A person's card, its next step, changing and removing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from participants import hanging
from participants.models import Enrolment, Person, Side
from participants.services.profiles import fill_profile
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    MentoringFormFactory,
    PersonFactory,
    RoleModelFactory,
    actor_of,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def card(log_in: LogIn, person: Person, role: Role = Role.CURATOR) -> str:
    page = log_in(actor_of(role, person.school)).get(f"/participants/{person.pk}/").content.decode()
    return " ".join(page.split())


def enrolled(**columns: Any) -> Enrolment:
    person = columns.pop("person", None) or PersonFactory()
    return EnrolmentFactory(person=person, cycle=this_year(person.school), request="", **columns)


def main_button(page: str) -> str:
    """The words of the one button of the card that stands out."""
    found = [part.split(">")[1].split("<")[0].strip() for part in page.split('class="btn btn-primary"')[1:]]
    assert len(found) < 2
    return "".join(found)


def test_the_card_shows_who_it_is_who_signs_and_how_it_stands(log_in: LogIn) -> None:
    row = GuardianshipFactory()
    ConsentFactory(person=row.minor, guardian=row.guardian, sent=True)

    page = card(log_in, row.minor)

    assert row.minor.full_name in page
    shown = ["7 «Б»\u00a0класс", "5\u00a0марта\u00a02014", row.guardian.full_name, row.guardian.email, "ждёт проверки"]
    assert [words for words in shown if words.replace("\u00a0", " ") not in page.replace("\u00a0", " ")] == []
    assert Event.objects.get(verb="view").thing == f"person:{row.minor.pk}"


def test_the_next_step_leads_from_the_name_to_the_profile(log_in: LogIn) -> None:
    person = PersonFactory()
    steps = [main_button(card(log_in, person))]
    enrolment = enrolled(person=person)
    steps.append(main_button(card(log_in, person)))
    guardian = GuardianshipFactory(minor=person).guardian
    steps.append(main_button(card(log_in, person)))
    consent = ConsentFactory(person=person, guardian=guardian)
    steps.append(main_button(card(log_in, person)))
    consent.delete()
    consent = ConsentFactory(person=person, guardian=guardian, sent=True)
    steps.append(main_button(card(log_in, person)))
    consent.delete()
    ConsentFactory(person=person, guardian=guardian, in_force=True)
    steps.append(main_button(card(log_in, person)))
    fill_profile(enrolment=enrolment, request="Олимпиады", by=actor_of(school=person.school))
    steps.append(main_button(card(log_in, person)))

    assert steps == [
        "Записать в программу",
        "Добавить родителя",
        "Запросить согласие",
        "",
        "Проверить согласие",
        "Записать запрос",
        "",
    ]


def test_an_employee_who_mentors_an_employee_is_asked_for_the_second_consent(log_in: LogIn) -> None:
    person = PersonFactory(teacher=True)
    form = MentoringFormFactory(school=person.school, employees=True)
    enrolled(person=person, form=form, side=Side.MENTOR)
    ConsentFactory(person=person, own=True, mentor=True, in_force=True)

    before = card(log_in, person)
    ConsentFactory(person=person, labour=True)
    after = card(log_in, person)

    words = "по статье 351.8"
    assert [(main_button(page), words in page) for page in (before, after)] == [
        ("Запросить согласие", True),
        ("Записать компетенции", False),
    ]


def test_the_profile_is_shown_while_the_consent_is_in_force_and_not_after(log_in: LogIn) -> None:
    enrolment = enrolled()
    person = enrolment.person
    ConsentFactory(person=person, in_force=True)
    role_model = RoleModelFactory(form=enrolment.form, name="лидер – пассивный")
    by = actor_of(school=person.school)
    fill_profile(enrolment=enrolment, request="Олимпиады", available=[115, 116], role_model=role_model, by=by)
    secrets = ("Олимпиады", "пн\u00a015–17", "лидер – пассивный")

    before = card(log_in, person)
    person.consents.all().delete()
    ConsentFactory(person=person, withdrawn=True)
    after = card(log_in, person)

    assert [[words.replace("\u00a0", " ") in page for words in secrets] for page in (before, after)] == [
        [True] * 3,
        [False] * 3,
    ]


def test_what_hangs_on_the_person_is_listed(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory()
    monkeypatch.setattr(hanging, "_describers", [lambda one: [hanging.Hanging("пара № 7", "/pairs/7/")]])

    page = card(log_in, person)

    assert '<a href="/pairs/7/">пара № 7</a>' in page
    assert "Удалить из списка" not in page


def test_the_administrator_reads_the_card_and_finds_no_button(log_in: LogIn) -> None:
    enrolment = enrolled()
    consent = ConsentFactory(person=enrolment.person, sent=True)

    page = card(log_in, enrolment.person, Role.ADMINISTRATOR)

    assert enrolment.person.full_name in page
    assert [
        words
        for words in ("/edit/", "/enrol/", "/end/", "/door/", f"/consents/{consent.pk}/", "btn-primary")
        if words in page
    ] == []


def test_a_person_is_changed(log_in: LogIn) -> None:
    person = PersonFactory(class_name="7 «Б»")
    url = f"/participants/{person.pk}/edit/"
    browser = log_in(actor_of(school=person.school))
    sent = {"kind": "pupil", "surname": "Ёлкин", "given_name": "Мирон", "birth_date": "2014-03-05"}

    page = browser.get(url).content.decode()
    wrong = browser.post(url, sent | {"class_name": ""})
    answer = browser.post(url, sent | {"class_name": "8 «Б»"})

    person.refresh_from_db()
    assert ('value="7 «Б»"' in page, 'name="phone"' in page) == (True, False)
    assert (wrong.status_code, answer["Location"]) == (400, f"/participants/{person.pk}/")
    assert (person.surname, person.class_name) == ("Ёлкин", "8 «Б»")


def test_the_phone_is_asked_for_after_the_consent(log_in: LogIn) -> None:
    person = PersonFactory(teacher=True)
    ConsentFactory(person=person, own=True, in_force=True)

    page = log_in(actor_of(school=person.school)).get(f"/participants/{person.pk}/edit/").content.decode()

    assert 'name="phone"' in page


def test_removing_asks_first_and_refuses_in_words(log_in: LogIn) -> None:
    person, asked = PersonFactory(), PersonFactory()
    ConsentFactory(person=asked)
    browser, there = log_in(actor_of(school=person.school)), log_in(actor_of(school=asked.school))

    question = browser.get(f"/participants/{person.pk}/remove/").content.decode()
    gone = browser.post(f"/participants/{person.pk}/remove/")
    refusal = there.get(f"/participants/{asked.pk}/remove/").content.decode()
    kept = there.post(f"/participants/{asked.pk}/remove/", follow=True).content.decode()

    assert ("Удалить из списка:" in question, gone["Location"]) == (True, "/participants/")
    assert ["Согласие уже запрашивали" in page for page in (refusal, kept)] == [True, True]
    assert list(Person.objects.all()) == [asked]


def test_names_are_shown_as_typed_and_never_as_code(log_in: LogIn) -> None:
    person = PersonFactory(surname="<script>alert(1)</script>", class_name='"><b>')

    page = card(log_in, person)

    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)


def test_an_employee_s_consent_stands_on_the_part_with_its_days(log_in: LogIn) -> None:
    person = PersonFactory(teacher=True)
    form = MentoringFormFactory(school=person.school, employees=True)
    enrolled(person=person, form=form, side=Side.MENTOR)
    ConsentFactory(person=person, own=True, mentor=True, in_force=True)

    before = card(log_in, person)
    consent = ConsentFactory(person=person, labour=True, in_force=True, expires_on=date(2099, 5, 31))
    after = card(log_in, person).replace("\u00a0", " ")

    assert consent.decided_at
    assert "(ст. 351.8 ТК РФ): ещё не запрашивали" in before
    assert "(ст. 351.8 ТК РФ): действует с " in after
    assert " по 31 мая 2099" in after


def test_parts_of_now_stand_open_and_those_that_are_over_are_folded(log_in: LogIn) -> None:
    now = enrolled()
    EnrolmentFactory(person=now.person, left=True)

    page = card(log_in, now.person)

    assert page.count('<details class="part">') == 1
    assert page.count("/return/") == 1


def test_a_mentor_and_mentee_in_two_forms_has_two_parts_each_by_its_own_consent(log_in: LogIn) -> None:
    mentee = enrolled(interests="шахматы")
    enrolled_as = {"person": mentee.person, "cycle": mentee.cycle, "side": Side.MENTOR, "interests": "походы"}
    EnrolmentFactory(**enrolled_as)
    guardian = GuardianshipFactory(minor=mentee.person).guardian
    ConsentFactory(person=mentee.person, guardian=guardian, in_force=True)

    page = card(log_in, mentee.person)

    assert ["шахматы" in page, "походы" in page, main_button(page)] == [True, False, "Запросить согласие"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_asks_the_same_however_many_parts(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = PersonFactory()
    ConsentFactory(person=person, mentor=True, in_force=True)
    for _ in range(number):
        enrolled(person=person, side=Side.MENTOR)
    browser = log_in(actor_of(school=person.school))
    browser.get(f"/participants/{person.pk}/")

    with django_assert_num_queries(33):
        browser.get(f"/participants/{person.pk}/")
