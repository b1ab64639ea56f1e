"""How the consents of a school stand: who was not asked, how many are in force, what waits for the curator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.actors import Actor
from participants.models import OPEN_CONSENTS, Consent, ConsentPurpose, ConsentState, Enrolment, Person, Side
from participants.models.enrolment import NEEDS_LABOUR_CONSENT


def running_enrolments(actor: Actor, today: date) -> QuerySet[Enrolment]:
    """Who takes part in what is not over yet, of those the actor sees."""
    return Enrolment.objects.visible_to(actor).enrolled().filter(cycle__ends_on__gte=today)


def people_not_asked(actor: Actor, today: date) -> QuerySet[Person]:
    """Those who take part and for whom something needed is neither given nor awaited nor declined."""
    answered = Consent.objects.filter(
        Q(state__in=OPEN_CONSENTS) | Q(state__in=(ConsentState.IN_FORCE, ConsentState.DECLINED), expires_on__gte=today),
        person=OuterRef("person"),
    )
    own = Q(Exists(answered.filter(purpose=ConsentPurpose.PROCESSING)), side=Side.MENTEE)
    own |= Q(Exists(answered.filter(purpose=ConsentPurpose.MENTOR)), side=Side.MENTOR)
    labour = Exists(answered.filter(purpose=ConsentPurpose.LABOUR))
    wanting = running_enrolments(actor, today).filter(~own | (NEEDS_LABOUR_CONSENT & ~labour))
    return Person.objects.filter(pk__in=wanting.values("person"))


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many consents of the school are in each state."""
    rows = Consent.objects.visible_to(actor).values("state").annotate(rows=Count("pk")).order_by("state")
    return {row["state"]: row["rows"] for row in rows}


def waiting_to_be_checked(actor: Actor) -> QuerySet[Consent]:
    """What came in, the oldest first."""
    return Consent.objects.visible_to(actor).filter(state=ConsentState.SENT).order_by("sent_at", "pk")


def people_in_force(actor: Actor, today: date) -> tuple[int, int]:
    """Of those who take part, how many have every consent they need in force; and how many there are."""
    running = running_enrolments(actor, today)
    everyone = running.aggregate(people=Count("person", distinct=True))["people"]
    without = running.exclude(pk__in=Enrolment.objects.cleared(today).values("pk"))
    return everyone - without.aggregate(people=Count("person", distinct=True))["people"], everyone


def people_in_force_by_cycle(side: Side, cycles: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each of these cycles, of the people on this side how many have every consent they need, and how many
    there are. Two queries; a third where the schools' days differ.
    """
    rows = Enrolment.objects.enrolled().filter(side=side, cycle__in=cycles)
    zoned = rows.values_list("cycle", "cycle__programme__school__time_zone").order_by("cycle")
    everyone = {(cycle, zone): people for cycle, zone, people in zoned.annotate(people=Count("person", distinct=True))}
    days = {zone: timezone.localdate(timezone=ZoneInfo(zone)) for _cycle, zone in everyone}
    without: dict[int, int] = {}
    for today in set(days.values()):
        here = rows.filter(cycle__in=[cycle for cycle, zone in everyone if days[zone] == today])
        lacking = here.exclude(pk__in=Enrolment.objects.cleared(today).values("pk"))
        without |= dict(lacking.values_list("cycle").order_by("cycle").annotate(people=Count("person", distinct=True)))
    found = {cycle: (people - without.get(cycle, 0), people) for (cycle, _zone), people in everyone.items()}
    return {cycle: found.get(cycle, (0, 0)) for cycle in cycles}
