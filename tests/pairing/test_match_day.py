"""What matches show in the menu, on the home pages, under activities and beside a person, and what stops them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role, School
from pairing.board import matches_of, mentees_of, without_mentor
from pairing.models import Match
from pairing.receivers.match_day import (
    ask_administrator,
    ask_curator,
    badge_of,
    count_pairs,
    evidence_of_pairs,
    hanging_matches,
)
from participants.hanging import hanging_on
from participants.models import Enrolment
from participants.services.enrolments import end_enrolment
from participants.services.withdrawal import withdraw_consent
from roadmap.evidence import evidence_of
from roadmap.models import EvidenceKind
from tests.factories import (
    ApprovalRuleFactory,
    CycleFactory,
    EnrolmentFactory,
    MatchFactory,
    MentorshipFactory,
    PlaceFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def head(curator: Actor) -> Actor:
    return actor_of(Role.ADMINISTRATOR, curator.school)


def day_of(match: Match, column: str) -> date:
    moment = getattr(match, column)
    return timezone.localtime(moment, match.school.zone).date()


def test_pairs_wait_for_an_administrator_who_did_not_propose_them(curator: Actor, head: Actor) -> None:
    matches = MatchFactory.create_batch(2, school=curator.school)
    MatchFactory(school=curator.school, proposed_by=head.user)
    MatchFactory()

    waiting = list(ask_administrator(head, TODAY))

    assert [(row.text, row.url, row.day) for row in waiting] == [
        ("Утвердить 2 пары", "/pairs/decide/", day_of(matches[0], "proposed_at"))
    ]
    assert (badge_of(head), badge_of(curator)) == (2, 0)


def test_where_one_head_decides_his_own_wait_for_him_too(head: Actor) -> None:
    MatchFactory(school=head.school, proposed_by=head.user)
    ApprovalRuleFactory(school=head.school)

    assert [row.text for row in ask_administrator(head, TODAY)] == ["Утвердить 1 пару"]


def test_returned_pairs_and_mentees_who_can_be_paired_wait_for_the_curator(curator: Actor) -> None:
    returned = MatchFactory(school=curator.school, returned=True)
    alike = {"person__school": curator.school, "cycle": returned.mentor.cycle, "form": returned.mentor.form}
    cleared_enrolment(**alike)
    cleared_enrolment(**alike, request="")
    EnrolmentFactory(**alike)
    cleared_enrolment(**alike, left=True)

    waiting = list(ask_curator(curator, TODAY))

    assert [(row.text, row.url, row.day) for row in waiting] == [
        ("1 пару вернули", "/pairs/?group=returned", day_of(returned, "decided_at")),
        ("Подобрать наставника 1 наставляемому", "/pairs/?group=unpaired", None),
    ]
    assert badge_of(curator) == 1


def test_nothing_waits_where_there_is_nothing(curator: Actor, head: Actor) -> None:
    MatchFactory(returned=True)

    assert (list(ask_curator(curator, TODAY)), list(ask_administrator(head, TODAY))) == ([], [])
    assert (badge_of(curator), badge_of(head), count_pairs(curator, TODAY)) == (0, 0, [])


def standing(school: School | None) -> tuple[Match, Enrolment]:
    """One mentee proposed, one approved, one in force, one whose mentor has gone, one without."""
    first = MatchFactory(school=school)
    like = {"cycle": first.mentor.cycle, "form": first.mentor.form}

    def pair(**columns: object) -> Match:
        sides = [cleared_enrolment(person__school=first.school, mentor=mentor, **like) for mentor in (True, False)]
        return MatchFactory(school=first.school, mentor=sides[0], mentee=sides[1], **columns)

    approved = pair(approved=True)
    PlaceFactory(match=pair(in_force=True))
    PlaceFactory(match=pair(in_force=True), left_on=TODAY)
    alone = cleared_enrolment(person__school=first.school, **like)
    EnrolmentFactory(person__school=first.school, left=True, **like)
    return approved, alone


def test_a_mentee_whose_mentorship_was_finished_needs_no_other_mentor(curator: Actor) -> None:
    last = date(2027, 5, 31)
    finished, left = MatchFactory.create_batch(2, school=curator.school, in_force=True)
    for match, day in ((finished, last), (left, date(2026, 12, 1))):
        mentorship = MentorshipFactory(school=curator.school, mentor=match.mentor, finished=True, ends_on=last)
        PlaceFactory(match=match, mentorship=mentorship, left_on=day)

    alone = without_mentor(mentees_of(curator, 2026))
    standing = matches_of(curator, 2026)
    found = evidence_of_pairs([finished.mentee.cycle_id, left.mentee.cycle_id])

    assert (list(alone), list(standing)) == ([left.mentee], [finished])
    assert [found[row.mentee.cycle_id].done for row in (finished, left)] == [1, 0]


def test_the_figures_of_the_day_say_how_many_are_in_a_pair_and_how_many_are_not(curator: Actor) -> None:
    standing(curator.school)

    facts = count_pairs(curator, TODAY)

    assert [(fact.figure, fact.words, fact.url) for fact in facts] == [
        ("3", "наставляемых в парах", "/pairs/?group=proposed"),
        ("2", "ещё без наставника", "/pairs/?group=unpaired"),
    ]


def test_the_evidence_of_pairs_counts_the_approved_and_those_in_force(curator: Actor) -> None:
    approved, alone = standing(curator.school)
    other = cleared_enrolment(person__school=curator.school, cycle=CycleFactory(year=2031))
    empty = CycleFactory()
    cycles = [alone.cycle_id, other.cycle_id, empty.pk]

    with CaptureQueriesContext(connection) as queries:
        found = evidence_of([EvidenceKind.PAIRS], cycles)

    assert {cycle: (row.words, row.url, row.done, row.total) for (_kind, cycle), row in found.items()} == {
        alone.cycle_id: ("пары: 2 из 5", "/pairs/?year=2026", 2, 5),
        other.cycle_id: ("пары: 0 из 1", "/pairs/?year=2031", 0, 1),
        empty.pk: ("наставляемых пока нет", "/pairs/", 0, 0),
    }
    assert len(queries) == 1
    assert evidence_of_pairs([approved.mentee.cycle_id])[approved.mentee.cycle_id].done == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [("proposed", "ждёт утверждения"), ("returned", "возвращена"), ("approved", "утверждена"), ("dropped", "")],
)
def test_the_open_pairs_of_a_person_hang_on_him(state: str, words: str) -> None:
    match = MatchFactory(**({} if state == "proposed" else {state: True}))
    mentor, mentee = match.mentor.person, match.mentee.person
    said = [(f"пара {mentor.short_name} – {mentee.short_name}: {words}", f"/pairs/?group={state}")] if words else []

    for person in (mentor, mentee):
        assert [(row.words, row.url) for row in hanging_matches(person)] == said
        assert [row.words for row in hanging_on(person)] == [words for words, _url in said]


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_withdrawal_takes_the_open_pairs_back_and_journals_it(curator: Actor, side: str) -> None:
    match, other = MatchFactory(school=curator.school, approved=True), MatchFactory(school=curator.school)
    person = getattr(match, side).person

    withdraw_consent(consent=person.consents.get(), by=curator)

    assert dict(Match.objects.values_list("pk", "state")) == {match.pk: "dropped", other.pk: "proposed"}
    assert list(Event.objects.filter(thing=f"match:{match.pk}").values_list("from_state", "to_state", "actor")) == [
        ("approved", "dropped", curator.pseudonym)
    ]


@pytest.mark.parametrize("state", ["proposed", "returned", "approved"])
def test_nobody_leaves_while_a_pair_of_his_is_open(curator: Actor, state: str) -> None:
    match = MatchFactory(school=curator.school, **({} if state == "proposed" else {state: True}))

    for enrolment in (match.mentor, match.mentee):
        with pytest.raises(DomainError, match="Пара с этим человеком предложена или утверждена"):
            end_enrolment(enrolment=enrolment, by=curator)


def test_who_has_no_open_pair_may_leave(curator: Actor) -> None:
    match = MatchFactory(school=curator.school, dropped=True)

    end_enrolment(enrolment=match.mentor, by=curator)

    assert Enrolment.objects.get(pk=match.mentor_id).left_on == TODAY
