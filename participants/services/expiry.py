"""The end of a consent's term: nobody is asked, nothing is used any longer."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM
from participants.hanging import lock_use_of, stop_use_of
from participants.models import OPEN_CONSENTS, Consent, ConsentState
from participants.services.asking import end_consent, lock_consent


def end_past_consents() -> int:
    """End every live consent whose last day is over in its school, and the use that rested on it; their number."""
    live = Consent.objects.filter(state__in=(*OPEN_CONSENTS, ConsentState.IN_FORCE))
    zones: dict[date, list[str]] = defaultdict(list)
    for zone in set(live.values_list("person__school__time_zone", flat=True)):
        zones[timezone.localdate(timezone=ZoneInfo(zone))].append(zone)
    past = [
        consent
        for today, names in zones.items()
        for consent in live.filter(expires_on__lt=today, person__school__time_zone__in=names).order_by("pk")
    ]
    return sum(_end(consent) for consent in past)


def _end(consent: Consent) -> bool:
    """A form that nobody signed in time is asked for no longer; a consent that was in force has expired."""
    with transaction.atomic():
        lock_use_of(consent.person)
        consent = lock_consent(consent)
        if consent.ended_at is not None:
            return False
        if consent.state != ConsentState.IN_FORCE:
            end_consent(consent, ConsentState.CANCELLED, by=SYSTEM)
            return True
        end_consent(consent, ConsentState.EXPIRED, by=SYSTEM)
        today = timezone.localdate(timezone=consent.person.school.zone)
        if not consent.person.consents.in_force(today).filter(purpose=consent.purpose).exists():
            stop_use_of(consent.person, SYSTEM)
    return True
