"""What meetings show in the menu, on the home pages and under the activities of the roadmap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.models import Role, School
from core.navigation import links_for
from pairing.models import Meeting, Mentorship
from pairing.receivers.meeting_day import (
    ask_curator,
    ask_mentor,
    paint_for_signer,
    paint_mentees,
    paint_mentor,
    paint_strips,
)
from participants.models import ConsentState
from roadmap.evidence import evidence_of
from roadmap.models import EvidenceKind
from tests.factories import CycleFactory, MeetingFactory, MentorshipFactory, SchoolFactory, actor_of, cleared_enrolment
from tests.families import Family, new_family

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def school() -> School:
    return SchoolFactory()


def pair(school: School, days: int = 3) -> Family:
    """A pair of fifty days whose last meeting was so many days ago."""
    family = new_family(school)
    Mentorship.objects.filter(pk=family.mentorship.pk).update(
        starts_on=TODAY - timedelta(days=50), ends_on=TODAY + timedelta(days=100)
    )
    Meeting.objects.filter(mentorship=family.mentorship).update(held_at=timezone.now() - timedelta(days=days))
    return family


def test_the_menu_leads_to_meetings_those_who_have_any() -> None:
    found = {role for role in Role if any(row.url == "/mentorships/" for row in links_for(actor_of(role), "/"))}

    assert found == {Role.CURATOR, Role.ADMINISTRATOR, Role.MENTOR}


def test_a_curator_is_told_how_many_pairs_are_silent_with_the_rule(school: School) -> None:
    for days in (3, 21, 22):
        pair(school, days)

    (row,) = ask_curator(actor_of(Role.CURATOR, school), TODAY)

    assert (row.text, row.detail) == ("2 пары молчат", "встреч нет 21 день или дольше")
    assert row.url == "/mentorships/?group=silent"
    assert list(ask_curator(actor_of(Role.CURATOR), TODAY)) == []


def test_a_curator_is_told_of_pairs_past_the_term_of_their_order(school: School) -> None:
    family = pair(school, 40)
    Mentorship.objects.update(ends_on=TODAY - timedelta(days=1))

    (row,) = ask_curator(family.actor_in(Role.CURATOR), TODAY)

    assert (row.text, row.day) == ("Завершите работу 1 пары", TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Сегодня должна была быть встреча"),
        (1, "Вчера должна была быть встреча"),
        (3, "Встреча должна была быть 3 дня назад"),
    ],
)
def test_a_mentor_is_asked_for_a_planned_meeting_that_has_passed(school: School, days: int, words: str) -> None:
    family = pair(school, 9)
    planned = timezone.now() - timedelta(days=days, seconds=1)
    Meeting.objects.update(next_at=planned)
    today = timezone.localdate(timezone.now() - timedelta(seconds=1), school.zone)

    (row,) = ask_mentor(family.actor_in(Role.MENTOR), today)

    assert (row.text, row.detail, row.deed) == (words, family.mentee.short_name, "Записать")
    assert row.url == f"/mentorships/{family.mentorship.pk}/meet/?planned"


def test_a_mentor_is_not_asked_for_what_is_to_come_or_was_recorded_or_has_ended(school: School) -> None:
    family = pair(school, 9)
    mentor = family.actor_in(Role.MENTOR)
    Meeting.objects.update(next_at=timezone.now() + timedelta(days=1))
    assert list(ask_mentor(mentor, TODAY)) == []

    Meeting.objects.update(next_at=timezone.now() - timedelta(days=2))
    assert len(list(ask_mentor(mentor, TODAY))) == 1
    MeetingFactory(mentorship=family.mentorship, held_at=timezone.now() - timedelta(days=1))
    assert list(ask_mentor(mentor, TODAY)) == []

    Meeting.objects.update(next_at=timezone.now() - timedelta(hours=1))
    Mentorship.objects.update(state="finished", ended_on=TODAY)
    assert list(ask_mentor(mentor, TODAY)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_strips_take_the_same_queries_however_many_pairs(
    school: School, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        pair(school)
    actor = actor_of(Role.ADMINISTRATOR, school)
    paint_strips(actor, TODAY)  # the first line of a journal has queries of its own

    with django_assert_num_queries(7):
        panel = paint_strips(actor, TODAY)

    assert panel
    assert (len(panel.context["lines"]), panel.context["total"]) == (number, number)


def test_nothing_is_shown_where_there_is_nothing(school: School) -> None:
    assert paint_strips(actor_of(Role.CURATOR, school), TODAY) is None
    assert paint_mentees(actor_of(Role.MENTOR, school), TODAY) is None
    assert paint_mentor(actor_of(Role.MENTEE, school), TODAY) is None


@pytest.mark.parametrize("number", [1, 3])
def test_a_mentors_panel_takes_the_same_queries_however_many_pairs(
    school: School, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    family = pair(school)
    for _ in range(number - 1):
        part = cleared_enrolment(person=family.mentor, mentor=True)
        MentorshipFactory(school=school, mentor=part)
    mentor = family.actor_in(Role.MENTOR)
    paint_mentees(mentor, TODAY)

    with django_assert_num_queries(6):
        panel = paint_mentees(mentor, TODAY)

    assert panel
    assert len(panel.context["cards"]) == number


@pytest.mark.parametrize("role", [Role.MENTEE, Role.GUARDIAN])
def test_a_family_is_shown_its_mentor_until_the_consent_ends(school: School, role: Role) -> None:
    family = pair(school)
    actor = family.actor_in(role)

    panel = paint_mentor(actor, TODAY)
    signer = paint_for_signer(family.mentee, TODAY)

    assert panel
    assert signer
    (card,) = panel.context["cards"]
    assert (card.mentor, card.agreed, card.meetings) == (family.mentor.full_name, family.meeting.summary, 1)
    assert signer.context["cards"] == [card]
    family.mentee.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())
    assert (paint_mentor(actor, TODAY), paint_for_signer(family.mentee, TODAY)) == (None, None)


KINDS = {
    EvidenceKind.FIRST_MEETINGS: "первые встречи: 1 из 2 пар",
    EvidenceKind.TRIAL_MEETINGS: "пробные встречи: 0 из 2 пар",
    EvidenceKind.PLANNING_MEETINGS: "встречи-планирования: 0 из 2 пар",
    EvidenceKind.MEETINGS: "встречи: 3, у 1 из 2 пар",
    EvidenceKind.FINAL_MEETINGS: "заключительные встречи: 0 из 2 пар",
}


def test_the_roadmap_counts_the_pairs_that_met_by_kind(
    school: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    part = cleared_enrolment(person__school=school, mentor=True)
    met = MentorshipFactory(school=school, mentor=part)
    for done in ("finished", "stopped"):
        other = cleared_enrolment(person__school=school, mentor=True, cycle=part.cycle)
        MentorshipFactory(school=school, mentor=other, **{done: True})
    MeetingFactory(mentorship=met, kind="first")
    for _ in range(3):
        MeetingFactory(mentorship=met, kind="regular")
    cycle, empty = part.cycle_id, CycleFactory(programme__school=school).pk

    with django_assert_num_queries(len(KINDS)):
        found = evidence_of(KINDS, [cycle, empty])

    assert {kind: found[kind.value, cycle].words for kind in KINDS} == KINDS
    assert {found[kind.value, empty].words for kind in KINDS} == {"работающих пар пока нет"}
    first = found[EvidenceKind.FIRST_MEETINGS.value, cycle]
    assert (first.done, first.total, first.url) == (1, 2, "/mentorships/?group=active")
