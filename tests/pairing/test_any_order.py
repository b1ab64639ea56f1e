"""R28: whatever is tried in whatever order, no pair reaches a state it may not be in, and each step is journaled once.

FAULTS=long takes 20,000 steps.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.journal import broken_links
from core.models import Event, Role
from pairing.models import OPEN_MATCHES, Match, MatchState, Mentorship, MentorshipState, Place
from pairing.services.matches import (
    approve_match,
    approve_matches,
    drop_match,
    propose_again,
    propose_match,
    return_match,
)
from pairing.services.mentorships import end_mentorship, leave_place, start_mentorships
from participants.models import Consent, ConsentPurpose, Enrolment, EnrolmentState, Side
from participants.services.enrolments import return_enrolment
from participants.services.withdrawal import withdraw_consent
from tests.factories import ConsentFactory, actor_of, cleared_enrolment

STEPS = 20_000 if os.environ.get("FAULTS") == "long" else 200


class School:
    """Three mentors with four places and five mentees, and one of every role who may try anything."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        curator = actor_of(Role.CURATOR)
        self.actors = [curator] + [actor_of(role, curator.school) for role in Role]
        self.actors += [actor_of(Role.ADMINISTRATOR, curator.school) for _ in range(4)]
        first = cleared_enrolment(person__school=curator.school, mentor=True, capacity=2)
        alike = {"person__school": curator.school, "cycle": first.cycle, "form": first.form}
        self.mentors = [first, *(cleared_enrolment(**alike, mentor=True, capacity=1) for _ in range(2))]
        self.mentees = [cleared_enrolment(**alike) for _ in range(5)]
        self.today = timezone.localdate()

    def match(self) -> Match:
        """Mostly one that is open, sometimes one that has had its end."""
        rows = Match.objects.all() if self.chance.random() < 0.1 else Match.objects.filter(state__in=OPEN_MATCHES)
        return self.chance.choice(list(rows))

    def actor(self) -> Actor:
        return self.chance.choice(self.actors)

    # What may be tried.

    def propose(self) -> None:
        sides = self.mentors + self.mentees if self.chance.random() < 0.1 else self.mentors
        mentor, mentee = self.chance.choice(sides), self.chance.choice(self.mentees)
        propose_match(mentor=mentor, mentee=mentee, note="Просили сами", by=self.actor())

    def propose_again(self) -> None:
        propose_again(match=self.match(), note="", by=self.actor())

    def approve(self) -> None:
        approve_match(match=self.match(), by=self.actor())

    def approve_all(self) -> None:
        approve_matches(matches=list(Match.objects.filter(state=MatchState.PROPOSED)), by=self.actor())

    def send_back(self) -> None:
        match = self.match()
        return_match(match=match, note="Иначе", seen=match.state, by=self.actor())

    def drop(self) -> None:
        drop_match(match=self.match(), by=self.actor())

    def start(self) -> None:
        matches = list(Match.objects.filter(state=MatchState.APPROVED)) or [self.match()]
        last = self.today + timedelta(days=200)
        start_mentorships(matches=matches, starts_on=self.today, ends_on=last, ground="приказ", by=self.actor())

    def end(self) -> None:
        mentorship = self.chance.choice(list(Mentorship.objects.all()))
        is_finished = self.chance.random() < 0.5
        end_mentorship(mentorship=mentorship, finished=is_finished, reason="Переезд", on=self.today, by=self.actor())

    def leave(self) -> None:
        place = self.chance.choice(list(Place.objects.select_related("mentorship")))
        leave_place(place=place, reason="Переезд", on=self.today, by=self.actor())

    def withdraw(self) -> None:
        consents = Consent.objects.in_force(self.today).order_by("pk")
        withdraw_consent(consent=self.chance.choice(list(consents)), by=SYSTEM)

    def consent_anew(self) -> None:
        gone = Enrolment.objects.filter(state=EnrolmentState.LEFT).select_related("person__school")
        enrolment = self.chance.choice(list(gone))
        purpose = ConsentPurpose.MENTOR if enrolment.side == Side.MENTOR else ConsentPurpose.PROCESSING
        text = Consent.objects.filter(purpose=purpose)[0].text
        ConsentFactory(person=enrolment.person, purpose=purpose, text=text, guardian=None, in_force=True)
        return_enrolment(enrolment=enrolment, by=self.actor())

    # What must be true after every step.

    def faults(self) -> list[str]:
        open_ones = Count("mentor_matches", filter=Q(mentor_matches__state__in=OPEN_MATCHES), distinct=True)
        stood_in = Count("mentorships__places", filter=Q(mentorships__places__left_on=None), distinct=True)
        mentors = Enrolment.objects.filter(side=Side.MENTOR).annotate(taken=open_ones + stood_in)
        sides = mentors.values_list("pk", "taken", "capacity")
        found = [f"mentor {pk} has {taken} of {most}" for pk, taken, most in sides if taken > (most or 0)]
        proposed = Count("mentee_matches", filter=Q(mentee_matches__state__in=OPEN_MATCHES), distinct=True)
        standing = Count("places", filter=Q(places__left_on=None), distinct=True)
        mentees = Enrolment.objects.filter(side=Side.MENTEE).annotate(taken=proposed + standing)
        found += [f"mentee {pk} has {taken} mentors" for pk, taken in mentees.values_list("pk", "taken") if taken > 1]
        cleared = Enrolment.objects.cleared(self.today).enrolled()
        used = Q(mentor_matches__state__in=OPEN_MATCHES) | Q(mentee_matches__state__in=OPEN_MATCHES)
        used |= Q(mentorships__state=MentorshipState.ACTIVE) | Q(places__left_on=None, places__isnull=False)
        outside = Enrolment.objects.filter(used).exclude(pk__in=cleared)
        return found + [f"{row} is used without consent" for row in outside.distinct()]


DEEDS: dict[Callable[[School], None], int] = {
    School.propose: 8,
    School.propose_again: 2,
    School.approve: 6,
    School.approve_all: 1,
    School.send_back: 3,
    School.drop: 1,
    School.start: 3,
    School.end: 1,
    School.leave: 1,
    School.withdraw: 1,
    School.consent_anew: 3,
}
"""What is tried, and how often beside the others."""


def journaled() -> dict[str, str]:
    """By match, the state its last line in the journal left it in; each line begins where the one before ended."""
    states: dict[str, str] = {}
    lines = Event.objects.filter(thing__startswith="match:", verb__in=("propose", "move")).order_by("number")
    for thing, before, after in lines.values_list("thing", "from_state", "to_state"):
        assert states.get(thing, "") == before
        states[thing] = after
    return states


@pytest.mark.django_db
def test_no_order_of_deeds_leads_to_a_state_that_may_not_be() -> None:
    school, tally = School(seed=20261123), Counter[str]()

    for _ in range(STEPS):
        [deed] = school.chance.choices(list(DEEDS), weights=list(DEEDS.values()))
        try:
            deed(school)
            tally["done"] += 1
        except DomainError:
            tally["refused"] += 1
        except IndexError:
            tally["nothing to do it to"] += 1
        assert school.faults() == []

    stored = {f"match:{pk}": state for pk, state in Match.objects.values_list("pk", "state")}
    assert journaled() == stored
    assert {*Event.objects.filter(thing__in=stored).values_list("to_state", flat=True)} == set(MatchState)
    assert list(broken_links()) == []
    print(f"any order: {STEPS} steps, {dict(tally)}, {len(stored)} pairs, 0 illegal states")
