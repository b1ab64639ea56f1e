"""How the consent to processing stands for each person, in one word."""

from __future__ import annotations

from collections.abc import Collection
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


_BEST = (
    Standing.IN_FORCE,
    Standing.CONTESTED,
    Standing.ACCEPTED,
    Standing.SENT,
    Standing.RETURNED,
    Standing.ASKED,
)
_RANKS: dict[str, int] = {standing.value: place for place, standing in enumerate(_BEST)}


def with_standing(people: models.QuerySet[Person], today: date) -> models.QuerySet[Person]:
    """The people with a column `standing`; a consent past its last day counts as expired before it is marked so."""
    past = When(state=ConsentState.IN_FORCE, expires_on__lt=today, then=Value(Standing.EXPIRED.value))
    rank = Case(*(When(now=state, then=place) for state, place in _RANKS.items()), default=len(_RANKS))
    consents = (
        _consents()
        .filter(person=OuterRef("pk"))
        .annotate(now=Case(past, default=F("state"), output_field=models.CharField()))
        .annotate(rank=rank)
        .order_by("rank", "-asked_at", "-pk")
    )
    return people.annotate(standing=Coalesce(Subquery(consents.values("now")[:1]), Value(Standing.NONE.value)))


def standings_of(people: Collection[int], today: date) -> dict[int, str]:
    """The same by the person's key for a few people, at a fraction of what the column costs; who was never asked is left out."""
    consents = _consents().filter(person__in=people).order_by("-asked_at", "-pk")
    found: dict[int, str] = {}
    for person, state, last_day in consents.values_list("person_id", "state", "expires_on"):
        now = Standing.EXPIRED.value if state == ConsentState.IN_FORCE and last_day < today else state
        if person not in found or _rank(now) < _rank(found[person]):
            found[person] = now
    return found


def standing_of(person: Person, today: date) -> Standing:
    """How this person's consent stands today."""
    row = with_standing(Person.objects.filter(pk=person.pk), today).get()
    return Standing(row.standing)  # type: ignore[attr-defined]


def _consents() -> models.QuerySet[Consent]:
    """Those to processing; one that was called off says nothing."""
    return Consent.objects.filter(purpose__in=DATA_PURPOSES).exclude(state=ConsentState.CANCELLED)


def _rank(standing: str) -> int:
    return _RANKS.get(standing, len(_RANKS))
