"""The paper itself: who received it, when, and where it is kept."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import Consent, ConsentState
from participants.services.asking import lock_with_others
from participants.services.cycles import today_in
from participants.services.validity import put_in_force

PLACE_LENGTH = 200
KEPT = (ConsentState.ACCEPTED, ConsentState.IN_FORCE, ConsentState.CONTESTED)
"""The states in which the school keeps or awaits a paper."""


def note_original(*, consent: Consent, on: date, place: str, by: Actor) -> Consent:
    """The paper original has come; a consent that was waiting for it is in force.

    Told once more, it is written anew: papers are moved. Raises DomainError for a day that can not be, without a place,
    and for a consent that was not accepted.
    """
    with transaction.atomic():
        consent, others = lock_with_others(consent)
        if consent.state not in KEPT:
            raise DomainError(_("This consent was not accepted, so there is no original of it to keep."))
        consent.original_place = check_original(consent, on, place)
        consent.original_on, consent.original_by = on, by.user
        consent.save(update_fields=("original_on", "original_place", "original_by"))
        record_event(
            verb="keep original", thing=consent, school=consent.person.school, detail={"on": on.isoformat()}, by=by
        )
        if consent.state == ConsentState.ACCEPTED:
            put_in_force(consent, others, by=by)
    return consent


def check_original(consent: Consent, on: date, place: str) -> str:
    """The place as it is kept. Raises DomainError without one, and for a day on which the paper can not have come."""
    place = " ".join(place.split())[:PLACE_LENGTH]
    if not place:
        raise DomainError(_("Say where the paper is kept: a folder, a shelf, a safe."))
    if on > today_in(consent.person.school):
        raise DomainError(_("The original can not have come on a day that is still ahead."))
    if on < consent.asked_at.date():
        raise DomainError(_("The original can not have come before the consent was asked for."))
    return place
