"""What orders ask of people today, what they prove under the roadmap, and what of them hangs on a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import Role
from participants.hanging import Hanging
from participants.models import Person
from reports.models import Order, OrderState
from reports.services.listing import pairs_to_order, years_to_order
from reports.services.orders.withdrawal import orders_naming
from roadmap.day import Waiting
from roadmap.evidence import Evidence

DRAFTS_AT_ONCE = 5


def badge_of(actor: Actor) -> int:
    """The drafts an administrator is to sign; for a curator the pairs that wait for an order."""
    return _drafts(actor).count() if actor.role == Role.ADMINISTRATOR else pairs_to_order(actor).count()


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The approved pairs of each year that stand in no order yet."""
    for cycle, pairs in years_to_order(actor):
        words = ngettext("%(n)s approved pair waits for an order", "%(n)s approved pairs wait for an order", pairs)
        yield Waiting(
            text=words % {"n": pairs},
            url=f"{reverse('reports:order_new')}?cycle={cycle}",
            deed=_("Draft the order"),
            detail=_("Until then no pair may meet."),
        )


def ask_administrator(actor: Actor, today: date) -> Iterator[Waiting]:
    """The drafts that wait for a signature and their scan."""
    drafts = _drafts(actor).annotate(pairs=Count("lines__matches")).order_by("dated_on", "pk")
    for order in drafts[:DRAFTS_AT_ONCE]:
        yield Waiting(
            text=_("Sign order № %(number)s and put it in force") % {"number": order.number},
            url=reverse("reports:order_show", args=(order.pk,)),
            deed=_("Open the order"),
            detail=ngettext("%(n)s pair", "%(n)s pairs", order.pairs) % {"n": order.pairs},
            day=order.dated_on,
            small=_("date on the order"),
            tone="now",
        )


def evidence_of_order(cycles: Sequence[int]) -> dict[int, Evidence]:
    """«приказ № 137/к в силе» of each cycle, else its draft, else that there is none; one query."""
    rows = Order.objects.filter(cycle__in=cycles).exclude(state=OrderState.CANCELLED).order_by("dated_on", "pk")
    found: dict[int, tuple[bool, str, int]] = {}
    for cycle, state, number, pk in rows.values_list("cycle", "state", "number", "pk"):
        in_force = state == OrderState.IN_FORCE
        if cycle not in found or in_force >= found[cycle][0]:
            found[cycle] = (in_force, number, pk)
    return {cycle: _evidence(*found[cycle]) if cycle in found else _no_evidence() for cycle in cycles}


def hanging_orders(person: Person) -> list[Hanging]:
    """The drafts and the orders in force that name the person."""
    return [
        Hanging(
            (_("draft of order № %(number)s") if row.state == OrderState.DRAFT else _("order № %(number)s in force"))
            % {"number": row.number},
            reverse("reports:order_show", args=(row.pk,)),
        )
        for row in orders_naming(person)
    ]


def _drafts(actor: Actor) -> QuerySet[Order]:
    return Order.objects.visible_to(actor).filter(state=OrderState.DRAFT)


def _evidence(in_force: bool, number: str, pk: int) -> Evidence:
    words = _("order № %(number)s is in force") if in_force else _("draft of order № %(number)s")
    url = reverse("reports:order_show", args=(pk,))
    if in_force:
        return Evidence(words % {"number": number}, url, 1, 1)
    lacks = _("order № %(number)s is not in force yet")
    return Evidence(words % {"number": number}, url, 0, 1, lacks % {"number": number}, url)


def _no_evidence() -> Evidence:
    url = reverse("reports:order_list")
    return Evidence(_("no order yet"), url, 0, 1, _("no order on the pairs is in force yet"), url)
