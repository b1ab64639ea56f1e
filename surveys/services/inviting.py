"""Letters to those who are asked: an adult's own, a minor's to the guardians, one letter for several children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.tokens import digest, new_token
from core.actors import Actor
from core.journal import record_event
from core.models import User
from core.notices import queue_notice
from participants.models import Guardian, Guardianship, Person
from surveys.models import Campaign, Respondent
from surveys.services.audience import awaited, respondents_of

SURVEY_ASKED, SURVEY_REMINDER = "survey-asked", "survey-reminder"
"""The kinds of letters to those who answer; `surveys.letters` writes them."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets the letter: a guardian, the person himself, or a member of the staff (the one whose key is set)."""

    guardian: int = 0
    person: int = 0
    user: int = 0

    @property
    def mark(self) -> str:
        """«guardian:7», a part of the letter's key."""
        return next(f"{name}:{key}" for name in self.__slots__ if (key := getattr(self, name)))


def unwritten(campaign: Campaign, today: date) -> list[Respondent]:
    """Those awaited who have an address and were neither written to nor handed anything yet."""
    rows = list(awaited(respondents_of(campaign), today).filter(asked_at=None))
    addressees = addressees_of(rows, today)
    return [row for row in rows if addressees[row.pk]]


def ask_by_letter(campaign: Campaign, today: date, by: Actor) -> int:
    """Write to those who were not written to yet; the campaign is locked. How many letters."""
    return write_letters(SURVEY_ASKED, unwritten(campaign, today), campaign, today, by=by)


def write_letters(kind: str, rows: Sequence[Respondent], campaign: Campaign, today: date, *, by: Actor) -> int:
    """One letter to each addressee of these respondents, with fresh links; how many letters. Who has none is passed over.

    The link in an earlier letter opens nothing then.
    """
    addressees = addressees_of(rows, today)
    reached = [row for row in rows if addressees[row.pk]]
    tokens = {row.pk: new_token() for row in reached}
    letters: dict[Addressee, list[Respondent]] = defaultdict(list)
    for row in reached:
        row.letter_hash = digest(tokens[row.pk])
        _note(row, kind)
        for addressee in addressees[row.pk]:
            letters[addressee].append(row)
    Respondent.objects.bulk_update(reached, ("letter_hash", "asked_at", "reminded_at", "reminders"), batch_size=200)
    school = campaign.cycle.programme.school
    if reached:
        verb = "remind" if kind == SURVEY_REMINDER else "write"
        record_event(verb=verb, thing=campaign, school=school, detail={"count": len(reached)}, by=by)
    for addressee, found in letters.items():
        first = min(row.pk for row in found)
        queue_notice(
            key=f"{kind}:{first}:{found[0].reminders}:{addressee.mark}",
            kind=kind,
            school=school,
            user=found[0].membership.user if found[0].membership else None,
            payload={
                "respondents": sorted(row.pk for row in found),
                "guardian": addressee.guardian,
                "person": addressee.person,
            },
            secret={str(row.pk): tokens[row.pk] for row in found},
        )
    return len(letters)


def addressees_of(rows: Iterable[Respondent], today: date) -> dict[int, list[Addressee]]:
    """To whom a letter about each of these goes, by the respondent's key; nobody where there is no address."""
    found = list(rows)
    minors = {row.enrolment.person_id for row in found if row.enrolment and row.enrolment.person.is_minor_on(today)}
    bonds = Guardianship.objects.filter(minor__in=minors).exclude(guardian__email="").order_by("pk")
    guardians: dict[int, list[Addressee]] = defaultdict(list)
    for minor, guardian in bonds.values_list("minor_id", "guardian_id"):
        guardians[minor].append(Addressee(guardian=guardian))
    return {row.pk: _addressees(row, minors, guardians) for row in found}


def _addressees(row: Respondent, minors: set[int], guardians: dict[int, list[Addressee]]) -> list[Addressee]:
    if row.membership:
        return [Addressee(user=row.membership.user_id)] if row.membership.user.email else []
    assert row.enrolment is not None  # the constraint "a_respondent_takes_part_or_works_here"
    person = row.enrolment.person
    if person.pk in minors:
        return guardians[person.pk]
    return [Addressee(person=person.pk)] if address_of_adult(person) else []


def address_of_adult(person: Person) -> str:
    """His own address, else that of his account."""
    return person.email or (person.user.email if person.user else "")


def address_of(notice_guardian: int, notice_person: int, user: User | None) -> str:
    """The address of an addressee now; empty where he has none any more."""
    if notice_guardian:
        return Guardian.objects.filter(pk=notice_guardian).values_list("email", flat=True).first() or ""
    if notice_person:
        person = Person.objects.select_related("user").filter(pk=notice_person).first()
        return address_of_adult(person) if person else ""
    return user.email if user else ""


def _note(row: Respondent, kind: str) -> None:
    if kind == SURVEY_REMINDER:
        row.reminded_at, row.reminders = timezone.now(), row.reminders + 1
    else:
        row.asked_at = timezone.now()
