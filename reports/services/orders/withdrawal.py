"""What a withdrawn consent does to orders: drafts let the person go, orders in force stay as papers of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    return Order.objects.filter(pk__in=_orders_with(_matches_of(person)))


def lock_drafts_naming(person: Person) -> None:
    """Lock what `leave_out_person` will change."""
    list(_drafts(person).values_list("pk"))


def leave_out_person(person: Person, parts: Sequence[int], by: Actor) -> None:
    """Take the person's pairs by these parts off every draft: their lines go or lose his name, a scan of the old list
    goes too.
    """
    matches = _matches_of(person).filter(Q(mentor__in=parts) | Q(mentee__in=parts))
    for order in _drafts(person).filter(pk__in=_orders_with(matches)).select_related("school", "scan__school"):
        for line in order.lines.filter(matches__in=matches).distinct():
            leave_out(line, matches.filter(order_lines=line))
        renew_draft(order, by)
        record_event(verb="leave out", thing=order, school=order.school, by=by)


def _matches_of(person: Person) -> QuerySet[Match]:
    return Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))


def _orders_with(matches: QuerySet[Match]) -> QuerySet[Any]:
    """The keys of the orders on whose list these pairs stand."""
    return ordered_already().filter(matches__in=matches).values("order")


def _drafts(person: Person) -> QuerySet[Order]:
    rows = Order.objects.select_for_update(of=("self",)).filter(pk__in=orders_naming(person).values("pk"))
    return rows.filter(state=OrderState.DRAFT).order_by("pk")
