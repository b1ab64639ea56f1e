"""What goes from the papers with a person: orders in force are papers of the archive and stay (152-FZ art. 1 (2))."""

from __future__ import annotations

from django.db.models import Q

from core.actors import Actor
from core.files import delete_file
from core.russian import search_key
from participants.models import Person
from participants.papers import categories
from reports.models import Order, OrderLine, OrderState


def erase_lines(person: Person, by: Actor) -> list[str]:
    """The lines with him in orders that never came into force, his name beneath them, and scans of such orders."""
    named = Q(matches__mentor__person=person) | Q(matches__mentee__person=person)
    lines = OrderLine.objects.filter(named).exclude(order__state=OrderState.IN_FORCE)
    found = dict(lines.values_list("pk", "order"))
    OrderLine.objects.filter(pk__in=found).delete()
    orders = Order.objects.filter(school=person.school_id).exclude(state=OrderState.IN_FORCE)
    for order in orders.select_related("scan__school"):
        _leave_out(order, person, has_listed=order.pk in found.values(), by=by)
    return [categories.LISTS] * bool(found)


def _leave_out(order: Order, person: Person, *, has_listed: bool, by: Actor) -> None:
    """Take him out of those who are to know of it; a scan of the old list goes too."""
    order.familiar = [[post, name] for post, name in order.familiar if not _is_him(name, person)]
    scan = order.scan if has_listed else None
    if scan:
        order.scan = None
    order.save(update_fields=("familiar", "scan"))
    if scan:
        delete_file(scan, by=by)


def _is_him(name: str, person: Person) -> bool:
    words = search_key(name)
    return search_key(person.surname) in words and search_key(person.given_name)[:1] in words
