"""How the consent to processing stands for each person, in one word."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from participants.models import DATA_PURPOSES, Consent, ConsentState, Person


class Standing(models.TextChoices):
    """The best of a person's consents to processing; where none lives, how the last one ended."""

    NONE = "none", _("not asked for yet")
    ASKED = "asked", _("waiting for the answer")
    SENT = "sent", _("sent, to be checked")
    RETURNED = "returned", _("sent back for mending")
    ACCEPTED = "accepted", _("accepted, the original is awaited")
    CONTESTED = "contested", _("the guardians disagree")
    IN_FORCE = "in_force", _("in force")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("past its term")
    REPLACED = "replaced", _("replaced by a newer one")
    INVALID = "invalid", _("found invalid")


TONES = {
    Standing.NONE: "mute",
    Standing.ASKED: "mute",
    Standing.SENT: "warn",
    Standing.RETURNED: "warn",
    Standing.ACCEPTED: "warn",
    Standing.CONTESTED: "bad",
    Standing.IN_FORCE: "",
    Standing.DECLINED: "bad",
    Standing.WITHDRAWN: "bad",
    Standing.EXPIRED: "bad",
    Standing.REPLACED: "mute",
    Standing.INVALID: "bad",
}
"""The colour of the tag that tells each."""


def with_standing(people: models.QuerySet[Person], today: date) -> models.QuerySet[Person]:
    """The people with a column `standing`; a consent past its last day counts as expired before it is marked so."""
    past = When(state=ConsentState.IN_FORCE, expires_on__lt=today, then=Value(Standing.EXPIRED.value))
    best = [
        ConsentState.IN_FORCE,
        ConsentState.CONTESTED,
        ConsentState.ACCEPTED,
        ConsentState.SENT,
        ConsentState.RETURNED,
        ConsentState.ASKED,
    ]
    rank = Case(*(When(now=state.value, then=place) for place, state in enumerate(best)), default=len(best))
    consents = (
        Consent.objects.filter(person=OuterRef("pk"), purpose__in=DATA_PURPOSES)
        .exclude(state=ConsentState.CANCELLED)
        .annotate(now=Case(past, default=F("state"), output_field=models.CharField()))
        .annotate(rank=rank)
        .order_by("rank", "-asked_at", "-pk")
    )
    return people.annotate(standing=Coalesce(Subquery(consents.values("now")[:1]), Value(Standing.NONE.value)))


def standing_of(person: Person, today: date) -> Standing:
    """How this person's consent stands today."""
    row = with_standing(Person.objects.filter(pk=person.pk), today).get()
    return Standing(row.standing)  # type: ignore[attr-defined]
