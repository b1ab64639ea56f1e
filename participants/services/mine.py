"""What is whose: the consents that the one who acts signs, for a ward or for himself."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.actors import Actor, ActorKind
from core.models import Job, Membership, Role, School
from participants.models import Consent, Guardianship, Person
from participants.services.consent_papers import CONSENT_PDF


def consents_to_sign(actor: Actor) -> QuerySet[Consent]:
    """Those he signs himself, whatever else of the school his role lets him see."""
    rows = Consent.objects.visible_to(actor)
    if actor.kind is ActorKind.LINK:
        return rows
    return rows.filter(Q(guardian__user=actor.user_id) | Q(guardian=None, person__user=actor.user_id))


def people_of(actor: Actor) -> QuerySet[Person]:
    """Those he signs for: the person of his link, his wards until they are of age, himself."""
    if actor.kind is ActorKind.LINK:
        return Person.objects.visible_to(actor)
    wards = Guardianship.objects.standing().filter(guardian__user=actor.user_id)
    return Person.objects.filter(Q(user=actor.user_id) | Q(pk__in=wards.values("minor")), school=actor.school_id)


def paper_job(consent: Consent) -> Job | None:
    """The printing of the consent's form, where it was asked for."""
    return Job.objects.filter(kind=CONSENT_PDF, key=f"{CONSENT_PDF}:{consent.pk}").first()


def curators_of(school: School) -> list[str]:
    """Whom to ask: the curators' names in full."""
    rows = Membership.objects.active().filter(school=school, role=Role.CURATOR).select_related("user")
    return [row.user.full_name for row in rows.order_by("user__sort_key")]
