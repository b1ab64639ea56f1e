"""What a withdrawn consent does to orders: drafts let the person go, orders in force stay as papers of the archive."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.actors import Actor
from core.journal import record_event
from pairing.models import Match
from participants.models import Person
from reports.models import Order, OrderState
from reports.services.orders.lists import leave_out, ordered_already
from reports.services.orders.locks import renew_draft


def orders_naming(person: Person) -> QuerySet[Order]:
    """The drafts and the orders in force on whose list the person stands."""
    lines = ordered_already().filter(matches__in=_matches_of(person))
    return Order.objects.filter(pk__in=lines.values("order"))


def lock_drafts_naming(person: Person) -> None:
    """Lock what `leave_out_person` will change."""
    list(_drafts(person).values_list("pk"))


def leave_out_person(person: Person, by: Actor) -> None:
    """Take the person off every draft: his lines go or lose his name, a scan of the old list goes too."""
    for order in _drafts(person).select_related("school", "scan__school"):
        for line in order.lines.filter(matches__in=_matches_of(person)).distinct():
            leave_out(line, _matches_of(person).filter(order_lines=line))
        renew_draft(order, by)
        record_event(verb="leave out", thing=order, school=order.school, by=by)


def _matches_of(person: Person) -> QuerySet[Match]:
    return Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))


def _drafts(person: Person) -> QuerySet[Order]:
    rows = Order.objects.select_for_update(of=("self",)).filter(pk__in=orders_naming(person).values("pk"))
    return rows.filter(state=OrderState.DRAFT).order_by("pk")
