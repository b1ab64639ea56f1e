"""What is whose: the consents that the one who acts signs, for a ward or for himself."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.actors import Actor, ActorKind
from participants.models import Consent, Person


def consents_to_sign(actor: Actor) -> QuerySet[Consent]:
    """Those he signs himself, whatever else of the school his role lets him see."""
    rows = Consent.objects.visible_to(actor)
    if actor.kind is ActorKind.LINK:
        return rows
    return rows.filter(Q(guardian__user=actor.user_id) | Q(guardian=None, person__user=actor.user_id))


def people_of(actor: Actor) -> QuerySet[Person]:
    """Those he signs for: the person of his link, his wards, himself."""
    if actor.kind is ActorKind.LINK:
        return Person.objects.visible_to(actor)
    own = Q(user=actor.user_id) | Q(guardianships__guardian__user=actor.user_id)
    return Person.objects.filter(own, school=actor.school_id).distinct()
