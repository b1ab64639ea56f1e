"""After a copy of the database was put back: what had been taken back since it was made ends again, what had been
destroyed is destroyed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.models import School
from core.states import move
from participants.hanging import lock_use_of
from participants.models import Consent, ConsentState, Destruction, DestructionGround, DestructionState, Person
from participants.register.disputes import GIVEN
from participants.services.asking import lock_people
from participants.services.carrying import carry_out_rows
from participants.services.cycles import today_in
from participants.services.demanding import end_consents
from participants.services.destruction_terms import last_day_for
from participants.services.ledger import Entry, TakenBack
from participants.services.withdrawal import decline_consent, invalidate_consent, withdraw_consent

AGAIN = "Уничтожены повторно: данные вернулись с резервной копией. Первый раз уничтожены {day:%d.%m.%Y}."
ENDED_AGAIN = "Повторено: согласие вернулось с резервной копией. Первый раз прекращено {day:%d.%m.%Y}."


def take_back_again(lines: Iterable[TakenBack]) -> int:
    """End the consents of these lines that live in the database, each as it ended before; their number.

    What had been given and taken back after the copy was made ends as declined: in the copy it was only asked for. Keys
    that were given out anew are those of consents younger than the line: they stay.
    """
    count = 0
    for line in sorted(lines, key=lambda line: line.moment):
        rows = Consent.objects.filter(pk=line.consent, person__school=line.school, asked_at__lt=line.moment)
        consent = rows.filter(ended_at=None).select_related("person__school").first()
        if consent:
            with transaction.atomic():
                count += _take_back(consent, line)
    return count


def _take_back(consent: Consent, line: TakenBack) -> bool:
    school = consent.person.school
    by, day = replace(SYSTEM, link_school=school), timezone.localtime(line.moment, school.zone)
    is_given = consent.state in (*GIVEN, ConsentState.CONTESTED)
    if line.state == ConsentState.INVALID and not is_given:
        return False
    if line.state == ConsentState.INVALID:
        invalidate_consent(consent=consent, reason=ENDED_AGAIN.format(day=day), by=by)
    elif is_given:
        withdraw_consent(consent=consent, by=by)
    else:
        decline_consent(consent=consent, reason=ENDED_AGAIN.format(day=day), by=by)
    for row in Destruction.objects.filter(person=consent.person, state=DestructionState.DUE):
        row.due_on = min(row.due_on, last_day_for(DestructionGround(row.ground), day.date()))
        row.save(update_fields=("due_on",))
    return True


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
