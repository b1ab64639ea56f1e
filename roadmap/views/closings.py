"""The end of a stage: its conditions, closing it, opening it again; and what marks itself done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.navigation import Tab
from roadmap.board.board import year_of
from roadmap.board.closings import stages_to_close
from roadmap.board.conditions import closing_headline, conditions_of, seen_by
from roadmap.board.proofs import proofs_for
from roadmap.board.rows import window_rows, windows_of
from roadmap.board.tabs import programme_tabs
from roadmap.forms.closings import CloseForm, ReopenForm
from roadmap.models import ClosingState, Cycle, Programme, Stage, StageClosing, Window
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.closings import close_stage, reopen_stage
from roadmap.services.selfmarking import switch_self_marking
from roadmap.views.programmes import MARKERS, today_of


@allow(*ROADMAP_READERS)
def programme_closings(request: ActingRequest, pk: int) -> HttpResponse:
    """Every stage of a year, and what keeps it from closing."""
    rows = Programme.objects.visible_to(request.actor).select_related("self_marked_by")
    programme, today = get_object_or_404(rows, pk=pk), today_of(request)
    cycles = list(programme.cycles.order_by("year"))
    cycle = _chosen(cycles, request.GET.get("cycle"), request)
    windows = window_rows(windows_of(pk).filter(cycle=cycle), today)
    closings = StageClosing.objects.filter(stage__programme=programme, cycle=cycle, state=ClosingState.CLOSED)
    context = {
        "programme": programme,
        "cycle": cycle,
        "stages": stages_to_close(
            list(programme.stages.order_by("place")),
            windows,
            proofs_for(request.actor, windows, today),
            closings,
            today,
        ),
        "years": _years(cycles, cycle, reverse("roadmap:programme_closings", args=(pk,))),
        "tabs": programme_tabs(pk, request.actor, request.path),
        "may_switch": request.actor.role == Role.CURATOR,
    }
    return render(request, "roadmap/closing_list.html", context)


@allow(*ROADMAP_READERS)
def stage_closing(request: ActingRequest, pk: int) -> HttpResponse:
    """The conditions of one stage in one year, or how it was closed."""
    stage = _stage(request, pk)
    return _page(request, stage, _cycle(request, stage))


@allow(*MARKERS, methods="POST")
def stage_close(request: ActingRequest, pk: int) -> HttpResponse:
    """Close the stage; what is lacking needs a reason."""
    return _turn(request, pk, CloseForm(request.POST), close_stage, _("The stage is closed."))


@allow(*MARKERS, methods="POST")
def stage_reopen(request: ActingRequest, pk: int) -> HttpResponse:
    """Open a closed stage again, with a reason."""
    return _turn(request, pk, ReopenForm(request.POST), reopen_stage, _("The stage is open again."))


def _turn(
    request: ActingRequest, pk: int, form: CloseForm | ReopenForm, act: Callable[..., object], said: str
) -> HttpResponse:
    stage = _stage(request, pk)
    cycle = _cycle(request, stage)
    if form.is_valid():
        try:
            act(stage=stage, cycle=cycle, reason=form.cleaned_data["reason"], by=request.actor)
        except DomainError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, said)
            return redirect(f"{reverse('roadmap:stage_closing', args=(pk,))}?cycle={cycle.pk}")
    return _page(request, stage, cycle, form)


@allow(Role.CURATOR, methods="GET POST")
def programme_self_marking(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what will happen by itself, then switch it on or off."""
    rows = Programme.objects.visible_to(request.actor).select_related("self_marked_by")
    programme = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        is_on = request.POST.get("turn") == "on"
        switch_self_marking(programme=programme, is_on=is_on, by=request.actor)
        messages.success(
            request, _("Complete activities mark themselves from now on.") if is_on else _("Only people mark now.")
        )
        return redirect("roadmap:programme_closings", pk)
    context = {"programme": programme, "is_on": programme.self_marked_by is not None}
    return render(request, "roadmap/self_marking.html", context)


def _page(
    request: ActingRequest, stage: Stage, cycle: Cycle, form: CloseForm | ReopenForm | None = None
) -> HttpResponse:
    today = today_of(request)
    rows = window_rows(Window.objects.filter(activity__stage=stage, cycle=cycle), today)
    conditions = seen_by(request.actor, conditions_of(rows, proofs_for(request.actor, rows, today)))
    closing = StageClosing.objects.filter(stage=stage, cycle=cycle).select_related("closed_by").first()
    is_closed = closing is not None and closing.state == ClosingState.CLOSED
    number = stage.number.rstrip(".") or str(stage.place)
    context: dict[str, Any] = {
        "stage": stage,
        "number": number,
        "cycle": cycle,
        "closing": closing,
        "is_closed": is_closed,
        "conditions": conditions,
        "can_close": all(condition.is_met for condition in conditions),
        "headline": closing_headline(number, conditions),
        "form": form or (ReopenForm() if is_closed else CloseForm()),
        "years": _years(list(stage.programme.cycles.order_by("year")), cycle, request.path),
        "tabs": programme_tabs(
            stage.programme_id, request.actor, reverse("roadmap:programme_closings", args=(stage.programme_id,))
        ),
        "may_close": request.actor.role in MARKERS,
    }
    return render(request, "roadmap/closing_show.html", context, status=400 if form else 200)


def _stage(request: ActingRequest, pk: int) -> Stage:
    return get_object_or_404(Stage.objects.visible_to(request.actor).select_related("programme__school"), pk=pk)


def _cycle(request: ActingRequest, stage: Stage) -> Cycle:
    """The cycle that is asked for, of the stage's programme."""
    cycles = list(stage.programme.cycles.select_related("programme__school").order_by("year"))
    cycle = _chosen(cycles, request.POST.get("cycle") or request.GET.get("cycle"), request)
    if cycle is None:
        raise Http404
    return cycle


def _chosen(cycles: list[Cycle], key: str | None, request: ActingRequest) -> Cycle | None:
    """The cycle with this key, else the one under way; None where there is none at all."""
    year = year_of([cycle.year for cycle in cycles], today_of(request))
    usual = next((cycle for cycle in cycles if cycle.year == year), None)
    return next((cycle for cycle in cycles if str(cycle.pk) == key), usual)


def _years(cycles: list[Cycle], shown: Cycle | None, url: str) -> list[Tab]:
    """A tab for each year of a programme of several."""
    if len(cycles) < 2:
        return []
    return [Tab(cycle.label, f"{url}?cycle={cycle.pk}", None, cycle == shown) for cycle in cycles]
