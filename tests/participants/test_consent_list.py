"""The list of consents: tabs, search, asking from it, and what the day's page says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Notice, Role
from participants.models import Consent
from participants.receivers.consent_day import (
    ask_curator,
    badge_of,
    count_consents,
    evidence_of_mentees,
    evidence_of_mentors,
)
from participants.services.asking_many import ask_in_turn
from participants.views.consents import AT_ONCE
from tests.factories import (
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.asked import pupil, school_with_texts, sent_consent, teacher

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
URL = "/consents/"


def tabs_of(page: str) -> list[str]:
    """«Проверить 1»: the tabs with their counts, the current one starred."""
    inside = page.split('<nav class="tabs"')[1].split("</nav>", maxsplit=1)[0]
    parts = inside.split("<a ")[1:]
    return [
        ("*" if "aria-current" in part else "")
        + part.split(">", 1)[1].replace("<b>", "").replace("</b>", "").replace("</a>", "").strip()
        for part in parts
    ]


def test_each_consent_stands_in_the_tab_of_its_state(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    person = {"person__school": by.school}
    ConsentFactory(**person)
    for state in ("sent", "returned", "in_force", "declined", "cancelled", "withdrawn", "expired"):
        ConsentFactory(**person, **{state: True})
    assert by.school is not None
    pupil(by.school)
    ConsentFactory(sent=True)

    page = log_in(by).get(URL).text

    assert tabs_of(page) == [
        "*Проверить 1",
        "Не спрошены 1",
        "Запрошены 1",
        "Возвращены 1",
        "В силе 1",
        "Завершены 4",
    ]
    assert page.count('<th scope="row">') == 1


@pytest.mark.parametrize("tab", ["sent", "missing", "asked", "returned", "in_force", "ended"])
def test_an_empty_tab_says_what_will_be_there(tab: str, log_in: LogIn) -> None:
    answer = log_in(actor_of()).get(URL, {"tab": tab})

    assert (answer.status_code, 'class="empty"' in answer.text, "<table" in answer.text) == (200, True, False)


def test_the_first_tab_shown_is_the_first_in_which_something_is_to_be_done(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    ConsentFactory(person__school=by.school)
    assert by.school is not None

    before = tabs_of(log_in(by).get(URL).text)
    pupil(by.school)
    after = tabs_of(log_in(by).get(URL, {"tab": "nonsense"}).text)

    assert ([tab for tab in before if "*" in tab], [tab for tab in after if "*" in tab]) == (
        ["*Запрошены 1"],
        ["*Не спрошены 1"],
    )


def test_a_consent_is_found_by_name_and_purpose(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    person = teacher(by.school, of_employees=True, surname="Ёлкина")
    ConsentFactory(person=person, own=True)
    ConsentFactory(person=person, labour=True)
    ConsentFactory(person__school=by.school)
    browser = log_in(by)

    counts = [
        browser.get(URL, {"tab": "asked", **wanted}).text.count('<th scope="row">')
        for wanted in ({}, {"q": "елкина"}, {"q": "Ёлкина физики"}, {"purpose": "labour"}, {"q": "Никто"})
    ]

    assert counts == [3, 2, 2, 1, 0]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("tab", "queries"), [("asked", 14), ("missing", 15)])
def test_the_list_takes_the_same_queries_however_long_it_is(
    number: int, tab: str, queries: int, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    for _ in range(number):
        person = pupil(by.school)
        if tab == "asked":
            ConsentFactory(person=person, guardian=person.guardianships.get().guardian)
    browser = log_in(by)
    browser.get(URL)

    with django_assert_num_queries(queries):
        page = browser.get(URL, {"tab": tab}, headers={"HX-Request": "true"}).text

    assert page.count('<th scope="row">') == number


def test_only_the_rows_come_for_a_part_of_the_page(log_in: LogIn) -> None:
    by = actor_of()
    ConsentFactory(person__school=by.school)

    part = log_in(by).get(URL, {"tab": "asked"}, headers={"HX-Request": "true"}).text

    assert ("<html" in part, part.count('<th scope="row">')) == (False, 1)


def test_looking_at_the_list_is_journaled_as_a_count(log_in: LogIn) -> None:
    by = actor_of()
    ConsentFactory(person__school=by.school)

    log_in(by).get(URL, {"tab": "asked"})

    event = Event.objects.get(verb="list")
    assert (event.actor, event.detail) == (by.pseudonym, {"list": "consents", "count": 1})


def test_all_who_were_not_asked_are_asked_at_once_and_their_forms_are_made(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    for _ in range(3):
        pupil(by.school)
    alone = pupil(by.school, guardians=0)
    browser = log_in(by)

    answer = browser.post(reverse("participants:consent_ask_many"), {"all": "1", "once": "x"}, follow=True)
    again = browser.post(reverse("participants:consent_ask_many"), {"all": "1", "once": "x"})

    assert (Consent.objects.count(), Notice.objects.count(), Job.objects.filter(kind="consent-pdf").count()) == (3,) * 3
    assert again["Location"] == answer.redirect_chain[0][0] == f"{URL}?tab=missing"
    assert "Запрошено 3 согласия." in answer.text
    assert f"{alone.short_name}: нет законного представителя" in answer.text


def test_a_whole_school_is_asked_by_the_worker_person_by_person(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    for _ in range(AT_ONCE):
        pupil(by.school)
    pupil(by.school, guardians=0)
    pupil(school_with_texts())
    browser = log_in(by)

    answers = [browser.post(reverse("participants:consent_ask_many"), {"all": "1", "once": "x"}) for _ in range(2)]
    before = Consent.objects.count()
    job = Job.objects.get()
    run_due_jobs(most=1)
    ask_in_turn(job, lambda done, total: None)

    page = reverse("core:job_show", args=(job.pk,))
    assert ([answer["Location"] for answer in answers], before) == ([page, page], 0)
    assert (Consent.objects.count(), Notice.objects.count()) == (AT_ONCE, AT_ONCE)
    assert set(Consent.objects.values_list("asked_by", "person__school")) == {(by.user_id, by.school.pk)}
    assert Job.objects.filter(kind="consent-pdf").count() == AT_ONCE
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", AT_ONCE + 1, AT_ONCE + 1)


def test_those_ticked_are_asked_and_nobody_of_another_school(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    ticked, other, stranger = pupil(by.school), pupil(by.school), pupil(school_with_texts())

    keys = [ticked.pk, stranger.pk, "x", "9" * 30]
    answer = log_in(by).post(reverse("participants:consent_ask_many"), {"person": keys})

    assert (answer["Location"], list(Consent.objects.values_list("person", flat=True))) == (
        f"{URL}?tab=asked",
        [ticked.pk],
    )
    assert other.consents.count() == 0


def test_one_person_is_asked_from_the_card_once(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    person, alone = pupil(by.school), pupil(by.school, guardians=0)
    browser = log_in(by)

    answers = [browser.post(reverse("participants:consent_ask", args=(person.pk,)), {"once": "x"}) for _ in range(2)]
    refused = browser.post(reverse("participants:consent_ask", args=(alone.pk,)), follow=True)

    card = reverse("participants:person_show", args=(person.pk,))
    assert ([answer["Location"] for answer in answers], Consent.objects.count()) == ([card, card], 1)
    assert "нет законного представителя" in refused.text


def test_slips_are_printed_for_the_page_of_those_asked_in_one_click(log_in: LogIn) -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    people = [pupil(by.school), pupil(by.school)]
    for person in people:
        ConsentFactory(person=person, guardian=person.guardianships.get().guardian)
    browser = log_in(by)

    page = browser.get(URL, {"tab": "asked"}).text
    keys = [part.split('"')[0] for part in page.split('name="person" value="')[1:]]
    slips = browser.post(reverse("participants:slip_make"), {"person": keys}, follow=True).text

    assert keys == [str(person.pk) for person in people]
    assert [slips.count(person.full_name) for person in people] == [1, 1]


# ---------------------------------------------------------------- the day, the roadmap


def test_the_curator_is_told_what_to_check_whom_to_ask_and_who_withdrew() -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    first = sent_consent(by.school, sent_at=timezone.now() - timedelta(days=3))
    sent_consent(by.school)
    pupil(by.school)
    gone = ConsentFactory(person__school=by.school, withdrawn=True)
    ConsentFactory(person__school=by.school, withdrawn=True, ended_at=timezone.now() - timedelta(days=31))
    renewed = ConsentFactory(person__school=by.school, withdrawn=True)
    ConsentFactory(person=renewed.person, in_force=True)
    sent_consent(school_with_texts())

    rows = list(ask_curator(by, timezone.localdate()))

    assert [(row.text, row.url) for row in rows] == [
        ("Проверить 2 согласия", reverse("participants:consent_check", args=(first.pk,))),
        ("Не спрошены согласия: 1 человек", f"{URL}?tab=missing"),
        (
            f"Согласие отозвано: {gone.person.short_name}",
            reverse("participants:consent_check", args=(gone.pk,)),
        ),
    ]
    assert (badge_of(by), badge_of(actor_of(Role.ADMINISTRATOR, by.school))) == (2, 0)


def test_whoever_is_asked_has_declined_or_takes_part_no_more_is_not_to_be_asked() -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    for state in ({}, {"sent": True}, {"returned": True}, {"in_force": True}, {"declined": True}):
        ConsentFactory(person=pupil(by.school), **state)
    left = pupil(by.school)
    left.enrolments.update(state="left", left_on=timezone.localdate())
    past = pupil(by.school)
    past.enrolments.get().cycle.__class__.objects.filter(enrolments__person=past).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )

    before = [row.text for row in ask_curator(by, timezone.localdate())]
    pending = teacher(by.school, of_employees=True)
    ConsentFactory(person=pending, own=True, in_force=True)

    assert before == ["Проверить 1 согласие"]
    assert [row.text for row in ask_curator(by, timezone.localdate())][1:] == ["Не спрошены согласия: 1 человек"]


def test_those_taking_part_are_counted_once_with_every_consent_they_need() -> None:
    by = actor_of(school=school_with_texts())
    assert by.school is not None
    cleared = cleared_enrolment(person__school=by.school)
    EnrolmentFactory(person=cleared.person, cycle=cleared.cycle)
    half = teacher(by.school, of_employees=True)
    ConsentFactory(person=half, own=True, in_force=True)

    (fact,) = count_consents(by, timezone.localdate())

    assert (fact.figure, fact.words) == ("1 из 2", "участников с согласиями в силе")
    assert list(count_consents(actor_of(), timezone.localdate())) == []


@pytest.mark.parametrize("number", [1, 3])
def test_evidence_counts_people_of_each_cycle_and_side_in_two_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cycles = [CycleFactory() for _ in range(number)]
    for cycle in cycles:
        school = cycle.programme.school
        form = MentoringFormFactory(school=school, employees=True)
        done = cleared_enrolment(person__school=school, cycle=cycle, form=form)
        EnrolmentFactory(person=done.person, cycle=cycle)
        EnrolmentFactory(person__school=school, cycle=cycle)
        EnrolmentFactory(person__school=school, cycle=cycle, left=True)
        mentor = PersonFactory(school=school, teacher=True)
        EnrolmentFactory(person=mentor, cycle=cycle, form=form, mentor=True)
        ConsentFactory(person=mentor, own=True, in_force=True)
    keys = [cycle.pk for cycle in cycles]

    with django_assert_num_queries(2):
        mentees = evidence_of_mentees(keys)
    with django_assert_num_queries(2):
        mentors = evidence_of_mentors(keys)

    assert [(row.words, row.done, row.total) for row in mentees.values()] == [("согласия: 1 из 2", 1, 2)] * number
    assert [(row.done, row.total) for row in mentors.values()] == [(0, 1)] * number
    assert [*mentees] == keys
