"""The end of a consent's term, by the day of its school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.actors import Actor
from core.models import Event
from participants import hanging
from participants.models import Consent, Person
from participants.services.expiry import end_past_consents
from tests.factories import ConsentFactory, PersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Those the use of whose data was stopped."""
    people: list[Person] = []

    def stop(person: Person, parts: Sequence[int], by: Actor) -> None:
        people.append(person)

    monkeypatch.setattr(hanging, "_stoppers", [stop])
    return people


def states() -> list[str]:
    return list(Consent.objects.order_by("pk").values_list("state", flat=True))


def test_the_day_after_the_last_one_a_consent_expires_and_its_use_stops(stopped: list[Person]) -> None:
    today = timezone.localdate(timezone=ZoneInfo("Europe/Moscow"))
    past = ConsentFactory(in_force=True, expires_on=today - timedelta(days=1))
    ConsentFactory(in_force=True, expires_on=today)

    assert (end_past_consents(), end_past_consents()) == (1, 0)

    event = Event.objects.get(verb="move")
    assert (states(), stopped) == (["expired", "in_force"], [past.person])
    assert (event.thing, event.actor, event.from_state, event.to_state) == (
        f"consent:{past.pk}",
        "system",
        "in_force",
        "expired",
    )


def test_use_goes_on_while_another_guardians_consent_is_in_force(stopped: list[Person]) -> None:
    today = timezone.localdate(timezone=ZoneInfo("Europe/Moscow"))
    person = PersonFactory()
    ConsentFactory(person=person, in_force=True, expires_on=today - timedelta(days=1))
    ConsentFactory(person=person, in_force=True, expires_on=today)

    end_past_consents()

    assert (states(), stopped) == (["expired", "in_force"], [])


def test_what_nobody_signed_in_time_is_asked_for_no_longer(stopped: list[Person]) -> None:
    yesterday = timezone.localdate(timezone=ZoneInfo("Europe/Moscow")) - timedelta(days=1)
    for state in ({}, {"sent": True}, {"returned": True}, {"declined": True}, {"withdrawn": True}):
        ConsentFactory(expires_on=yesterday, **state)

    assert end_past_consents() == 3

    assert (states(), stopped) == (["cancelled", "cancelled", "cancelled", "declined", "withdrawn"], [])


def test_each_school_goes_by_its_own_day(stopped: list[Person]) -> None:
    east, west = SchoolFactory(time_zone="Asia/Kamchatka"), SchoolFactory(time_zone="Europe/Kaliningrad")
    days = {school: timezone.localdate(timezone=school.zone) for school in (east, west)}
    for school, day in days.items():
        ConsentFactory(person__school=school, in_force=True, expires_on=day - timedelta(days=1))
        ConsentFactory(person__school=school, in_force=True, expires_on=day)

    assert end_past_consents() == 2

    assert states() == ["expired", "in_force"] * 2
