"""What people lack under an activity is said in words, and the list it leads to holds exactly those people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Role
from participants.models import Side
from participants.services.profiles import fill_profile
from roadmap.evidence import Evidence, evidence_of
from roadmap.models import Cycle, EvidenceKind
from tests.factories import (
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
CONSENTS = {Side.MENTEE: EvidenceKind.MENTEE_CONSENTS, Side.MENTOR: EvidenceKind.MENTOR_CONSENTS}
BASES = {Side.MENTEE: EvidenceKind.MENTEES, Side.MENTOR: EvidenceKind.MENTORS}


@pytest.fixture
def by() -> Actor:
    return actor_of()


def cycle_of(by: Actor, year: int = 2026) -> Cycle:
    return CycleFactory(programme__school=by.school, year=year)


def evidence(kind: EvidenceKind, cycle: Cycle) -> Evidence:
    return evidence_of([kind], [cycle.pk])[kind.value, cycle.pk]


def listed(browser: Client, url: str) -> list[str]:
    """The surnames on the page at this address."""
    return sorted(line.name.split()[0] for line in browser.get(url).context["lines"])


def crowd(by: Actor, cycle: Cycle, side: Side) -> list[str]:
    """Four with their consents, three without, of whom one was withdrawn; the surnames of these three."""
    more = {"mentor": True} if side == Side.MENTOR else {}
    for _number in range(4):
        cleared_enrolment(person__school=by.school, cycle=cycle, **more)
    rows = [EnrolmentFactory(person__school=by.school, cycle=cycle, **more) for _number in range(3)]
    ConsentFactory(person=rows[0].person, withdrawn=True)
    ConsentFactory(person=rows[1].person, sent=True)
    EnrolmentFactory(person__school=by.school, cycle=cycle, left=True, **more)
    return sorted(row.person.surname for row in rows)


@pytest.mark.parametrize(("side", "words"), [(Side.MENTEE, "наставляемых"), (Side.MENTOR, "наставников")])
def test_those_without_a_consent_are_counted_and_listed(log_in: LogIn, by: Actor, side: Side, words: str) -> None:
    cycle = cycle_of(by)
    lacking = crowd(by, cycle, side)
    crowd(by, cycle, Side.MENTEE if side == Side.MENTOR else Side.MENTOR)
    cleared_enrolment(person__school=actor_of().school)

    found = evidence(CONSENTS[side], cycle)

    assert found.lacks == f"у 3 из 7 {words} нет согласия"
    assert listed(log_in(by), found.lacks_url) == lacking


def test_an_employee_who_mentors_an_employee_lacks_the_second_consent(log_in: LogIn, by: Actor) -> None:
    cycle, form = cycle_of(by), MentoringFormFactory(school=by.school, employees=True)
    mentor = PersonFactory(school=by.school, teacher=True)
    EnrolmentFactory(person=mentor, cycle=cycle, form=form, mentor=True)
    ConsentFactory(person=mentor, own=True, in_force=True)

    found = evidence(EvidenceKind.MENTOR_CONSENTS, cycle)

    assert found.lacks == "у 1 из 1 наставника нет согласия"
    assert listed(log_in(by), found.lacks_url) == [mentor.surname]


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (Side.MENTEE, "у 3 из 4 наставляемых не записан запрос"),
        (Side.MENTOR, "у 3 из 4 наставников не записаны компетенции"),
    ],
)
def test_those_without_a_profile_are_counted_and_listed(log_in: LogIn, by: Actor, side: Side, words: str) -> None:
    cycle = cycle_of(by)
    more = {"mentor": True} if side == Side.MENTOR else {}
    filled = cleared_enrolment(person__school=by.school, cycle=cycle, **more)
    given = {"competences": "Шахматы", "capacity": 2} if more else {"request": "Шахматы"}
    fill_profile(enrolment=filled, by=by, **given)
    rows = [cleared_enrolment(person__school=by.school, cycle=cycle, **more)]
    rows += [EnrolmentFactory(person__school=by.school, cycle=cycle, **more) for _number in range(2)]
    EnrolmentFactory(person=rows[0].person, cycle=cycle, **more)  # in a second form as well

    found = evidence(BASES[side], cycle)

    assert found.lacks == words
    assert listed(log_in(by), found.lacks_url) == sorted(row.person.surname for row in rows)


def test_the_list_is_of_the_cycle_in_question_and_says_so(log_in: LogIn, by: Actor) -> None:
    now, before = timezone.localdate().year, cycle_of(by, 2019)
    crowd(by, cycle_of(by, now), Side.MENTEE)
    lacking = crowd(by, before, Side.MENTEE)
    browser = log_in(by)

    url = evidence(EvidenceKind.MENTEE_CONSENTS, before).lacks_url

    assert listed(browser, url) == lacking
    page = browser.get(url).content.decode()
    assert "Участие в 2019–2020 учебном году." in page
    assert re.search(rf'name="cycle" value="{before.pk}"', page)
    assert 'id="with-ticked"' not in page


def test_the_list_of_another_school_is_not_opened_by_its_cycle(log_in: LogIn, by: Actor) -> None:
    cycle = cycle_of(by)
    crowd(by, cycle, Side.MENTEE)
    url = evidence(EvidenceKind.MENTEE_CONSENTS, cycle).lacks_url

    assert listed(log_in(actor_of()), url) == []
    assert log_in(actor_of(Role.PSYCHOLOGIST, by.school)).get(url).status_code == 403


@pytest.mark.parametrize("cycle", ["0", "-1", "x", "9" * 30, ""])
def test_a_cycle_that_makes_no_sense_is_passed_over(log_in: LogIn, by: Actor, cycle: str) -> None:
    assert log_in(by).get("/participants/", {"cycle": cycle}).status_code == 200


@pytest.mark.parametrize("kind", [*CONSENTS.values(), *BASES.values()])
def test_where_nobody_takes_part_that_is_what_lacks(kind: EvidenceKind, by: Actor) -> None:
    found = evidence(kind, cycle_of(by))

    assert found.lacks == ("наставников пока нет" if "mentor" in kind else "наставляемых пока нет")
    assert not found.is_complete


def test_where_nobody_lacks_anything_nothing_is_said(by: Actor) -> None:
    cycle = cycle_of(by)
    cleared_enrolment(person__school=by.school, cycle=cycle)

    found = evidence(EvidenceKind.MENTEE_CONSENTS, cycle)

    assert (found.lacks, found.lacks_url, found.is_complete) == ("", "", True)
