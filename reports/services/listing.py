"""The orders of a school, found and made ready for the page; the pairs that wait for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from core.actors import Actor
from core.russian import search_key
from pairing.models import Match, MatchState
from reports.models import Order, OrderLine, OrderState
from reports.numbering import number_key
from reports.services.orders.lists import SIDES, against, ordered_already
from roadmap.models import Cycle

SORTS = {
    "new": ("-dated_on", "-pk"),
    "old": ("dated_on", "pk"),
    "number": ("number_key", "pk"),
}
TONES = {OrderState.DRAFT: "warn", OrderState.IN_FORCE: "", OrderState.CANCELLED: "mute"}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in the list; `tone` is the class of its tag."""

    pk: int
    number: str
    dated_on: date
    title: str
    state: str
    tone: str
    pairs: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """An approved pair that may go into an order; `against` says what keeps it out."""

    pk: int
    mentor: str
    mentor_place: str
    mentee: str
    mentee_place: str
    form: str
    against: tuple[str, ...]


def found_orders(actor: Actor, wanted: Mapping[str, str]) -> QuerySet[Order]:
    """By number or by a person on the list, by state, in the order asked for."""
    rows = Order.objects.visible_to(actor).only("number", "dated_on", "title", "state")
    if words := search_key(wanted.get("q", "")).split():
        rows = rows.filter(Q(number_key__contains=number_key("".join(words))) | Q(lines__in=_naming(words))).distinct()
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    return rows.order_by(*SORTS[wanted.get("sort") or "new"])


def order_rows(orders: Iterable[Order]) -> list[OrderRow]:
    """The rows of a page, in one query more."""
    rows = list(orders)
    lines = OrderLine.objects.filter(order__in=rows).order_by().values_list("order")
    pairs = dict(lines.annotate(pairs=Count("matches")))
    states = dict(OrderState.choices)
    return [
        OrderRow(
            row.pk,
            row.number,
            row.dated_on,
            row.title,
            str(states[OrderState(row.state)]),
            TONES[OrderState(row.state)],
            pairs.get(row.pk, 0),
        )
        for row in rows
    ]


def pairs_to_order(actor: Actor) -> QuerySet[Match]:
    """The approved pairs that stand in no draft and no order in force."""
    approved = Match.objects.visible_to(actor).filter(state=MatchState.APPROVED)
    return approved.exclude(order_lines__in=ordered_already())


def years_to_order(actor: Actor) -> list[tuple[int, int]]:
    """(cycle, pairs that wait in it), the newest first."""
    counted = pairs_to_order(actor).order_by().values_list("mentor__cycle", "mentor__cycle__starts_on")
    rows = counted.annotate(pairs=Count("pk")).order_by("-mentor__cycle__starts_on", "-mentor__cycle")
    return [(cycle, pairs) for cycle, _starts_on, pairs in rows]


def pair_rows(actor: Actor, cycle: Cycle, today: date) -> list[PairRow]:
    """The pairs of a cycle that wait for an order, by mentor."""
    matches = list(pairs_to_order(actor).filter(mentor__cycle=cycle).select_related(*SIDES))
    found = against(matches, today)
    return [_pair_row(row, found.get(row.pk, ())) for row in matches]


def _pair_row(row: Match, words: Sequence[str]) -> PairRow:
    mentor, mentee = row.mentor.person, row.mentee.person
    return PairRow(
        row.pk, mentor.full_name, mentor.place, mentee.full_name, mentee.place, row.mentor.form.name, tuple(words)
    )


def _naming(words: Sequence[str]) -> QuerySet[OrderLine]:
    """The lines on which stands a person with each of these words in his name, class or post."""
    on_a_side = Q()
    for side in ("mentor", "mentee"):
        of_side = Q()
        for word in words:
            of_side &= Q(**{f"{side}__person__search_key__contains": word})
        on_a_side |= of_side
    return OrderLine.objects.filter(matches__in=Match.objects.filter(on_a_side))
