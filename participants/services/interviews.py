"""Interviews with candidates for mentor; what came of the last one moves the part."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from participants.models import TAKING_PART, Enrolment, EnrolmentState, Interview, InterviewOutcome, Side
from participants.services.cycles import today_in
from participants.services.enrolments import leave, locked_enrolment, refuse_held, refuse_without_consent

PREPARING = (EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED, EnrolmentState.READY)


def record_interview(
    *,
    enrolment: Enrolment,
    held_on: date,
    outcome: InterviewOutcome,
    is_with_psychologist: bool = False,
    note: str = "",
    by: Actor,
) -> Interview:
    """Keep an interview with a mentor, and move him by its outcome.

    Raises DomainError for a mentee, for someone who pauses or has left, before the consent, for a day to come, and
    for a refusal while a pair holds him.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        if locked.state not in PREPARING:
            raise DomainError(_("This person pauses or no longer takes part: bring the person back first."))
        _refuse(locked, held_on)
        interview = Interview.objects.create(
            enrolment=locked,
            held_on=held_on,
            outcome=outcome,
            is_with_psychologist=is_with_psychologist,
            note=note.strip(),
            created_by=by.user,
        )
        record_event(verb="interview", thing=interview, school=locked.person.school, by=by)
        _settle(locked, by)
    return interview


def change_interview(
    *, interview: Interview, held_on: date, outcome: InterviewOutcome, is_with_psychologist: bool, note: str, by: Actor
) -> None:
    """Mend an interview; the part stands where the last one puts it. Raises DomainError as `record_interview` does."""
    with transaction.atomic():
        locked = locked_enrolment(interview.enrolment)
        row = Interview.objects.get(pk=interview.pk)
        _refuse(locked, held_on)
        row.held_on, row.outcome, row.is_with_psychologist = held_on, outcome, is_with_psychologist
        row.note = note.strip()
        row.save(update_fields=("held_on", "outcome", "is_with_psychologist", "note"))
        record_event(verb="change", thing=row, school=locked.person.school, by=by)
        _settle(locked, by)


def remove_interview(*, interview: Interview, by: Actor) -> None:
    """Remove what was entered by mistake; the part stands where the interviews left put it."""
    with transaction.atomic():
        locked = locked_enrolment(interview.enrolment)
        record_event(verb="remove", thing=interview, school=locked.person.school, by=by)
        Interview.objects.filter(pk=interview.pk).delete()
        _settle(locked, by)


def _refuse(enrolment: Enrolment, held_on: date) -> None:
    if enrolment.side != Side.MENTOR:
        raise DomainError(_("Interviews are held with mentors."))
    refuse_without_consent(enrolment)
    if held_on > today_in(enrolment.person.school):
        raise DomainError(_("An interview is written down when it has been held: that day is still to come."))


def _settle(enrolment: Enrolment, by: Actor) -> None:
    """Move the part to where its last interview puts it; who pauses or has left of himself stays there."""
    last = Interview.objects.filter(enrolment=enrolment).first()
    outcome = last.outcome if last else ""
    detail: dict[str, object] = {"interview": last.pk if last else 0}
    school = enrolment.person.school
    if outcome == InterviewOutcome.REFUSED:
        if enrolment.state in TAKING_PART:
            refuse_held(enrolment)
            leave(enrolment, EnrolmentState.REFUSED, today_in(school), by, **detail)
        return
    if enrolment.state == EnrolmentState.REFUSED:
        enrolment.left_on = None
        move(enrolment, EnrolmentState.ENROLLED, school=school, also=("left_on",), detail=detail, by=by)
    to = EnrolmentState.INTERVIEWED if outcome == InterviewOutcome.PASSED else EnrolmentState.ENROLLED
    is_there = enrolment.state == to or (enrolment.state == EnrolmentState.READY and to == EnrolmentState.INTERVIEWED)
    if enrolment.state in PREPARING and not is_there:
        move(enrolment, to, school=school, detail=detail, by=by)
