"""The end by the will of whoever signs, or because a consent never held: withdrawn, declined, found invalid."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from participants.hanging import lock_use_of
from participants.models import Consent, ConsentState, DestructionGround
from participants.services.asking import end_consent, lock_with_others
from participants.services.conflicts import contest_given, given_by_another
from participants.services.ending import end_use
from participants.services.telling import CONSENT_WITHDRAWN, tell_curators
from participants.services.validity import UNSIGNED

REASON_LENGTH = 500


def withdraw_consent(*, consent: Consent, by: Actor) -> None:
    """End the consent and the use of the data that rested on it, at once.

    Where another guardian gave his too, that one becomes contested: the use is paused until the curators have settled
    it. Raises TransitionRefused unless the consent was given.
    """
    with transaction.atomic():
        lock_use_of(consent.person)
        consent, others = lock_with_others(consent)
        end_consent(consent, ConsentState.WITHDRAWN, by=by)
        if given := given_by_another(consent, others):
            contest_given(given, ConsentState.WITHDRAWN, by)
            return
        for row in others:
            if row.state in UNSIGNED:
                end_consent(row, ConsentState.CANCELLED, by=by)
        end_use(consent, by=by)
        tell_curators(consent, CONSENT_WITHDRAWN)


def decline_consent(*, consent: Consent, reason: str, by: Actor) -> None:
    """Say no to what was asked for; a reason is welcome and not required.

    What another guardian has given becomes contested. Raises TransitionRefused for what is not open.
    """
    with transaction.atomic():
        lock_use_of(consent.person)
        consent, others = lock_with_others(consent)
        consent.reason = " ".join(reason.split())[:REASON_LENGTH]
        end_consent(consent, ConsentState.DECLINED, also=("reason",), by=by)
        contest_given(given_by_another(consent, others), ConsentState.DECLINED, by)
        if _ran_out_before(consent):
            end_use(consent, by=by)


def invalidate_consent(*, consent: Consent, reason: str, by: Actor) -> None:
    """Found after its acceptance never to have held: the use stops as after a withdrawal.

    Raises DomainError without a reason, TransitionRefused for what was not accepted.
    """
    words = " ".join(reason.split())[:REASON_LENGTH]
    if not words:
        raise DomainError(_("Say what is wrong with this consent: the reason stays with it."))
    with transaction.atomic():
        lock_use_of(consent.person)
        consent, _others = lock_with_others(consent)
        consent.reason = words
        end_consent(consent, ConsentState.INVALID, also=("reason",), by=by)
        end_use(consent, ground=DestructionGround.UNLAWFUL, by=by)


def _ran_out_before(consent: Consent) -> bool:
    """Whether he declines to go on with what an earlier consent allowed: a guardian's until he was of age, or one past
    its term.
    """
    earlier = consent.person.consents.filter(purpose=consent.purpose, state=ConsentState.EXPIRED)
    return consent.guardian_id is None and earlier.exists()
