"""How the views of orders reach a row and show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from core.access import ActingRequest
from core.errors import DomainError, TransitionRefused
from core.models import School
from participants.services.cycles import today_in
from reports.forms.orders import ScanForm
from reports.models import Order, OrderState
from reports.papers.order import order_context
from reports.services.orders.lists import faults_of, lines_of
from reports.services.papers import read_order_paper


def school_of(request: ActingRequest) -> School:
    """The school acted in; the access rule has let in nobody without one."""
    assert request.actor.school is not None
    return request.actor.school


def order_of(request: ActingRequest, pk: int) -> Order:
    """The order, where the actor sees it; else 404."""
    rows = Order.objects.visible_to(request.actor).select_related("school", "scan__school", "made_by", "in_force_by")
    return get_object_or_404(rows, pk=pk)


def show_order(
    request: ActingRequest, order: Order, *, form: ScanForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of an order: what is to be done next, and the paper below."""
    context = {
        **facts_of(order),
        "form": form or ScanForm(initial={"seen": order.revision}),
        "paper": order_context(read_order_paper(order)),
    }
    return render(request, "reports/order_show.html", context, status=status)


def facts_of(order: Order) -> dict[str, Any]:
    """What every page about one order says of it."""
    lines = lines_of(order)
    is_draft = order.state == OrderState.DRAFT
    return {
        "order": order,
        "lines": lines,
        "pairs": sum(len(line.matches.all()) for line in lines),
        "faults": faults_of(lines, today_in(order.school)) if is_draft else [],
    }


def status_of(refusal: DomainError) -> int:
    """409 where the page was out of date, else 400."""
    return 409 if isinstance(refusal, TransitionRefused) else 400
