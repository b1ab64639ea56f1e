"""Checking what came in: a consent is in force when the curator has accepted a copy he looked at."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.states import move
from participants.models import OPEN_CONSENTS, Consent, ConsentState
from participants.returning import ReturnReason
from participants.services.asking import CONSENT_RETURNED, end_consent, lock_consent, lock_people, tell_signer


def accept_consent(*, consent: Consent, seen: int, by: Actor) -> None:
    """Put a consent in force by the copy the curator looked at; what other signers were asked for is dropped.

    `seen` is the attempt he saw. Raises DomainError where another copy came meanwhile or the term is over.
    """
    with transaction.atomic():
        consent, others = _lock_with_others(consent)
        _refuse_other_attempt(consent, seen)
        _put_in_force(consent, others, by)


def accept_on_paper(*, consent: Consent, by: Actor) -> None:
    """Put a consent in force by the signed paper that was handed over in person."""
    with transaction.atomic():
        consent, others = _lock_with_others(consent)
        _put_in_force(consent, others, by)


def return_consent(*, consent: Consent, seen: int, reason: str, by: Actor) -> None:
    """Send a copy back. `reason` is a value of `ReturnReason`, of which the letter speaks, or the curator's own words."""
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say why the copy is sent back: whoever signs has to know what to mend."))
    with transaction.atomic():
        consent = lock_consent(consent)
        _refuse_other_attempt(consent, seen)
        lock_people([consent.person_id])
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


def _lock_with_others(consent: Consent) -> tuple[Consent, list[Consent]]:
    """The consent and the live ones of other signers for the same person and purpose, locked in one order."""
    rows = Consent.objects.select_for_update(of=("self",), no_key=True).select_related("person__school", "guardian")
    live = {row.pk: row for row in rows.filter(person=consent.person_id, purpose=consent.purpose).order_by("pk")}
    return live.pop(consent.pk), [row for row in live.values() if row.state in OPEN_CONSENTS]


def _refuse_other_attempt(consent: Consent, seen: int) -> None:
    if consent.state != ConsentState.SENT:
        raise TransitionRefused(_("This consent has already been decided. Look at it again before you go on."))
    if consent.attempt != seen:
        raise DomainError(_("A newer copy has come in while you were looking at this one. Look at the new one first."))


def _put_in_force(consent: Consent, others: Iterable[Consent], by: Actor) -> None:
    school = consent.person.school
    if consent.expires_on < timezone.localdate(timezone=school.zone):
        raise DomainError(
            _("The term written on this form was over on %(day)s. Cancel it and ask anew.")
            % {"day": date_format(consent.expires_on, "j E Y")}
        )
    consent.reason = ""
    consent.decided_at, consent.decided_by = timezone.now(), by.user
    move(consent, ConsentState.IN_FORCE, school=school, also=("reason", "decided_at", "decided_by"), by=by)
    for other in others:
        end_consent(other, ConsentState.CANCELLED, by=by)
