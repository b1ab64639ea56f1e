"""The ledger of consents taken back, and what it does to a database in which they live again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from core.actors import Actor
from core.models import Role
from participants.models import Consent, Destruction
from participants.services.ledger import ledger_file, note_taken_back
from participants.services.withdrawal import decline_consent, invalidate_consent, withdraw_consent
from tests.factories import ConsentFactory, GuardianshipFactory, actor_of
from tests.participants.asked import pupil, school_with_texts

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
End = Callable[..., None]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def withdraw(consent: Consent, by: Actor) -> None:
    withdraw_consent(consent=consent, by=by)


def decline(consent: Consent, by: Actor) -> None:
    decline_consent(consent=consent, reason="Павел против", by=by)


def invalidate(consent: Consent, by: Actor) -> None:
    invalidate_consent(consent=consent, reason="Подписал не Павел", by=by)


def as_in_the_copy(consent: Consent) -> None:
    """The consent and the clock as they stood when the copy was made."""
    consent.save()
    Destruction.objects.all().delete()


def state_of(consent: Consent) -> str:
    return Consent.objects.get(pk=consent.pk).state


@pytest.mark.parametrize(
    ("given", "end", "state", "clocks"),
    [
        ("in_force", withdraw, "withdrawn", 1),
        ("in_force", invalidate, "invalid", 1),
        ("accepted", withdraw, "withdrawn", 1),
        ("contested", withdraw, "withdrawn", 1),
        ("sent", decline, "declined", 0),
    ],
)
def test_what_was_taken_back_after_the_copy_ends_again_with_the_clock_of_that_day(
    given: str, end: End, state: str, clocks: int
) -> None:
    consent = ConsentFactory(person=pupil(school_with_texts()), asked_at="2027-02-01T09:00Z", **{given: True})
    consent.refresh_from_db()
    by = actor_of(Role.CURATOR, consent.person.school)
    with time_machine.travel("2027-03-01T09:00Z"):
        end(Consent.objects.get(pk=consent.pk), by)
        due = list(Destruction.objects.values_list("due_on", flat=True))
        noted = note_taken_back(), note_taken_back()
    as_in_the_copy(consent)

    with time_machine.travel("2027-03-11T09:00Z"):
        call_command("restored")
        call_command("restored")

    assert (noted, state_of(consent), len(due)) == ((1, 0), state, clocks)
    assert list(Destruction.objects.values_list("due_on", flat=True)) == due
    assert "Павел" not in ledger_file().read_text()


def test_what_was_only_asked_for_in_the_copy_and_given_and_withdrawn_since_is_declined() -> None:
    consent = ConsentFactory(person=pupil(school_with_texts()), in_force=True)
    withdraw(Consent.objects.get(pk=consent.pk), actor_of(Role.CURATOR, consent.person.school))
    note_taken_back()
    consent.state, consent.decided_at, consent.decided_by = "asked", None, None
    as_in_the_copy(consent)

    call_command("restored")

    assert state_of(consent) == "declined"


def test_what_was_found_invalid_is_left_to_the_curator_where_the_copy_waits_to_be_checked() -> None:
    consent = ConsentFactory(person=pupil(school_with_texts()), in_force=True)
    invalidate(Consent.objects.get(pk=consent.pk), actor_of(Role.CURATOR, consent.person.school))
    note_taken_back()
    consent.state, consent.decided_at, consent.decided_by = "asked", None, None
    as_in_the_copy(consent)

    call_command("restored")

    assert state_of(consent) == "asked"


def test_a_refusal_since_the_copy_makes_what_another_guardian_gave_contested_again() -> None:
    person = pupil(school_with_texts())
    given = ConsentFactory(person=person, guardian=person.guardianships.get().guardian, in_force=True)
    other = ConsentFactory(person=person, guardian=GuardianshipFactory(minor=person).guardian)
    decline(Consent.objects.get(pk=other.pk), actor_of(Role.CURATOR, person.school))
    note_taken_back()
    as_in_the_copy(given)
    as_in_the_copy(other)

    call_command("restored")

    assert (state_of(given), state_of(other)) == ("contested", "declined")


def test_a_consent_that_was_given_out_anew_under_the_same_key_or_in_another_school_stays() -> None:
    consent = ConsentFactory(person=pupil(school_with_texts()), in_force=True)
    withdraw(Consent.objects.get(pk=consent.pk), actor_of(Role.CURATOR, consent.person.school))
    note_taken_back()
    line = ledger_file().read_text()
    consent.asked_at += timedelta(days=1)
    as_in_the_copy(consent)

    call_command("restored")
    younger = state_of(consent)
    Consent.objects.filter(pk=consent.pk).update(asked_at=date(2020, 1, 1).isoformat() + "T00:00Z")
    ledger_file().write_text(line.replace('"school": ', '"school": 9'))
    call_command("restored")

    assert (younger, state_of(consent)) == ("in_force", "in_force")
