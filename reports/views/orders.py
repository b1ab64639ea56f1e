"""The orders of a school: the list, one of them, a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.once import do_once
from pairing.models import Match
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in
from reports.forms.orders import DraftForm, OrderFilterForm
from reports.models import Order
from reports.services.listing import found_orders, order_rows, pair_rows, pairs_to_order, years_to_order
from reports.services.orders import NumberTaken, draft_order
from reports.services.orders.numbers import proposed_number
from reports.services.orders.proposals import last_day_of_pairs
from reports.views.reach import order_of, school_of, show_order, status_of
from roadmap.models import Cycle

PER_PAGE = 50


@allow(*REGISTER_READERS)
def order_list(request: ActingRequest) -> HttpResponse:
    """Every order of the school, with a search by number, name and state."""
    form = OrderFilterForm(request.GET)
    form.is_valid()
    page = Paginator(found_orders(request.actor, form.cleaned_data), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": order_rows(page),
        "total": Order.objects.visible_to(request.actor).count() if form.changed_data else page.paginator.count,
        "waiting": pairs_to_order(request.actor).count(),
        "is_curator": request.actor.role == Role.CURATOR,
    }
    record_event(verb="list", detail={"list": "orders", "count": len(page)}, by=request.actor)
    return render(request, "reports/order_list.html#rows" if request.htmx else "reports/order_list.html", context)


@allow(*REGISTER_READERS)
def order_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The order as it stands on paper, and what is to be done with it next."""
    order = order_of(request, pk)
    record_event(verb="view", thing=order, by=request.actor)
    return show_order(request, order)


@allow(Role.CURATOR, methods="GET POST")
def order_new(request: ActingRequest) -> HttpResponse:
    """Choose among the approved pairs of a year, all of them ticked; the rest is written by the program."""
    years = years_to_order(request.actor)
    chosen = request.GET.get("cycle", "")
    key = (
        int(chosen)
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        else next((cycle for cycle, _pairs in years), 0)
    )
    cycle = Cycle.objects.visible_to(request.actor).filter(pk=key).select_related("programme__school").first()
    if cycle is None:
        return render(request, "reports/order_none.html")
    if request.method != "POST":
        return _choosing(request, cycle, DraftForm(initial=_usual(cycle)))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _choosing(request, cycle, form, 400)
    try:
        return redirect(do_once(request, lambda: _draft(request, cycle, form)))
    except DomainError as refusal:
        form.add_error("number" if isinstance(refusal, NumberTaken) else None, str(refusal))
        return _choosing(request, cycle, form, status_of(refusal))


def _usual(cycle: Cycle) -> dict[str, Any]:
    """What a new order begins with."""
    school = cycle.programme.school
    today: date = today_in(school)
    return {
        "number": proposed_number(school, today.year),
        "dated_on": today,
        "starts_on": today,
        "ends_on": last_day_of_pairs(cycle, today),
    }


def _choosing(request: ActingRequest, cycle: Cycle, form: DraftForm, status: int = 200) -> HttpResponse:
    rows = pair_rows(request.actor, cycle, today_in(school_of(request)))
    ticked = set(_keys(request)) if form.is_bound else {row.pk for row in rows if not row.against}
    years = dict(years_to_order(request.actor))
    found = Cycle.objects.visible_to(request.actor).filter(pk__in=years).order_by("-starts_on", "-pk")
    context = {
        "form": form,
        "rows": [(row, row.pk in ticked) for row in rows],
        "ticked": len(ticked),
        "cycle": cycle,
        "tabs": [Tab(row.label, f"?cycle={row.pk}", years[row.pk], row.pk == cycle.pk) for row in found],
    }
    record_event(verb="list", detail={"list": "pairs to order", "count": len(rows)}, by=request.actor)
    return render(request, "reports/order_new.html", context, status=status)


def _draft(request: ActingRequest, cycle: Cycle, form: DraftForm) -> str:
    matches = list(Match.objects.visible_to(request.actor).filter(pk__in=_keys(request)))
    order = draft_order(cycle=cycle, matches=matches, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The order is drafted. Look it over: every word can be changed."))
    return reverse("reports:order_show", args=(order.pk,))


def _keys(request: ActingRequest) -> list[int]:
    given = request.POST.getlist("pair")
    return [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19]
