"""The end by the will of whoever signs: a consent withdrawn, an asking declined."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core.actors import Actor
from core.models import Membership, Role
from core.notices import queue_notice
from core.states import move
from participants.hanging import lock_use_of, stop_use_of
from participants.models import Consent, ConsentState, Person
from participants.services.asking import end_consent, lock_consent

CONSENT_WITHDRAWN = "consent-withdrawn"
"""The kind of the letter to the curators; `participants.withdrawal_letter` writes it."""
REASON_LENGTH = 500


def withdraw_consent(*, consent: Consent, by: Actor) -> None:
    """End the consent, every other live one of the person for this purpose, and the use of the data, at once.

    What another guardian gave ends as well: the curator settles it with them. Raises TransitionRefused unless the
    consent is in force.
    """
    with transaction.atomic():
        lock_use_of(consent.person)
        rows = Consent.objects.select_for_update(of=("self",)).select_related("person__school").order_by("pk")
        locked = list(rows.filter(person=consent.person_id, purpose=consent.purpose))
        for row in locked:
            if row.pk == consent.pk:
                end_consent(row, ConsentState.WITHDRAWN, by=by)
            elif row.ended_at is None:
                is_given = row.state == ConsentState.IN_FORCE
                end_consent(row, ConsentState.WITHDRAWN if is_given else ConsentState.CANCELLED, by=by)
        stop_use_of(locked[0].person, by)
        _tell_curators(consent, locked[0].person)


def decline_consent(*, consent: Consent, reason: str, by: Actor) -> None:
    """Say no to what was asked for; a reason is welcome and not required. Raises TransitionRefused for what is not open."""
    with transaction.atomic():
        consent = lock_consent(consent)
        consent.reason, consent.ended_at = " ".join(reason.split())[:REASON_LENGTH], timezone.now()
        move(consent, ConsentState.DECLINED, school=consent.person.school, also=("reason", "ended_at"), by=by)


def _tell_curators(consent: Consent, person: Person) -> None:
    school = person.school
    curators = Membership.objects.active().filter(school=school, role=Role.CURATOR).exclude(user__email="")
    for membership in curators.select_related("user"):
        queue_notice(
            key=f"{CONSENT_WITHDRAWN}:{consent.pk}:{membership.user_id}",
            kind=CONSENT_WITHDRAWN,
            user=membership.user,
            school=school,
            payload={"person": person.pk},
        )
