"""Why an order can not be made, changed or put in force."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Role
from reports.models import Order, OrderState


class OrderRefused(DomainError):
    """The order can not be so; the text says why and what to do."""


class NumberTaken(OrderRefused):
    """Another order of the school bears this number in this year."""


class OrderChanged(TransitionRefused):
    """Someone has changed the order since this person looked at it."""


def refuse_unless_draft(order: Order) -> None:
    """Raises TransitionRefused, saying what became of it."""
    if order.state == OrderState.IN_FORCE:
        raise TransitionRefused(_("This order is in force already; nothing in it changes any more."))
    if order.state == OrderState.CANCELLED:
        raise TransitionRefused(_("This order was cancelled meanwhile."))


def refuse_stale(order: Order, seen_revision: int) -> None:
    """Raises OrderChanged where the person looked at an earlier text."""
    if order.revision != seen_revision:
        raise OrderChanged(_("Someone has changed this order since you opened it. Look at it again before you go on."))


def refuse_other_roles(by: Actor) -> None:
    """Signing is the administrator's."""
    if by.role != Role.ADMINISTRATOR:
        raise OrderRefused(_("Only an administrator signs an order and puts it in force."))
