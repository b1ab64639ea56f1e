"""Putting a consent in force: the term, the paper original a school may want, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.states import move
from participants.models import Consent, ConsentState
from participants.services.asking import end_consent
from participants.services.cycles import today_in
from participants.services.ending import lift_end
from participants.services.rules import rules_of

UNSIGNED = (ConsentState.ASKED, ConsentState.RETURNED)


def put_in_force(consent: Consent, others: Iterable[Consent], *, reason: str = "", by: Actor) -> None:
    """Decide for a locked consent; with the school's rule it waits for its paper original first.

    Once in force it takes the place of an older one by the same signer, and what others were asked for and have not
    signed is asked for no longer. Raises DomainError where its term is over.
    """
    school = consent.person.school
    refuse_past_term(consent)
    waits = consent.original_on is None and rules_of(school).wants_originals
    consent.reason = reason
    consent.decided_at, consent.decided_by = timezone.now(), by.user
    columns = ("reason", "decided_at", "decided_by")
    if waits:
        move(consent, ConsentState.ACCEPTED, school=school, also=columns, by=by)
        return
    for other in others:
        if other.state == ConsentState.IN_FORCE and other.guardian_id == consent.guardian_id:
            end_consent(other, ConsentState.REPLACED, by=by)
        elif other.state in UNSIGNED:
            end_consent(other, ConsentState.CANCELLED, by=by)
    move(consent, ConsentState.IN_FORCE, school=school, also=columns, by=by)
    lift_end(consent, by=by)


def refuse_past_term(consent: Consent) -> None:
    """Raises DomainError where the last day on the form is over."""
    if consent.expires_on < today_in(consent.person.school):
        raise DomainError(
            _("The term written on this form was over on %(day)s. Cancel it and ask anew.")
            % {"day": date_format(consent.expires_on, "j E Y")}
        )
