"""What others say of a mentee, as one person may read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.actors import Actor
from core.models import Role
from participants.models import TAKING_PART, Enrolment, Person, Side, ThirdPartyNote


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note; `may_change` for its author and the curator."""

    row: ThirdPartyNote
    who: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class PartNotes:
    """The notes on one part of a mentee; `may_add` while he takes part."""

    part: Enrolment
    notes: tuple[NoteLine, ...]
    may_add: bool


def notes_on(person: Person, actor: Actor, today: date) -> list[PartNotes]:
    """The notes on the person's parts for which the consent is in force, the newest year first; in three queries."""
    told = Enrolment.objects.consented(today).filter(person=person, side=Side.MENTEE)
    parts = list(told.select_related("form", "cycle").order_by("-cycle__year", "pk"))
    found: dict[int, list[NoteLine]] = {}
    rows = ThirdPartyNote.objects.visible_to(actor).filter(enrolment__in=parts).select_related("created_by")
    for row in rows:
        found.setdefault(row.enrolment_id, []).append(_line(row, actor))
    told_parts = [(part, tuple(found.get(part.pk, ())), part.state in TAKING_PART) for part in parts]
    return [PartNotes(*part) for part in told_parts if part[1] or part[2]]


def note_counts(people: Collection[int], actor: Actor, today: date) -> dict[int, int]:
    """How many notes the actor may read on each of these people."""
    told = Enrolment.objects.consented(today).filter(person__in=people, side=Side.MENTEE)
    rows = ThirdPartyNote.objects.visible_to(actor).filter(enrolment__in=told).values_list("enrolment__person")
    counts: dict[int, int] = {}
    for (key,) in rows:
        counts[key] = counts.get(key, 0) + 1
    return counts


def _line(row: ThirdPartyNote, actor: Actor) -> NoteLine:
    may_change = actor.role == Role.CURATOR or row.created_by_id == actor.user_id
    return NoteLine(row, row.created_by.short_name if row.created_by else "", may_change)
