"""One pair of a school with everyone around it: its mentor and mentee with accounts, a guardian, his personal link."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.test import Client

from core.actors import Actor, link_actor
from core.models import Role, School, User
from pairing.models import Meeting, Mentorship, Place
from participants.models import Consent, Guardian, Guardianship, Person, PersonalLink
from tests.factories import (
    ConsentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MeetingFactory,
    PersonalLinkFactory,
    PlaceFactory,
    UserFactory,
    actor_of,
)


@dataclass(frozen=True)
class Family:
    """An active pair, by the mentee's place in it."""

    place: Place

    @property
    def mentorship(self) -> Mentorship:
        return self.place.mentorship

    @property
    def meeting(self) -> Meeting:
        return self.place.meetings.earliest("pk")

    @property
    def mentor(self) -> Person:
        return self.mentorship.mentor.person

    @property
    def mentee(self) -> Person:
        return self.place.mentee.person

    @property
    def guardianship(self) -> Guardianship:
        return self.mentee.guardianships.earliest("pk")

    @property
    def guardian(self) -> Guardian:
        return self.guardianship.guardian

    @property
    def consent(self) -> Consent:
        """The guardian's consent, in force."""
        return self.mentee.consents.earliest("pk")

    @property
    def link(self) -> PersonalLink:
        """The guardian's link."""
        return self.mentee.links.earliest("pk")

    def user_in(self, role: Role) -> User | None:
        """The account of whoever of the family comes in that role."""
        accounts = {
            Role.MENTOR: self.mentor.user,
            Role.MENTEE: self.mentee.user,
            Role.GUARDIAN: self.guardian.user,
        }
        return accounts.get(role)

    def actor_in(self, role: Role) -> Actor:
        """Whoever of the family comes in that role; a stranger to the family for any other."""
        return actor_of(role, self.mentorship.school, self.user_in(role))

    @property
    def holder(self) -> Actor:
        return link_actor(f"personallink:{self.link.pk}", self.mentorship.school)


def new_family(school: School) -> Family:
    """Another pair of the school; both sides' consents are in force, and one meeting was held."""
    place = PlaceFactory(school=school)
    mentee = place.mentee.person
    for person in (mentee, place.mentorship.mentor.person):
        person.user = UserFactory()
        person.save()
    guardianship = GuardianshipFactory(minor=mentee, guardian=GuardianFactory(school=school, user=UserFactory()))
    mentee.consents.all().delete()
    ConsentFactory(person=mentee, guardian=guardianship.guardian, in_force=True)
    PersonalLinkFactory(person=mentee, guardian=guardianship.guardian)
    MeetingFactory(mentorship=place.mentorship)
    return Family(place)


def family_of(school: School) -> Family:
    """The newest family of the school, made where there is none."""
    at_home = Place.objects.filter(
        mentorship__school=school, mentee__person__guardianships__guardian__user__isnull=False
    )
    place = at_home.order_by("-pk").first()
    return Family(place) if place else new_family(school)


def come_by_link(client: Client, link: PersonalLink) -> Client:
    """The browser of someone who opened the link and proved that it is his, see `core.link_holders`."""
    session = client.session
    session["link"], session["link_since"] = link.pk, int(time.time())
    session.save()
    return client
