"""The list of those who have not answered, with when each was reminded, and reminding them from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Notice, Role
from participants.models import Consent, ConsentState, Guardian, Person
from participants.services.proving import note_opening
from tests.factories import ConsentFactory, PersonalLinkFactory, SchoolFactory, actor_of
from tests.participants.asked import pupil, school_with_texts

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
LONG_AGO = timezone.now() - timedelta(days=4)


def silent(school: Any, **columns: Any) -> Consent:
    """What was asked of a guardian four days ago and not answered."""
    state = columns.pop("state", {})
    person = pupil(school, **columns)
    return ConsentFactory(person=person, guardian=person.guardianships.get().guardian, asked_at=LONG_AGO, **state)


def test_only_what_waits_for_a_signer_is_listed_with_when_he_was_reminded(log_in: LogIn) -> None:
    school = school_with_texts()
    waiting = silent(school, surname="Ждущий")
    Consent.objects.filter(pk=waiting.pk).update(reminders=2, reminded_at=LONG_AGO + timedelta(days=3))
    for state in ("sent", "in_force", "accepted", "contested", "declined", "withdrawn", "cancelled"):
        silent(school, surname="Ответивший", state={state: True})
    silent(SchoolFactory(), surname="Чужой")

    page = log_in(actor_of(school=school)).get("/consents/unanswered/").text

    assert [name in page for name in ("Ждущий", "Ответивший", "Чужой")] == [True, False, False]
    assert ("2 раза, последний" in page, "ссылку ещё не открывали" in page, "1 согласие ждёт ответа" in page) == (
        True,
        True,
        True,
    )


def test_opening_the_link_is_seen(log_in: LogIn) -> None:
    school = school_with_texts()
    consent = silent(school)
    link = PersonalLinkFactory(person=consent.person, guardian=consent.guardian)

    note_opening(link)
    consent.refresh_from_db()
    first = consent.opened_at
    note_opening(link)

    consent.refresh_from_db()
    assert (consent.opened_at, first is not None) == (first, True)
    assert "ссылку открыли" in log_in(actor_of(school=school)).get("/consents/unanswered/").text


def test_a_class_is_chosen_and_reminded_as_a_whole(log_in: LogIn) -> None:
    school = school_with_texts()
    sixth, seventh = silent(school, class_name="6 «А»"), silent(school, class_name="7 «Б»")
    browser = log_in(actor_of(school=school))

    page = browser.get("/consents/unanswered/", {"class_name": "6 «А»"}).text
    answer = browser.post("/consents/unanswered/remind/", {"class_name": "6 «А»", "all": "1", "once": "t"})
    browser.post("/consents/unanswered/remind/", {"class_name": "6 «А»", "all": "1", "once": "t"})

    assert [row.person.surname in page for row in (sixth, seventh)] == [True, False]
    assert (answer.status_code, list(Consent.objects.order_by("pk").values_list("reminders", flat=True))) == (
        302,
        [1, 0],
    )
    assert Notice.objects.filter(kind="consent-reminder").count() == 1


def test_those_without_an_address_have_no_tick_and_are_named_when_all_are_reminded(log_in: LogIn) -> None:
    school = school_with_texts()
    silent(school)
    Guardian.objects.update(email="")
    browser = log_in(actor_of(school=school))

    page = browser.get("/consents/unanswered/").text
    answer = browser.post("/consents/unanswered/remind/", {"all": "1"}, follow=True)

    assert ('type="checkbox"' in page, "нет адреса почты" in page) == (False, True)
    assert ("Распечатайте лист с кодом" in answer.text, Notice.objects.count()) == (True, 0)


def test_many_are_reminded_by_the_worker_and_none_twice(log_in: LogIn) -> None:
    school = school_with_texts()
    for _number in range(22):
        silent(school)

    answer = log_in(actor_of(school=school)).post("/consents/unanswered/remind/", {"all": "1"})
    job = Job.objects.get()
    run_due_jobs()

    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert set(Consent.objects.values_list("reminders", flat=True)) == {1}


def test_another_schools_consents_are_not_reminded(log_in: LogIn) -> None:
    consent = silent(school_with_texts())
    browser = log_in(actor_of(Role.CURATOR, SchoolFactory()))

    browser.post("/consents/unanswered/remind/", {"consent": [consent.pk, "x", "٣"]})

    consent.refresh_from_db()
    assert (consent.reminders, consent.state) == (0, ConsentState.ASKED)


def test_the_administrator_reads_and_reminds_nobody(log_in: LogIn) -> None:
    school = school_with_texts()
    silent(school)
    browser = log_in(actor_of(Role.ADMINISTRATOR, school))

    page = browser.get("/consents/unanswered/")

    assert (page.status_code, "Напомнить" in page.text) == (200, False)
    assert browser.post("/consents/unanswered/remind/", {"all": "1"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(
    rows: int, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    school = school_with_texts()
    for _number in range(rows):
        silent(school)
    browser = log_in(actor_of(school=school))

    with django_assert_num_queries(23):
        browser.get("/consents/unanswered/")

    assert Event.objects.filter(verb="list").latest("pk").detail == {"list": "unanswered consents", "count": rows}
    assert Person.objects.count() == rows
