"""Numbers of orders: one after the other within a calendar year of a school."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from core.models import School
from reports.models import Order, OrderState
from reports.numbering import next_number, number_key
from reports.services.orders.refusals import NumberTaken, OrderRefused


def lock_numbers(school: School) -> None:
    """Let nobody else take a number in this school until the transaction is over."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def proposed_number(school: School, year: int) -> str:
    """The number after the highest of the school's orders of that calendar year."""
    return next_number([number for number, _key in _numbers(school, year)])


def free_number(school: School, year: int, typed: str, *, but: Order | None = None) -> str:
    """What was typed, or the next number where nothing was. Raises NumberTaken, OrderRefused; see `lock_numbers`.

    `but` is the order that may keep its own number.
    """
    number = " ".join(typed.replace("№", " ").split())
    if not number:
        return proposed_number(school, year)
    if not re.search(r"\w", number):
        raise OrderRefused(_("Write the number with letters or digits, like 137/к."))
    if number_key(number) in {key for _number, key in _numbers(school, year, but)}:
        raise NumberTaken(
            _("There is an order № %(number)s of %(year)s already. The next free number is %(next)s.")
            % {"number": number, "year": year, "next": proposed_number(school, year)}
        )
    return number


def _numbers(school: School, year: int, but: Order | None = None) -> list[tuple[str, str]]:
    rows = Order.objects.filter(school=school, year=year).exclude(state=OrderState.CANCELLED)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return list(rows.values_list("number", "number_key"))
