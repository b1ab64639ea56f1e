"""After a copy of the database was put back: what had been destroyed since it was made is destroyed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.models import School
from core.states import move
from participants.hanging import lock_use_of
from participants.models import Destruction, DestructionState, Person
from participants.services.asking import lock_people
from participants.services.carrying import carry_out_rows
from participants.services.cycles import today_in
from participants.services.demanding import end_consents
from participants.services.ledger import Entry

AGAIN = "Уничтожены повторно: данные вернулись с резервной копией. Первый раз уничтожены {day:%d.%m.%Y}."


def destroy_again(entries: Iterable[Entry]) -> int:
    """Carry out what these entries tell and the database does not know, one act for each school; the number of people.

    Keys that were given out anew after the copy was put back are those of rows younger than the entry: they stay.
    """
    by_school: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.moment):
        by_school.setdefault(entry.school, []).append(entry)
    schools = School.objects.filter(pk__in=by_school).order_by("pk")
    return sum(_destroy_in(school, by_school[school.pk]) for school in schools)


def _destroy_in(school: School, entries: Iterable[Entry]) -> int:
    by = replace(SYSTEM, link_school=school)
    with transaction.atomic():
        pseudonyms = {
            row.pk: entry.pseudonym
            for entry in entries
            for person in Person.objects.present().filter(school=school, pk__in=entry.people)
            if person.created_at < entry.moment and not _is_done(person, entry)
            for row in [_make_due(person, entry, by)]
        }
        rows = Destruction.objects.filter(pk__in=pseudonyms)
        return len(carry_out_rows(rows, sheets=0, pseudonyms=pseudonyms, by=by))


def _is_done(person: Person, entry: Entry) -> bool:
    rows = Destruction.objects.filter(person=person, side=entry.side, state=DestructionState.DONE)
    return rows.filter(done_at__gte=entry.moment).exists()


def _make_due(person: Person, entry: Entry, by: Actor) -> Destruction:
    """Due today, and no consent of the copy stands against it."""
    lock_use_of(person)
    lock_people([person.pk])
    running = {row.side: row for row in Destruction.objects.filter(person=person, state=DestructionState.DUE)}
    for side, other in running.items():
        if not entry.side and side:
            move(other, DestructionState.LIFTED, school=person.school, by=by)
    row = running.get(entry.side) or Destruction(school=person.school, person=person, side=entry.side)
    row.ground, row.due_on = entry.ground, today_in(person.school)
    row.reason = AGAIN.format(day=timezone.localtime(entry.moment, person.school.zone))
    row.save()
    end_consents(row.consents(), entry.ground, by)
    return row
