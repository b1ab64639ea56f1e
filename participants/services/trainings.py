"""Training sessions of a cycle's mentors, who was there, and the word that a mentor is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from core.states import move
from participants.models import Attendance, Enrolment, EnrolmentState, Side, Training
from participants.models.enrolment import EnrolmentQuerySet
from participants.register.marks import COLUMNS, Mark, mark_of
from participants.register.preparation import preparations_of
from participants.services.cycles import today_in
from participants.services.enrolments import Entered, locked_enrolment
from roadmap.models import Cycle


def save_training(
    *,
    training: Training | None,
    cycle: Cycle,
    title: str,
    held_on: date,
    hours: Decimal | None,
    place: str,
    forms: Sequence[int] = (),
    by: Actor,
) -> Training:
    """Write a session, a new one for None, and put down for it every mentor of these forms who takes part.

    Raises DomainError for hours that make no sense and a day far from the cycle.
    """
    school = cycle.programme.school
    if hours is not None and not 0 < hours <= 100:
        raise DomainError(_("The hours of a training are from 0.5 to 100."))
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        row = training or Training(cycle=cycle)
        row.title, row.held_on, row.hours, row.place = " ".join(title.split()), held_on, hours, place.strip()
        row.save()
        rows = mentors_of(cycle).consented(today_in(school)).filter(form__in=forms)
        invited = rows.exclude(attendances__training=row).values_list("pk", flat=True)
        Attendance.objects.bulk_create(Attendance(training=row, enrolment_id=key) for key in invited)
        record_event(verb="save", thing=row, school=school, by=by)
    return row


def remove_training(*, training: Training, by: Actor) -> None:
    """Remove a session that was entered by mistake. Raises DomainError once somebody's mark stands on it."""
    with transaction.atomic():
        row = _locked(training)
        if row.attendances.exclude(has_come=None).exists():
            raise DomainError(_("Somebody is marked on this training. Take the marks away first."))
        record_event(verb="remove", thing=row, school=row.cycle.programme.school, by=by)
        row.delete()


def mark_training(*, training: Training, marks: Mapping[int, Mark], by: Actor) -> int:
    """Mark mentors by the keys of their parts; how many marks changed.

    Those of another cycle, and those without a consent in force, are passed over: nothing is written down of them.
    Raises DomainError for marks before the day of the training.
    """
    with transaction.atomic():
        row = _locked(training)
        school = row.cycle.programme.school
        today = today_in(school)
        rows = Enrolment.objects.consented(today).filter(pk__in=marks, cycle=row.cycle_id, side=Side.MENTOR)
        now = {one.enrolment_id: one for one in row.attendances.all()}
        wanted = {key: marks[key] for key in rows.values_list("pk", flat=True)}
        changed = {key: mark for key, mark in wanted.items() if mark != mark_of(now.get(key))}
        if row.held_on > today and any(COLUMNS.get(mark, (None,))[0] is not None for mark in changed.values()):
            raise DomainError(_("The training is still to come: nobody can be marked yet."))
        _write(row, changed)
        if changed:
            record_event(verb="mark", thing=row, school=school, detail={"count": len(changed)}, by=by)
    return len(changed)


def mark_ready(*, enrolment: Enrolment, by: Actor) -> None:
    """The curator says that a mentor is ready; the journal keeps what was known of his interview and trainings.

    Raises DomainError for a mentee, TransitionRefused where he is ready, pauses or has left.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        if locked.side != Side.MENTOR:
            raise DomainError(_("Only a mentor is prepared by an interview and a training."))
        school = locked.person.school
        facts = preparations_of([locked], today_in(school))[locked.pk]
        detail: dict[str, object] = {
            "interview": facts.interview.pk if facts.interview else 0,
            "came": facts.came,
            "held": facts.held,
        }
        move(locked, EnrolmentState.READY, school=school, detail=detail, by=by)


def mark_ready_many(*, enrolments: Sequence[Enrolment], by: Actor) -> Entered:
    """Say it of each; those of whom it can not be said are counted by the reason."""
    said = Entered()
    with transaction.atomic():
        for row in sorted(enrolments, key=lambda row: row.pk):
            try:
                mark_ready(enrolment=row, by=by)
                said.count += 1
            except DomainError as refusal:
                said.refusals[str(refusal)] = said.refusals.get(str(refusal), 0) + 1
    return said


def mentors_of(cycle: Cycle) -> EnrolmentQuerySet:
    """The mentors who take part in the cycle."""
    return Enrolment.objects.enrolled().filter(cycle=cycle, side=Side.MENTOR)


def _write(training: Training, marks: Mapping[int, Mark]) -> None:
    """All of them in two statements, however many there are."""
    training.attendances.filter(enrolment__in=[key for key, mark in marks.items() if mark == Mark.APART]).delete()
    rows = [
        Attendance(training=training, enrolment_id=key, has_come=COLUMNS[mark][0], has_passed=COLUMNS[mark][1])
        for key, mark in marks.items()
        if mark != Mark.APART
    ]
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("training", "enrolment"),
        update_fields=("has_come", "has_passed"),
    )


def _locked(training: Training) -> Training:
    rows = Training.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("cycle__programme__school").get(pk=training.pk)
