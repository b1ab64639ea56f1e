"""A draft is changed or given up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.once import do_once
from participants.models.person import REGISTER_READERS
from reports.forms.orders import OrderForm, SeenForm
from reports.models import Order, OrderState
from reports.services.orders import NumberTaken, OrderChanged, cancel_order, change_order
from reports.services.orders.lists import lines_of
from reports.views.reach import facts_of, order_of, status_of


@allow(*REGISTER_READERS, methods="GET POST")
def order_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Every word of a draft; who was slower sees what stands there now, and keeps what he typed."""
    order = order_of(request, pk)
    if order.state != OrderState.DRAFT:
        messages.error(request, _("Only a draft can be changed."))
        return redirect("reports:order_show", pk)
    form = OrderForm(request.POST if request.method == "POST" else None, order=order, lines=lines_of(order))
    if request.method != "POST":
        record_event(verb="view", thing=order, by=request.actor)
        return _editing(request, order, form)
    if not form.is_valid():
        return _editing(request, order, form, 400)
    try:
        return redirect(do_once(request, lambda: _change(request, order, form)))
    except OrderChanged:
        return _overtaken(request, order_of(request, pk))
    except DomainError as refusal:
        form.add_error("number" if isinstance(refusal, NumberTaken) else None, str(refusal))
        return _editing(request, order, form, status_of(refusal))


@allow(*REGISTER_READERS, methods="GET POST")
def order_cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then give the draft up."""
    order, form, refused = order_of(request, pk), SeenForm(request.POST), ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _cancel(request, order, form.cleaned_data["seen"])))
        except DomainError as refusal:
            order, refused = order_of(request, pk), str(refusal)
    if order.state != OrderState.DRAFT:
        messages.error(request, refused or _("Only a draft can be cancelled."))
        return redirect("reports:order_show", pk)
    return render(
        request, "reports/order_cancel.html", {**facts_of(order), "refused": refused}, status=409 if refused else 200
    )


def _editing(request: ActingRequest, order: Order, form: OrderForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/order_edit.html", {"order": order, "form": form}, status=status)


def _overtaken(request: ActingRequest, order: Order) -> HttpResponse:
    """The same page with what was typed, beside it what the order says now; sending it again takes the typed words."""
    if order.state != OrderState.DRAFT:
        messages.error(request, _("Only a draft can be changed."))
        return redirect("reports:order_show", order.pk)
    typed = request.POST.copy()
    typed["seen"] = str(order.revision)
    form = OrderForm(typed, order=order, lines=lines_of(order))
    context = {"order": order, "form": form, "is_overtaken": True, "now": form.not_as_now()}
    return render(request, "reports/order_edit.html", context, status=409)


def _change(request: ActingRequest, order: Order, form: OrderForm) -> str:
    had_scan = order.scan_id is not None
    change_order(
        order=order,
        seen_revision=form.cleaned_data["seen"],
        texts=form.texts,
        lines=form.line_texts,
        left_out=form.left_out,
        by=request.actor,
    )
    messages.success(request, _("The order is changed."))
    if had_scan:
        messages.warning(
            request, _("The scan was signed under other words, so it was taken away. Print and sign anew.")
        )
    return reverse("reports:order_show", args=(order.pk,))


def _cancel(request: ActingRequest, order: Order, seen: int) -> str:
    cancel_order(order=order, seen_revision=seen, by=request.actor)
    messages.success(request, _("The draft is cancelled; its pairs wait for another order."))
    return reverse("reports:order_list")
