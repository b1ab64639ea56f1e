"""What the curators of a school are written about a consent: that something happened, and where to read of it."""

from __future__ import annotations

from core.models import Membership, Role
from core.notices import queue_notice
from participants.models import Consent

CONSENT_WITHDRAWN, CONSENT_CONTESTED = "consent-withdrawn", "consent-contested"
"""The kinds of letters to the curators; `participants.curator_letters` writes them."""


def tell_curators(consent: Consent, kind: str) -> None:
    """One letter of this kind about the consent to each curator who has an address; a new one after each decision."""
    school = consent.person.school
    since = consent.decided_at.timestamp() if consent.decided_at else 0
    curators = Membership.objects.active().filter(school=school, role=Role.CURATOR).exclude(user__email="")
    for membership in curators.select_related("user"):
        queue_notice(
            key=f"{kind}:{consent.pk}:{since}:{membership.user_id}",
            kind=kind,
            user=membership.user,
            school=school,
            payload={"person": consent.person_id},
        )
