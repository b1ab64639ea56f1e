"""The administrator signs on paper: the scan comes in, the order goes in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.models import Role
from core.once import do_once
from core.pictures import Scan, read_scans
from participants.models.person import REGISTER_READERS
from reports.forms.orders import ScanForm, SeenForm
from reports.models import Order, OrderState
from reports.services.orders import enforce_order, keep_scan
from reports.views.reach import facts_of, order_of, show_order, status_of


@allow(Role.ADMINISTRATOR, methods="POST")
def order_scan(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep the scan of the signed order and, where the person says so, put it in force with the same click."""
    order, form, status = order_of(request, pk), ScanForm(request.POST, request.FILES), 400
    if form.is_valid():
        try:
            scans = read_scans((file.name or "", file.read()) for file in form.cleaned_data["pages"])
            return redirect(do_once(request, lambda: _sign(request, order, form.cleaned_data["seen"], scans)))
        except DomainError as refusal:
            order, status = order_of(request, pk), status_of(refusal)
            form.add_error("pages", str(refusal))
    return show_order(request, order, form=form, status=status)


@allow(*REGISTER_READERS)
def order_scan_file(request: ActingRequest, pk: int) -> HttpResponse:
    """The signed paper as a download; 404 until it is there."""
    order = order_of(request, pk)
    if order.scan is None:
        raise Http404
    return serve_file(order.scan, by=request.actor)


@allow(Role.ADMINISTRATOR, methods="GET POST")
def order_enforce(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what will happen and that there is no way back, then put the order in force."""
    order, form, refused, status = order_of(request, pk), SeenForm(request.POST), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _enforce(request, order, form.cleaned_data["seen"])))
        except DomainError as refusal:
            order, refused, status = order_of(request, pk), str(refusal), status_of(refusal)
    if order.state != OrderState.DRAFT:
        messages.error(request, refused or _("Only a draft can be put in force."))
        return redirect("reports:order_show", pk)
    return render(request, "reports/order_enforce.html", {**facts_of(order), "refused": refused}, status=status)


def _sign(request: ActingRequest, order: Order, seen: int, scans: list[Scan]) -> str:
    kept = keep_scan(order=order, seen_revision=seen, scans=scans, by=request.actor)
    if request.POST.get("deed") == "enforce":
        return _enforce(request, kept, kept.revision)
    messages.success(request, _("The scan of the signed order is kept."))
    return reverse("reports:order_show", args=(order.pk,))


def _enforce(request: ActingRequest, order: Order, seen: int) -> str:
    enforce_order(order=order, seen_revision=seen, by=request.actor)
    messages.success(request, _("The order is in force, and its pairs have begun."))
    return reverse("reports:order_show", args=(order.pk,))
