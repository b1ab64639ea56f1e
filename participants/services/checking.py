"""Checking what came in: a consent is in force when the curator has accepted a copy he looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.states import move
from participants.models import Consent, ConsentRoute, ConsentState
from participants.register.disputes import said_against
from participants.returning import ReturnReason
from participants.services.asking import CONSENT_RETURNED, lock_consent, lock_people, lock_with_others, tell_signer
from participants.services.conflicts import contest_given
from participants.services.originals import check_original
from participants.services.validity import put_in_force, refuse_past_term

UNDECIDED = (ConsentState.ASKED, ConsentState.SENT, ConsentState.RETURNED)


def accept_consent(*, consent: Consent, seen: int, by: Actor) -> Consent:
    """Accept the copy the curator looked at; what others were asked for and have not signed is dropped.

    The consent is in force; ACCEPTED where the school wants the paper original and it has not come; CONTESTED where
    another guardian has said no or what he gave is contested. `seen` is the attempt the curator saw. Raises DomainError where another copy came
    meanwhile or the term is over.
    """
    with transaction.atomic():
        consent, others = lock_with_others(consent)
        _refuse_other_attempt(consent, seen)
        _accept(consent, others, by)
    return consent


def accept_on_paper(*, consent: Consent, on: date, place: str, by: Actor) -> Consent:
    """Accept the signed paper that was handed over in person `on` that day: it is the original, kept at `place`.

    It ends as `accept_consent` does. Raises DomainError for a day that can not be, without a place, and once the term
    is over; TransitionRefused where it was decided.
    """
    with transaction.atomic():
        consent, others = lock_with_others(consent)
        if consent.state not in UNDECIDED:
            raise TransitionRefused(_("This consent has already been decided. Look at it again before you go on."))
        consent.original_place = check_original(consent, on, place)
        consent.route, consent.taken_by = ConsentRoute.IN_PERSON, by.user
        consent.original_on, consent.original_by = on, by.user
        consent.save(update_fields=("route", "taken_by", "original_on", "original_by", "original_place"))
        _accept(consent, others, by)
    return consent


def return_consent(*, consent: Consent, seen: int, reason: str, by: Actor) -> None:
    """Send a copy back. `reason` is a value of `ReturnReason`, of which the letter speaks, or the curator's own words."""
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say why the copy is sent back: whoever signs has to know what to mend."))
    with transaction.atomic():
        lock_people([consent.person_id])
        consent = lock_consent(consent)
        _refuse_other_attempt(consent, seen)
        code = reason if reason in ReturnReason.values else ""
        consent.reason = _words_of(reason)[:500]
        consent.decided_at, consent.decided_by = timezone.now(), by.user
        move(
            consent,
            ConsentState.RETURNED,
            school=consent.person.school,
            also=("reason", "decided_at", "decided_by"),
            by=by,
        )
        tell_signer(
            consent.person,
            consent.guardian,
            CONSENT_RETURNED,
            payload={"consent": consent.pk, "attempt": consent.attempt, "reason": code},
            by=by,
        )


def _words_of(reason: str) -> str:
    """What the signer reads on his page, in the language of the programme and not of the curator's screen."""
    if reason not in ReturnReason.values:
        return reason
    with translation.override(settings.LANGUAGE_CODE):
        words = str(ReturnReason(reason).label)
    return words[:1].upper() + words[1:]


def _refuse_other_attempt(consent: Consent, seen: int) -> None:
    if consent.state != ConsentState.SENT:
        raise TransitionRefused(_("This consent has already been decided. Look at it again before you go on."))
    if consent.attempt != seen:
        raise DomainError(_("A newer copy has come in while you were looking at this one. Look at the new one first."))


def _accept(consent: Consent, others: Iterable[Consent], by: Actor) -> None:
    refuse_past_term(consent)
    if refusal := said_against(consent):
        contest_given([consent], refusal, by)
        return
    put_in_force(consent, others, by=by)
