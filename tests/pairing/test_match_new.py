"""Choosing a mentor for a mentee."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from pairing.models import Match, MatchState
from participants.models import ConsentState, Enrolment, EnrolmentState
from tests.factories import (
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MatchFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
PAGE = "/pairs/new/"
LogIn = Callable[[Actor], Client]


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def mentee(curator: Actor) -> Enrolment:
    return cleared_enrolment(person__school=curator.school, request="Догнать алгебру", available=[115, 116, 318])


def mentor_of(mentee: Enrolment, surname: str, **columns: object) -> Enrolment:
    return cleared_enrolment(
        person__school=mentee.person.school,
        person__surname=surname,
        cycle=mentee.cycle,
        form=mentee.form,
        mentor=True,
        **{"state": EnrolmentState.READY} | columns,
    )


def offered(page: str) -> list[str]:
    return re.findall(r'<label for="mentor-\d+">\s*<b>(\w+)', page)


def refused(page: str) -> dict[str, str]:
    found = re.findall(r'<li>\s*<div>\s*<b>(\w+) .*?<span class="against">(.*?)</span>', page, re.DOTALL)
    return dict(found)


def sent(mentor: Enrolment | None, note: str = "", once: str = "a") -> dict[str, object]:
    return {"mentor": mentor.pk if mentor else "", "note": note, "once": once}


def test_the_number_of_queries_does_not_grow_with_the_mentors(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    browser, counts = log_in(curator), []
    browser.get(PAGE, {"mentee": mentee.pk})
    for number in (1, 3):
        while Enrolment.objects.filter(side="mentor").count() < number:
            mentor_of(mentee, "Орешников")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(PAGE, {"mentee": mentee.pk}).content.decode()
        counts.append(len(queries))
        assert len(offered(page)) == number

    assert counts[0] == counts[1]


def test_mentors_with_a_place_come_first_those_with_common_hours_before_the_others(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    mentor_of(mentee, "Агатов", available=[710])
    mentor_of(mentee, "Белых", available=[318])
    mentor_of(mentee, "Громова", available=[115, 116, 510])
    full = mentor_of(mentee, "Дубов", capacity=1)
    MatchFactory(school=curator.school, mentor=full, mentee=cleared_enrolment(cycle=full.cycle, form=full.form))
    EnrolmentFactory(
        person__school=curator.school, person__surname="Ершов", cycle=mentee.cycle, form=mentee.form, mentor=True
    )
    cleared_enrolment(person__school=curator.school, person__surname="Другая", cycle=mentee.cycle, mentor=True)

    page = log_in(curator).get(PAGE, {"mentee": mentee.pk}).content.decode()

    assert offered(page) == ["Громова", "Белых", "Агатов"]
    assert refused(page) == {
        "Дубов": "свободных мест нет: занято 1 из 1",
        "Ершов": "согласие на обработку персональных данных не действует",
    }
    assert re.findall(r"Оба свободны: ([^<]+)<", page) == ["пн\u00a015–17", "ср\u00a018–19"]
    assert "3 наставника со свободным местом" in page


def test_a_pair_is_proposed_and_the_curator_goes_on_with_the_next(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    mentor = mentor_of(mentee, "Орешников")

    answer = log_in(curator).post(f"{PAGE}?mentee={mentee.pk}", sent(mentor, "Оба любят задачи"), follow=True)

    match = Match.objects.get()
    assert (match.mentor, match.mentee, match.note) == (mentor, mentee, "Оба любят задачи")
    assert answer.redirect_chain == [("/pairs/?group=unpaired", 302)]
    assert "Пара предложена и ждёт утверждения администратором." in answer.content.decode()


def test_a_form_sent_fifty_times_proposes_one_pair(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    mentor, browser = mentor_of(mentee, "Орешников"), log_in(curator)

    answers = [browser.post(f"{PAGE}?mentee={mentee.pk}", sent(mentor, once="token")) for _ in range(50)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/pairs/?group=unpaired")}
    assert (Match.objects.count(), Event.objects.filter(verb="propose").count()) == (1, 1)


def test_a_mentor_must_be_chosen_and_what_was_typed_is_kept(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    mentor_of(mentee, "Орешников")

    answer = log_in(curator).post(f"{PAGE}?mentee={mentee.pk}", sent(None, "Оба любят задачи"))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert ("Сначала выберите наставника." in page, "Оба любят задачи" in page) == (True, True)


def test_a_place_taken_meanwhile_is_said_in_one_sentence_and_nothing_is_lost(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    mentor = mentor_of(mentee, "Орешников", capacity=1)
    MatchFactory(school=curator.school, mentor=mentor, mentee=cleared_enrolment(cycle=mentor.cycle, form=mentor.form))

    answer = log_in(curator).post(f"{PAGE}?mentee={mentee.pk}", sent(mentor, "Оба любят задачи"))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert f"{mentor.person.short_name}: свободных мест нет: занято 1 из 1." in page
    assert "Оба любят задачи" in page
    assert Match.objects.count() == 1


def test_a_token_is_good_again_after_a_refusal(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    mentor, browser = mentor_of(mentee, "Орешников", capacity=1), log_in(curator)
    other = MatchFactory(mentor=mentor, mentee=cleared_enrolment(cycle=mentor.cycle, form=mentor.form))
    browser.post(f"{PAGE}?mentee={mentee.pk}", sent(mentor, once="token"))
    Match.objects.filter(pk=other.pk).update(state=MatchState.DROPPED)

    answer = browser.post(f"{PAGE}?mentee={mentee.pk}", sent(mentor, once="token"))

    assert answer.status_code == 302


def test_mentors_of_another_form_year_or_school_are_not_accepted(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    strangers = [
        cleared_enrolment(person__school=curator.school, mentor=True, cycle=mentee.cycle),
        cleared_enrolment(person__school=curator.school, mentor=True, form=mentee.form),
        cleared_enrolment(mentor=True),
        cleared_enrolment(person__school=curator.school, cycle=mentee.cycle, form=mentee.form),
    ]
    browser = log_in(curator)

    answers = [browser.post(f"{PAGE}?mentee={mentee.pk}", sent(row, once=str(row.pk))) for row in strangers]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert all("Этого наставника больше нет в списке. Выберите другого." in one.content.decode() for one in answers)
    assert not Match.objects.exists()


def test_who_can_not_be_paired_yet_is_told_why_and_offered_nobody(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    mentor_of(mentee, "Орешников")
    mentee.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())

    page = log_in(curator).get(PAGE, {"mentee": mentee.pk}).content.decode()

    assert "Этому наставляемому пока нельзя подобрать наставника:" in page
    assert "согласие на обработку персональных данных не действует." in page
    assert (offered(page), "Догнать алгебру" in page) == ([], False)


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5"])
def test_without_a_mentee_one_begins_on_the_board(log_in: LogIn, curator: Actor, key: str) -> None:
    assert log_in(curator).get(PAGE, {"mentee": key})["Location"] == "/pairs/?group=unpaired"


def test_mentees_of_another_school_and_mentors_are_not_found(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    rows: list[int | str] = [cleared_enrolment().pk, mentor_of(mentee, "Орешников").pk, 10**9, "9" * 30, "9" * 4400]

    assert [log_in(curator).get(PAGE, {"mentee": pk}).status_code for pk in rows] == [404] * 5


def test_what_was_seen_is_journaled(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    mentor_of(mentee, "Орешников")

    log_in(curator).get(PAGE, {"mentee": mentee.pk})

    assert list(Event.objects.values_list("verb", "thing", "detail")) == [
        ("view", f"enrolment:{mentee.pk}", {"mentors": 1})
    ]


def test_a_mentor_against_a_rule_stands_below_the_others_and_is_proposed_with_a_reason(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    unready = mentor_of(mentee, "Агатов", state=EnrolmentState.ENROLLED, available=[115, 116])
    mentor_of(mentee, "Белых", available=[318])
    browser = log_in(curator)

    page = browser.get(PAGE, {"mentee": mentee.pk}).content.decode()
    refusal = browser.post(f"{PAGE}?mentee={mentee.pk}", sent(unready, once="a"))
    browser.post(f"{PAGE}?mentee={mentee.pk}", sent(unready, "Обучение на этой неделе", once="b"))

    against = f"{unready.person.short_name}: собеседование и обучение ещё не пройдены."
    assert offered(page) == ["Белых", "Агатов"]
    assert f"{against} Предложить можно, если написать почему." in page
    assert (refusal.status_code, against in refusal.content.decode()) == (400, True)
    assert [(row.lifted, row.note) for row in Match.objects.all()] == [(["status"], "Обучение на этой неделе")]


def test_one_of_the_family_is_not_offered(log_in: LogIn, curator: Actor, mentee: Enrolment) -> None:
    brother = mentor_of(mentee, "Ольхин")
    guardian = GuardianFactory(school=curator.school)
    for enrolment in (brother, mentee):
        GuardianshipFactory(minor=enrolment.person, guardian=guardian)

    page = log_in(curator).get(PAGE, {"mentee": mentee.pk}).content.decode()

    assert (offered(page), refused(page)) == ([], {"Ольхин": "наставник – из семьи наставляемого"})


def test_the_mentor_with_most_points_comes_first_and_the_page_says_what_they_are_for(
    log_in: LogIn, curator: Actor, mentee: Enrolment
) -> None:
    mentor_of(mentee, "Агатов", competences="История", available=[115])
    mentor_of(mentee, "Белых", competences="Алгебра и геометрия", available=[115, 116])
    mentor_of(mentee, "Громова", competences="Алгебра", available=[115, 116], state=EnrolmentState.INTERVIEWED)

    page = log_in(curator).get(PAGE, {"mentee": mentee.pk}).content.decode()

    assert offered(page) == ["Белых", "Агатов", "Громова"]
    assert re.findall(r'<small class="good">([^<]+ из 100[^<]+)</small>', page) == [
        "48 баллов из 100: алгебра и геометрия; общие часы: пн",
        "4 балла из 100: общий час только один: пн",
        "48 баллов из 100: алгебра; общие часы: пн",
    ]
