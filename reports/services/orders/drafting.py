"""The life of an order: drafted from approved pairs, changed, signed on paper, put in force.

Locks are taken in the order of `pairing.services.matches`: the parts of the people, their matches, the school's
numbers, the order; and all of it before the first line of the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.journal import record_event
from core.states import move
from pairing.models import Match
from pairing.services.matches import lock_matches
from participants.services.cycles import today_in
from reports.models import Order, OrderLine, OrderState
from reports.services.orders.lists import SIDES, add_lines, against, leave_out, ordered_already, pair_words
from reports.services.orders.locks import lock_order, renew_draft
from reports.services.orders.numbers import free_number, lock_numbers
from reports.services.orders.proposals import proposed_texts
from reports.services.orders.refusals import OrderRefused, refuse_stale, refuse_unless_draft
from roadmap.models import Cycle


@dataclass(frozen=True, slots=True)
class LineText:
    """A line of the list as it is to stand on paper."""

    mentor_text: str
    mentees_text: str
    form_text: str
    starts_on: date
    ends_on: date


def draft_order(
    *,
    cycle: Cycle,
    matches: Sequence[Match],
    number: str = "",
    dated_on: date,
    starts_on: date,
    ends_on: date,
    by: Actor,
) -> Order:
    """A draft that approves these pairs, in words that stay editable; without a number it takes the next one.

    Raises OrderRefused, NumberTaken.
    """
    assert by.user
    if not matches:
        raise OrderRefused(_("Choose at least one pair for the order."))
    _refuse_days(starts_on, ends_on)
    with transaction.atomic():
        lock_matches(matches)
        school = cycle.programme.school
        lock_numbers(school)
        rows = list(Match.objects.filter(pk__in=[row.pk for row in matches], school=school).select_related(*SIDES))
        _refuse_matches(rows, cycle)
        order = Order.objects.create(
            school=school,
            cycle=cycle,
            number=free_number(school, dated_on.year, number),
            dated_on=dated_on,
            year=dated_on.year,
            made_by=by.user,
            **proposed_texts(cycle, rows, dated_on, by.user),
        )
        add_lines(order, rows, starts_on, ends_on)
        detail: dict[str, object] = {"pairs": len(rows)}
        record_event(verb="draft", thing=order, school=school, to_state=order.state, detail=detail, by=by)
    return order


def change_order(
    *,
    order: Order,
    seen_revision: int,
    texts: Mapping[str, Any],
    lines: Mapping[int, LineText],
    left_out: Collection[int] = (),
    by: Actor,
) -> Order:
    """Change the words of a draft: `texts` by column, `lines` by key; the matches in `left_out` go off the list.

    A scan was signed under other words, so it goes. Raises OrderChanged where somebody was faster,
    TransitionRefused for what is no draft, NumberTaken, OrderRefused.
    """
    for line in lines.values():
        _refuse_days(line.starts_on, line.ends_on)
    with transaction.atomic():
        lock_numbers(order.school)
        row = lock_order(order)
        refuse_unless_draft(row)
        refuse_stale(row, seen_revision)
        year = texts["dated_on"].year
        columns = {**texts, "year": year, "number": free_number(row.school, year, texts["number"], but=row)}
        changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=[*columns, "number_key"])
        _change_lines(row, lines, set(left_out))
        renew_draft(row, by)
        detail: dict[str, object] = {"columns": changed, "left_out": len(left_out)}
        record_event(verb="change", thing=row, school=row.school, detail=detail, by=by)
    return row


def cancel_order(*, order: Order, seen_revision: int, by: Actor) -> None:
    """Give a draft up: its number is free, its pairs wait for another order, its list is gone with the names.

    Raises OrderChanged, TransitionRefused.
    """
    with transaction.atomic():
        row = lock_order(order)
        refuse_unless_draft(row)
        refuse_stale(row, seen_revision)
        row.lines.all().delete()
        renew_draft(row, by)
        move(row, OrderState.CANCELLED, school=row.school, by=by)


def _change_lines(order: Order, lines: Mapping[int, LineText], left_out: set[int]) -> None:
    for line in order.lines.filter(pk__in=lines):
        text = lines[line.pk]
        OrderLine.objects.filter(pk=line.pk).update(
            mentor_text=text.mentor_text,
            mentees_text=text.mentees_text,
            form_text=text.form_text,
            starts_on=text.starts_on,
            ends_on=text.ends_on,
        )
    for line in order.lines.filter(matches__in=left_out).distinct():
        leave_out(line, Match.objects.filter(pk__in=left_out, order_lines=line))


def _refuse_days(first: date, last: date) -> None:
    if last < first:
        raise OrderRefused(_("The last day of the pairs is before their first day."))


def _refuse_matches(rows: Iterable[Match], cycle: Cycle) -> None:
    """Raises OrderRefused with all that speaks against the pairs."""
    matches = list(rows)
    reasons = [word for words in against(matches, today_in(cycle.programme.school)).values() for word in words]
    taken = ordered_already().filter(matches__in=matches).values_list("matches", "order__number")
    numbers = dict(taken)
    reasons += [
        _("the pair %(pair)s stands in order № %(number)s") % {"pair": pair_words(row), "number": numbers[row.pk]}
        for row in matches
        if row.pk in numbers
    ]
    reasons += [
        _("the pair %(pair)s belongs to another year") % {"pair": pair_words(row)}
        for row in matches
        if row.mentor.cycle_id != cycle.pk
    ]
    if reasons:
        raise OrderRefused(_("The order was not drafted: %(reasons)s.") % {"reasons": "; ".join(reasons)})
