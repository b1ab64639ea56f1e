"""What guardians of one child said against what another gave, as long as nobody has settled it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Max, QuerySet

from participants.models import Consent, ConsentState, Person

OBJECTED = "objected"
GIVEN = (ConsentState.ACCEPTED, ConsentState.IN_FORCE)
NOT_ACCEPTED = (
    ConsentState.ASKED,
    ConsentState.SENT,
    ConsentState.RETURNED,
    ConsentState.DECLINED,
    ConsentState.CANCELLED,
)
"""The states in which `decided_at` is at most the day when a copy was sent back."""


def said_against(consent: Consent) -> str:
    """Why a guardian's consent can not be in force before a person has settled it: see `said_among`."""
    if consent.guardian_id is None:
        return ""
    same = Consent.objects.filter(person=consent.person_id, purpose=consent.purpose)
    return said_among(same, but=consent.guardian_id)


def said_among(rows: QuerySet[Consent], *, but: int | None = None) -> str:
    """What is unsettled among these consents of a child for one purpose, but for what the guardian with the key `but`
    said himself; "" for nothing.

    The state in which the last refusal ended, since which nothing was accepted; else the words on what is contested.
    """
    rows = rows.filter(guardian__isnull=False)
    others = rows.exclude(guardian=but) if but else rows
    settled = rows.exclude(state__in=NOT_ACCEPTED).aggregate(at=Max("decided_at"))["at"]
    refusals = others.filter(
        state__in=(ConsentState.DECLINED, ConsentState.WITHDRAWN), guardian__guardianships__minor=F("person")
    )
    unsettled = refusals.filter(ended_at__gt=settled) if settled else refusals
    last = unsettled.order_by("-ended_at").values_list("state", flat=True).first()
    contested = others.filter(state=ConsentState.CONTESTED).order_by("pk").first()
    return last or (contested.reason or OBJECTED if contested else "")


def disputed_by_each_other(one: Person, other: Person) -> Iterator[tuple[Consent, str]]:
    """What guardians of either gave and guardians of the other said no to, were the two one child; with what was said."""
    for giver, objector in ((one, other), (other, one)):
        rows = giver.consents.filter(state__in=GIVEN, guardian__isnull=False).select_related("person__school")
        for row in rows.order_by("pk"):
            if words := said_among(objector.consents.filter(purpose=row.purpose)):
                yield row, words
