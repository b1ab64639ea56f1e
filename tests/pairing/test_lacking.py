"""What pairs lack under an activity is said in words, and the list it leads to holds exactly those."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from pairing.models import MeetingKind
from roadmap.evidence import Evidence, evidence_of
from roadmap.models import EvidenceKind
from tests.factories import (
    CycleFactory,
    MatchFactory,
    MeetingFactory,
    MentorshipFactory,
    PlaceFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
KINDS = {
    EvidenceKind.FIRST_MEETINGS: (MeetingKind.FIRST, "первой встречи"),
    EvidenceKind.TRIAL_MEETINGS: (MeetingKind.TRIAL, "пробной встречи"),
    EvidenceKind.PLANNING_MEETINGS: (MeetingKind.PLANNING, "встречи-планирования"),
    EvidenceKind.MEETINGS: (MeetingKind.REGULAR, "регулярных встреч"),
    EvidenceKind.FINAL_MEETINGS: (MeetingKind.FINAL, "заключительной встречи"),
}


def evidence(kind: EvidenceKind, cycle: int) -> Evidence:
    return evidence_of([kind], [cycle])[kind.value, cycle]


def test_mentees_without_an_approved_pair_are_counted_and_listed(log_in: LogIn) -> None:
    by = actor_of()
    approved = MatchFactory(school=by.school, approved=True)
    cycle, form = approved.mentee.cycle, approved.mentee.form
    same = {"person__school": by.school, "cycle": cycle, "form": form}
    alone = cleared_enrolment(**same)
    proposed = MatchFactory(school=by.school, mentor=approved.mentor, mentee=cleared_enrolment(**same))
    cleared_enrolment(person__school=by.school, cycle=CycleFactory(programme__school=by.school, year=cycle.year))

    found = evidence(EvidenceKind.PAIRS, cycle.pk)
    page = log_in(by).get(found.lacks_url)

    assert found.lacks == "у 2 из 3 наставляемых нет утверждённой пары"
    assert {line.pk for line in page.context["lines"]} == {alone.pk, proposed.mentee_id}
    assert "и те, кому наставник уже предложен" in page.content.decode()
    assert all("cycle=" not in tab.url for tab in page.context["tabs"])
    assert log_in(actor_of(Role.CLASS_TEACHER, by.school)).get(found.lacks_url).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_without_a_meeting_are_counted_and_listed(log_in: LogIn, kind: EvidenceKind) -> None:
    by = actor_of()
    met = PlaceFactory(school=by.school).mentorship
    cycle = met.mentor.cycle
    mentors = [cleared_enrolment(person__school=by.school, mentor=True, cycle=cycle) for _number in range(3)]
    working, finished, _stopped = (
        MentorshipFactory(school=by.school, mentor=mentor, **more)
        for mentor, more in zip(mentors, ({}, {"finished": True}, {"stopped": True}), strict=True)
    )
    MentorshipFactory(school=by.school)  # of another cycle
    meeting, words = KINDS[kind]
    MeetingFactory(mentorship=met, kind=meeting)

    found = evidence(kind, cycle.pk)
    page = log_in(by).get(found.lacks_url)

    assert found.lacks == f"у 2 из 3 пар не было {words}"
    assert {line.pk for line in page.context["lines"]} == {working.pk, finished.pk}
    assert [tab.is_current for tab in page.context["tabs"]] == [False] * 3


def test_where_every_pair_met_nothing_lacks_and_the_old_address_says_so(log_in: LogIn) -> None:
    by = actor_of()
    met = PlaceFactory(school=by.school).mentorship
    address = evidence(EvidenceKind.FIRST_MEETINGS, met.mentor.cycle_id).lacks_url
    MeetingFactory(mentorship=met, kind="first")

    found = evidence(EvidenceKind.FIRST_MEETINGS, met.mentor.cycle_id)

    assert (found.lacks, found.lacks_url, found.is_complete) == ("", "", True)
    assert "Такая встреча была у каждой пары этого года." in log_in(by).get(address).content.decode()


@pytest.mark.parametrize(
    "asked", ["without=feast&cycle=1", f"without=first&cycle={10**30}", "without=first", "cycle=x"]
)
def test_what_makes_no_sense_in_the_address_is_passed_over(log_in: LogIn, asked: str) -> None:
    browser = log_in(actor_of())

    pages = [browser.get(f"/{page}/?group=active&{asked}") for page in ("mentorships", "pairs")]

    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].context["group"] == "active"


def test_where_there_are_no_pairs_or_mentees_that_is_what_lacks() -> None:
    cycle = CycleFactory().pk

    words = {kind: evidence(kind, cycle).lacks for kind in (EvidenceKind.PAIRS, EvidenceKind.MEETINGS)}

    assert words == {EvidenceKind.PAIRS: "наставляемых пока нет", EvidenceKind.MEETINGS: "работающих пар пока нет"}
