"""The end of a consent's term: nobody is asked, nothing is used any longer; who is of age is asked himself."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.actors import SYSTEM
from core.errors import DomainError
from participants.ages import born_for_age
from participants.hanging import lock_use_of
from participants.models import LIVE_CONSENTS, Consent, ConsentState, DestructionGround
from participants.services.asking import ask_consents, end_consent, lock_consent, lock_people
from participants.services.cycles import today_in
from participants.services.ending import end_use, start_clock_of

WAS_GIVEN = (ConsentState.IN_FORCE, ConsentState.CONTESTED)


def end_past_consents() -> int:
    """End every live consent whose last day is over in its school, and those of guardians of people who are of age;
    their number.

    The use that rested on it ends too. Someone who came of age is asked himself instead: until he has signed nothing is
    used, and what hangs on him waits (152-FZ art. 9 (6)).
    """
    live = Consent.objects.filter(state__in=LIVE_CONSENTS)
    zones: dict[date, list[str]] = defaultdict(list)
    for zone in set(live.values_list("person__school__time_zone", flat=True)):
        zones[timezone.localdate(timezone=ZoneInfo(zone))].append(zone)
    past = [
        consent
        for today, names in zones.items()
        for consent in _past(live.filter(person__school__time_zone__in=names), today)
    ]
    return sum(_end(consent) for consent in past)


def _past(rows: QuerySet[Consent], today: date) -> QuerySet[Consent]:
    of_age = Q(guardian__isnull=False, person__birth_date__lte=born_for_age(today))
    return rows.filter(Q(expires_on__lt=today) | of_age).select_related("person__school").order_by("pk")


def _end(consent: Consent) -> bool:
    """A form that nobody signed in time is asked for no longer; a consent that was in force has expired."""
    with transaction.atomic():
        lock_use_of(consent.person)
        lock_people([consent.person_id])
        consent = lock_consent(consent)
        if consent.ended_at is not None:
            return False
        before = consent.state
        end_consent(
            consent, ConsentState.EXPIRED if before == ConsentState.IN_FORCE else ConsentState.CANCELLED, by=SYSTEM
        )
        if _came_of_age(consent):
            _ask_himself(consent)
        elif before in WAS_GIVEN:
            end_use(consent, ground=DestructionGround.EXPIRED, by=SYSTEM)
    return True


def _came_of_age(consent: Consent) -> bool:
    person = consent.person
    return consent.guardian_id is not None and not person.is_minor_on(today_in(person.school))


def _ask_himself(consent: Consent) -> None:
    """His own consent to what his guardians had allowed; the term for the data runs until he gives it."""
    with suppress(DomainError):
        ask_consents(person=consent.person, by=SYSTEM)
    start_clock_of(consent, ground=DestructionGround.EXPIRED, by=SYSTEM)
