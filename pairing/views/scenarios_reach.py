"""How the views of scenarios reach their rows, and where they lead after a deed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.access import ActingRequest
from core.errors import DomainError
from core.once import do_once
from pairing.forms.scenarios import key_of
from pairing.models import Scenario
from participants.models import Enrolment, MentoringForm, Side
from roadmap.models import Cycle

KEPT = ("q", "sort", "group", "page", "pair")
"""What of the board's address is kept after a deed."""


def scenario_of(request: ActingRequest, pk: int) -> Scenario:
    """The scenario, where the actor sees it; else 404."""
    rows = Scenario.objects.visible_to(request.actor).select_related("school", "cycle", "form", "made_by")
    return get_object_or_404(rows, pk=pk)


def part_of(request: ActingRequest, scenario: Scenario, pk: int, side: Side) -> Enrolment:
    """Somebody's part in the cycle and form of the scenario, where the actor sees it; else 404."""
    rows = Enrolment.objects.visible_to(request.actor).select_related("person", "form", "cycle")
    return get_object_or_404(rows, pk=pk, side=side, cycle=scenario.cycle_id, form=scenario.form_id)


def seen_version(request: ActingRequest) -> int:
    """The version that the page was made of; 0 where none was sent, which is never the present one."""
    return key_of(request.POST.get("version"))


def usable(request: ActingRequest) -> tuple[list[MentoringForm], list[Cycle]]:
    """The forms and the years in which somebody takes part, the newest year first."""
    parts = Enrolment.objects.visible_to(request.actor).enrolled()
    forms = MentoringForm.objects.visible_to(request.actor).filter(is_used=True, pk__in=parts.values("form"))
    cycles = Cycle.objects.filter(programme__school=request.actor.school, pk__in=parts.values("cycle"))
    return list(forms), list(cycles.select_related("programme").order_by("-year", "-pk"))


def board_address(request: ActingRequest, pk: int, pair: int = 0) -> str:
    """The board as it was looked at when the form was sent; with `pair` at that mentee."""
    here, kept = QueryDict(request.POST.get("here", "")), QueryDict(mutable=True)
    for name in KEPT:
        if here.get(name):
            kept[name] = here[name]
    if pair:
        kept["pair"] = str(pair)
    address = reverse("pairing:scenario_show", args=(pk,))
    return f"{address}?{kept.urlencode()}" if kept else address


def done(request: ActingRequest, pk: int, deed: Callable[[], str], pair: int = 0) -> HttpResponse:
    """Do it once, say so, and show the board; where it is refused, the board says why as it stands then."""
    address = board_address(request, pk, pair)

    def act() -> str:
        if said := deed():
            messages.success(request, said)
        return address

    try:
        return redirect(do_once(request, act))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return redirect(address)
