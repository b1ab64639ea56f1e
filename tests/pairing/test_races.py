"""R9: no double assignment, lost update or second decision, however many act at once.

Each promise is held with the locks, and the same crowd breaks it at least once without them.
FAULTS=long makes 10,000 attempts at each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from core.actors import SYSTEM
from core.models import Event, Role, School
from core.pictures import Scan
from pairing.models import OPEN_MATCHES, Match, MatchState, Mentorship, MentorshipState, Place
from pairing.services.matches import approve_match, propose_match
from pairing.services.mentorships import start_mentorships
from participants.models import Consent, ConsentPage, ConsentState, Enrolment, EnrolmentState
from participants.services.checking import accept_consent
from participants.services.sending import keep_copy
from participants.services.withdrawal import withdraw_consent
from reports.models import Order
from reports.services.orders import draft_order
from roadmap.models import Window, WindowState
from roadmap.services.progress import mark_done
from tests.factories import ConsentFactory, MatchFactory, SchoolFactory, WindowFactory, actor_of, cleared_enrolment
from tests.pairing.crowd import PEOPLE, Race, run, unguarded

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def people(school: School, like: Enrolment, **columns: object) -> list[Enrolment]:
    return [
        cleared_enrolment(person__school=school, cycle=like.cycle, form=like.form, **columns) for _ in range(PEOPLE)
    ]


def drop_all() -> None:
    Match.objects.all().delete()


def moves(before: str, after: str) -> int:
    return Event.objects.filter(verb="move", from_state=before, to_state=after).count()


def places_of_a_mentor() -> Race:
    curator = actor_of(Role.CURATOR)
    assert curator.school
    mentor = cleared_enrolment(person__school=curator.school, mentor=True, capacity=3)
    mentees = people(curator.school, mentor)

    return Race(
        "a mentor's places",
        begin=drop_all,
        attempt=lambda number: propose_match(mentor=mentor, mentee=mentees[number], note="Сами", by=curator),
        is_broken=lambda: Match.objects.filter(mentor=mentor, state__in=OPEN_MATCHES).count() != 3,
        locked=(Enrolment, Match),
    )


def one_mentor_per_mentee() -> Race:
    curator = actor_of(Role.CURATOR)
    assert curator.school
    mentee = cleared_enrolment(person__school=curator.school)
    mentors = people(curator.school, mentee, mentor=True)

    return Race(
        "one pair per mentee and form",
        begin=drop_all,
        attempt=lambda number: propose_match(mentor=mentors[number], mentee=mentee, note="Сами", by=curator),
        is_broken=lambda: Match.objects.filter(mentee=mentee, state__in=OPEN_MATCHES).count() != 1,
        locked=(Enrolment, Match),
        backed_by=(Match, "one_open_match_per_mentee_and_form"),
    )


def one_approval() -> Race:
    school = SchoolFactory()
    heads = [actor_of(Role.ADMINISTRATOR, school) for _ in range(PEOPLE)]
    match = MatchFactory(school=school)

    def begin() -> None:
        Match.objects.update(state=MatchState.PROPOSED, decided_by=None, decided_at=None)
        Event.objects.all().delete()

    return Race(
        "one approval of a pair",
        begin=begin,
        attempt=lambda number: approve_match(match=match, by=heads[number]),
        is_broken=lambda: moves("proposed", "approved") != 1,
        locked=(Enrolment, Match),
    )


def numbers_of_orders() -> Race:
    """Everyone drafts an order for a pair of his own and takes the next free number."""
    curator = actor_of(Role.CURATOR)
    first = MatchFactory(school=curator.school, approved=True)
    cycle, year = first.mentor.cycle, date(2026, 10, 30)
    mentors = people(first.school, first.mentor, mentor=True)
    mentees = people(first.school, first.mentor)
    matches = [
        MatchFactory(school=first.school, mentor=mentor, mentee=mentee, approved=True)
        for mentor, mentee in zip(mentors, mentees, strict=True)
    ]

    def begin() -> None:
        Order.objects.all().delete()

    def draft(number: int) -> None:
        draft_order(
            cycle=cycle, matches=[matches[number]], dated_on=year, starts_on=year, ends_on=date(2027, 5, 31), by=curator
        )

    return Race(
        "the number of an order",
        begin=begin,
        attempt=draft,
        is_broken=lambda: Order.objects.values("number").distinct().count() != PEOPLE,
        locked=(School,),
        backed_by=(Order, "one_order_per_school_year_and_number"),
    )


def one_copy() -> Race:
    """Both parents and their retrying phones send the signed form at once."""
    consent = ConsentFactory(person__school=actor_of(Role.CURATOR).school)
    scans = [Scan(name="1.jpg", pages=(b"a page",), codes_by_page=((),))]

    def begin() -> None:
        ConsentPage.objects.all().delete()
        Consent.objects.update(state=ConsentState.ASKED, attempt=0, sent_at=None)
        Event.objects.all().delete()

    return Race(
        "one copy of a consent",
        begin=begin,
        attempt=lambda _number: keep_copy(consent=consent, scans=scans, by=SYSTEM),
        is_broken=lambda: (moves("asked", "sent"), ConsentPage.objects.count()) != (1, 1),
        locked=(Consent,),
        backed_by=(ConsentPage, "one_page_per_attempt_and_place"),
    )


def one_acceptance() -> Race:
    school = SchoolFactory()
    curators = [actor_of(Role.CURATOR, school) for _ in range(PEOPLE)]
    consent = ConsentFactory(person__school=school, sent=True)

    def begin() -> None:
        Consent.objects.update(state=ConsentState.SENT, decided_by=None, decided_at=None)
        Event.objects.all().delete()

    return Race(
        "one acceptance of a consent",
        begin=begin,
        attempt=lambda number: accept_consent(consent=consent, seen=1, by=curators[number]),
        is_broken=lambda: moves("sent", "in_force") != 1,
        locked=(Consent,),
    )


def one_mark() -> Race:
    window = WindowFactory(starts_on=None, ends_on=None)
    school = window.cycle.programme.school
    curators = [actor_of(Role.CURATOR, school) for _ in range(PEOPLE)]

    def begin() -> None:
        Window.objects.update(state=WindowState.PLANNED, done_on=None, done_by=None)
        Event.objects.all().delete()

    return Race(
        "one mark on an activity of a stage",
        begin=begin,
        attempt=lambda number: mark_done(
            window=window, done_on=timezone.localdate(), note=f"{number}", by=curators[number]
        ),
        is_broken=lambda: moves("planned", "done") != 1,
        locked=(Window,),
    )


def nothing_after_a_withdrawal() -> Race:
    """One withdraws a mentee's consent while the others propose mentors to that mentee."""
    curator = actor_of(Role.CURATOR)
    assert curator.school
    mentee = cleared_enrolment(person__school=curator.school)
    mentors = people(curator.school, mentee, mentor=True)
    consent = mentee.person.consents.get()

    def begin() -> None:
        drop_all()
        Consent.objects.filter(pk=consent.pk).update(state=ConsentState.IN_FORCE, ended_at=None)
        Enrolment.objects.filter(pk=mentee.pk).update(state=EnrolmentState.ENROLLED, left_on=None)

    def attempt(number: int) -> None:
        if number == 0:
            withdraw_consent(consent=consent, by=curator)
        else:
            propose_match(mentor=mentors[number], mentee=mentee, note="Сами", by=curator)

    return Race(
        "no pair after a withdrawal",
        begin=begin,
        attempt=attempt,
        is_broken=lambda: Match.objects.filter(state__in=OPEN_MATCHES).exists(),
        locked=(Enrolment, Match),
        backed_by=(Match, "one_open_match_per_mentee_and_form"),
    )


def no_mentorship_after_a_withdrawal() -> Race:
    """One withdraws a mentor's consent while the others put an order with his pair in force."""
    curator = actor_of(Role.CURATOR)
    match = MatchFactory(school=curator.school, approved=True)
    consent, first = match.mentor.person.consents.get(), timezone.localdate()

    def begin() -> None:
        Place.objects.all().delete()
        Mentorship.objects.all().delete()
        Match.objects.update(state=MatchState.APPROVED)
        Consent.objects.filter(pk=consent.pk).update(state=ConsentState.IN_FORCE, ended_at=None)
        Enrolment.objects.filter(pk=match.mentor_id).update(state=EnrolmentState.ENROLLED, left_on=None)

    def attempt(number: int) -> None:
        if number == 0:
            withdraw_consent(consent=consent, by=curator)
        else:
            start_mentorships(matches=[match], starts_on=first, ends_on=first, ground="приказ", by=curator)

    return Race(
        "no mentorship after a withdrawal",
        begin=begin,
        attempt=attempt,
        is_broken=lambda: Mentorship.objects.filter(state=MentorshipState.ACTIVE).exists(),
        locked=(Enrolment, Match, Mentorship),
    )


RACES: dict[str, Callable[[], Race]] = {
    "places": places_of_a_mentor,
    "pairs": one_mentor_per_mentee,
    "approvals": one_approval,
    "numbers": numbers_of_orders,
    "copies": one_copy,
    "acceptances": one_acceptance,
    "marks": one_mark,
    "withdrawals": nothing_after_a_withdrawal,
    "mentorships": no_mentorship_after_a_withdrawal,
}


@pytest.mark.parametrize("name", RACES)
def test_the_promise_holds_however_many_act_at_once(name: str) -> None:
    tally = run(RACES[name]())

    assert (tally.broken, dict(tally.trouble)) == (0, {})
    assert tally.done > 0


@pytest.mark.parametrize("name", RACES)
def test_without_the_lock_the_same_crowd_breaks_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    race = RACES[name]()

    with unguarded(race, monkeypatch):
        tally = run(race, until_broken=True)

    assert tally.broken == 1
