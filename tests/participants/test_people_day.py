"""What the register adds to the roadmap and to the curator's day."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.models import Role
from participants.models import Side
from participants.receivers.people_day import ask_for_profiles, evidence_of
from participants.services.profiles import fill_profile
from roadmap.day import waiting_for
from roadmap.evidence import evidence_of as shown_evidence
from roadmap.models import EvidenceKind
from tests.factories import EnrolmentFactory, actor_of, cleared_enrolment
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db


def test_the_bases_count_those_whose_profile_is_filled_of_those_who_take_part(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    filled = cleared_enrolment()
    fill_profile(enrolment=filled, request="Олимпиады", by=actor_of(school=filled.person.school))
    same = {"person__school": filled.person.school, "cycle": filled.cycle, "form": filled.form}
    EnrolmentFactory(**same)
    EnrolmentFactory(**same, left=True)
    EnrolmentFactory(**same, mentor=True)
    other = EnrolmentFactory()

    with django_assert_num_queries(1):
        found = evidence_of(Side.MENTEE, [filled.cycle_id, other.cycle_id, 0])

    assert {cycle: (row.done, row.total) for cycle, row in found.items()} == {
        filled.cycle_id: (1, 2),
        other.cycle_id: (0, 1),
        0: (0, 0),
    }
    assert found[filled.cycle_id].words == "запросы наставляемых: 1 из 2"
    assert found[filled.cycle_id].url == "/participants/?side=mentee"


def test_the_roadmap_asks_for_both_bases() -> None:
    cycle = EnrolmentFactory(mentor=True).cycle_id

    found = shown_evidence([EvidenceKind.MENTEES, EvidenceKind.MENTORS], [cycle])

    assert {kind: row.words for (kind, _cycle), row in found.items()} == {
        "mentees": "запросы наставляемых: 0 из 0",
        "mentors": "компетенции наставников: 0 из 1",
    }


def test_profiles_wait_for_the_curator_once_the_consent_is_in_force() -> None:
    curator = actor_of()
    assert curator.school
    cycle = this_year(curator.school)
    today = timezone.localdate()
    first = cleared_enrolment(person__school=curator.school, cycle=cycle)
    same = {"person__school": curator.school, "cycle": cycle, "form": first.form}
    cleared_enrolment(**same)
    cleared_enrolment(**same, mentor=True)
    EnrolmentFactory(**same)
    cleared_enrolment(**same, left=True)
    cleared_enrolment()

    rows = list(ask_for_profiles(curator, today))
    administrator = waiting_for(actor_of(Role.ADMINISTRATOR, curator.school), today)

    assert [(row.text, row.url) for row in rows] == [
        ("Запишите запросы 2 наставляемых", "/participants/?standing=unfilled&side=mentee"),
        ("Запишите компетенции 1 наставника", "/participants/?standing=unfilled&side=mentor"),
    ]
    assert rows[0] in waiting_for(curator, today)
    assert [row for row in administrator if "/participants/" in row.url] == []


def test_nothing_waits_where_everything_is_filled_or_past() -> None:
    curator = actor_of()
    assert curator.school
    enrolment = cleared_enrolment(person__school=curator.school, cycle=this_year(curator.school))
    past = timezone.localdate() + timedelta(days=400)

    fill_profile(enrolment=enrolment, request="Олимпиады", by=curator)

    assert list(ask_for_profiles(curator, timezone.localdate())) == []
    assert list(ask_for_profiles(curator, past)) == []
