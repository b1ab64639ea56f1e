"""The profile of a part, which follows the consent."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import TAKING_PART, Enrolment
from participants.register.profile import ProfileColumns, fault_of, is_full
from participants.services.enrolments import locked_enrolment, refuse_without_consent


def fill_profile(*, enrolment: Enrolment, by: Actor, **given: Unpack[ProfileColumns]) -> Enrolment:
    """Write these of what pairing goes by; what is not named stays as it is.

    It counts as filled with a request, or with competences and a number of places. Raises DomainError while the
    consent to processing is not in force, for someone who has left, and for what a profile can not hold.
    """
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        if locked.state not in TAKING_PART:
            raise DomainError(_("This person has left the programme."))
        refuse_without_consent(locked)
        areas = given.pop("areas", None)
        areas = None if areas is None else list(areas)
        _put(locked, given)
        if fault := fault_of(locked, given if areas is None else {**given, "areas": areas}):
            raise DomainError(fault)
        locked.filled_at = timezone.now() if is_full(locked) else None
        locked.save(update_fields=("filled_at", *given))
        if areas is not None:
            locked.areas.set(areas)
        record_event(verb="fill", thing=locked, school=locked.person.school, by=by)
    return locked


def _put(row: Enrolment, given: ProfileColumns) -> None:
    """Put the values into the row, words without blanks around them, hours in order."""
    for name, value in given.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.available = sorted(set(row.available))
