"""The order as it now stands, held against every other change."""

from __future__ import annotations

from core.actors import Actor
from core.files import delete_file
from reports.models import Order


def lock_order(order: Order) -> Order:
    """The order as it now stands, locked."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("school", "scan__school")
    return rows.get(pk=order.pk)


def renew_draft(order: Order, by: Actor) -> None:
    """The words of a locked draft have changed: who looked at the old ones is told, and their scan is thrown away."""
    scan, order.scan = order.scan, None
    order.revision += 1
    order.save(update_fields=("revision", "scan"))
    if scan is not None:
        delete_file(scan, by=by)
