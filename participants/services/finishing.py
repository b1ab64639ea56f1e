"""The end of someone's year, and what came of it: the last columns of the official registers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import Enrolment, EnrolmentState
from participants.services.cycles import today_in
from participants.services.enrolments import Entered, leave, locked_enrolment, refuse_held, refuse_without_consent

RESULTS = ("results", "case_url", "is_passed")


def finish_enrolment(
    *, enrolment: Enrolment, on: date, results: str = "", case_url: str = "", is_passed: bool | None = None, by: Actor
) -> None:
    """The person has come to the end of the year on this side of the form, on this day, with these results.

    Raises DomainError while a pair holds him, for a day outside his time in the programme, and for results of someone
    whose consent is not in force; TransitionRefused where he has left already.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        refuse_held(locked)
        _refuse_day(locked, on)
        _write(locked, results, case_url, is_passed)
        leave(locked, EnrolmentState.FINISHED, on, by)


def finish_enrolments(*, enrolments: Sequence[Enrolment], on: date, is_passed: bool | None, by: Actor) -> Entered:
    """Finish each of these parts, the mark of those without a consent left open; who can not be is counted by the reason."""
    ended = Entered()
    with transaction.atomic():
        keys = [row.pk for row in enrolments]
        list(Enrolment.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
        today = today_in(enrolments[0].person.school) if enrolments else on
        told = set(Enrolment.objects.consented(today).filter(pk__in=keys).values_list("pk", flat=True))
        for row in enrolments:
            try:
                finish_enrolment(enrolment=row, on=on, is_passed=is_passed if row.pk in told else None, by=by)
                ended.count += 1
            except DomainError as refusal:
                ended.refusals[str(refusal)] = ended.refusals.get(str(refusal), 0) + 1
    return ended


def write_results(
    *, enrolment: Enrolment, results: str, case_url: str, is_passed: bool | None, entered_on: date | None, by: Actor
) -> None:
    """Write what came of the year, at any time, and the day of entering. Raises DomainError without the consent."""
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        if entered_on and entered_on > (locked.left_on or today_in(locked.person.school)):
            raise DomainError(_("The day of entering the programme is still to come, or after the leaving."))
        locked.entered_on = entered_on
        locked.save(update_fields=("entered_on",))
        _write(locked, results, case_url, is_passed)
        record_event(verb="results", thing=locked, school=locked.person.school, by=by)


def _write(enrolment: Enrolment, results: str, case_url: str, is_passed: bool | None) -> None:
    if results.strip() or case_url or is_passed is not None:
        refuse_without_consent(enrolment)
    enrolment.results, enrolment.case_url, enrolment.is_passed = results.strip(), case_url, is_passed
    enrolment.save(update_fields=RESULTS)


def _refuse_day(enrolment: Enrolment, on: date) -> None:
    if on > today_in(enrolment.person.school):
        raise DomainError(_("That day is still to come."))
    if enrolment.entered_on and on < enrolment.entered_on:
        raise DomainError(_("That day is before the person entered the programme."))
