"""The order on paper: asking for it and taking it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.files import serve_file
from core.models import Job
from participants.models.person import REGISTER_READERS
from reports.models import OrderState
from reports.services.papers import ORDER_PDF, order_pdf_key, print_order
from reports.views.reach import order_of


@allow(*REGISTER_READERS, methods="POST")
def order_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """Have the order printed as it now stands; the page of the job shows how far it is."""
    order = order_of(request, pk)
    if order.state == OrderState.CANCELLED:
        messages.error(request, _("A cancelled order is not printed."))
        return redirect("reports:order_show", pk)
    return redirect("core:job_show", print_order(order=order, by=request.actor).pk)


@allow(*REGISTER_READERS)
def order_pdf_file(request: ActingRequest, pk: int, job: int) -> HttpResponse:
    """The printed order as a download; 404 until it is there, and nobody signs a text that has changed since."""
    order = order_of(request, pk)
    rows = Job.objects.visible_to(request.actor).filter(kind=ORDER_PDF, payload__order=pk, result__isnull=False)
    made = get_object_or_404(rows.select_related("result__school"), pk=job)
    if made.key != order_pdf_key(order):
        messages.warning(request, _("The order has changed since it was printed. Have it printed anew."))
        return redirect("reports:order_show", pk)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)
