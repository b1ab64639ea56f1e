"""Who has not answered: what was asked of whom and when, whether he looked at it, and when he was reminded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone

from core.actors import Actor
from core.models import School
from core.russian import search_key, sort_key
from participants.models import Consent, ConsentPurpose, ConsentState
from participants.services.consent_lines import authorities_of, signer_words
from participants.services.cycles import today_in
from participants.services.reminding import next_reminder, unanswered
from participants.services.rules import rules_of


@dataclass(frozen=True, slots=True)
class SilentLine:
    """One consent that waits for its signer; the days are those of the school."""

    pk: int
    person: int
    name: str
    place: str
    signer: str
    is_reachable: bool
    purpose: str
    is_returned: bool
    asked_on: date
    opened_on: date | None
    reminders: int
    reminded_on: date | None
    next_on: date | None


def found_unanswered(actor: Actor, wanted: Mapping[str, str]) -> QuerySet[Consent]:
    """What nobody has answered, of those the actor sees, by `q` and `class_name`; longest asked first."""
    assert actor.school
    rows = unanswered(Consent.objects.visible_to(actor), today_in(actor.school))
    for word in search_key(wanted.get("q", "")).split():
        rows = rows.filter(person__search_key__contains=word)
    if wanted.get("class_name"):
        rows = rows.filter(person__class_key=sort_key(wanted["class_name"]))
    return rows.select_related("person", "guardian").order_by("asked_at", "person__sort_key", "pk")


def classes_unanswered(actor: Actor) -> list[str]:
    """The classes in which somebody has not answered, in their order."""
    rows = found_unanswered(actor, {}).exclude(person__class_name="").order_by("person__class_key")
    return list(dict.fromkeys(rows.values_list("person__class_name", flat=True)))


def silent_lines(page: Page[Consent], school: School) -> list[SilentLine]:
    """The rows of a page, in two queries more."""
    rows = list(page)
    rights = authorities_of(row.person_id for row in rows)
    days, today = rules_of(school).remind_after, today_in(school)

    def day(moment: datetime | None) -> date | None:
        return timezone.localtime(moment, school.zone).date() if moment else None

    return [
        SilentLine(
            pk=row.pk,
            person=row.person_id,
            name=row.person.full_name,
            place=row.person.place,
            signer=signer_words(row, rights),
            is_reachable=bool((row.guardian or row.person).email),
            purpose=str(ConsentPurpose(row.purpose).label),
            is_returned=row.state == ConsentState.RETURNED,
            asked_on=timezone.localtime(row.asked_at, school.zone).date(),
            opened_on=day(row.opened_at),
            reminders=row.reminders,
            reminded_on=day(row.reminded_at),
            next_on=next_reminder(row, days, today, school.zone) if (row.guardian or row.person).email else None,
        )
        for row in rows
    ]
