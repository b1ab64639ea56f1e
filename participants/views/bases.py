"""The official registers: seen, printed, taken as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.files import serve_file
from core.journal import record_event
from core.models import Job
from core.navigation import Tab
from participants.bases.entries import OFFICIAL, headers_of, line_of
from participants.models import Side
from participants.models.person import REGISTER_READERS
from participants.services.bases import (
    BASE_XLSX,
    GROUPS,
    base_rows,
    entries_of,
    names_somebody_gone,
    standing_of_base,
    write_base,
)
from participants.services.cycles import today_in
from participants.views.reach import cycle_of, school_of
from roadmap.models import Cycle

PER_PAGE = 50
EVERYTHING = "all"


@allow(*REGISTER_READERS)
def base_show(request: ActingRequest, side: str) -> HttpResponse:
    """The register of one side in the official columns, pupils and teachers apart; `?page=all` is for printing."""
    school, cycle = school_of(request), cycle_of(request)
    context: dict[str, object] = {"side": _side(side), "cycle": cycle, "tabs": _sides(side, cycle)}
    if cycle:
        page = _page(request, side, cycle)
        context |= page | {"years": Cycle.objects.filter(programme__school=school).order_by("-year")}
        detail = {"base": side, "count": len(page["lines"])}
        record_event(verb="list", thing=cycle, detail=detail, by=request.actor)
    return render(request, "participants/base_show.html", context)


@allow(*REGISTER_READERS, methods="POST")
def base_write(request: ActingRequest, side: str) -> HttpResponse:
    """Have the register written as a spreadsheet."""
    cycle = cycle_of(request)
    if cycle is None:
        raise Http404
    job = write_base(school=school_of(request), side=_side(side), cycle=cycle, by=request.actor)
    return redirect("core:job_show", job.pk)


@allow(*REGISTER_READERS)
def base_file(request: ActingRequest, job: int) -> HttpResponse:
    """The spreadsheet as a download; 404 until it is there, and nobody gets one made before a consent ended."""
    rows = Job.objects.visible_to(request.actor).filter(kind=BASE_XLSX, result__isnull=False)
    made = get_object_or_404(rows.select_related("result__school"), pk=job)
    if names_somebody_gone(made):
        messages.warning(request, _("Somebody's consent has ended since this list was written. Have it written anew."))
        return redirect(reverse("participants:base_show", args=(made.payload["side"],)))
    assert made.result is not None
    return serve_file(made.result, by=request.actor)


def _page(request: ActingRequest, side: str, cycle: Cycle) -> dict[str, Any]:
    """The lines of the page that the address asks for, in the official columns, and the figures above them."""
    school, today = school_of(request), today_in(school_of(request))
    standing = standing_of_base(school, side, cycle, today)
    group = _group(request, standing.counts)
    rows = base_rows(school, side, cycle, today).filter(person__kind__in=GROUPS[group][1])
    wanted = request.GET.get("page", "")
    page = Paginator(rows, max(1, standing.total) if wanted == EVERYTHING else PER_PAGE).get_page(wanted)
    keys, first = OFFICIAL[side], page.start_index()
    entries = enumerate(entries_of(rows[max(first - 1, 0) : page.end_index()], today), first)
    return {
        "standing": standing,
        "group": group,
        "groups": [(key, name, standing.counts[key]) for key, (name, _kinds) in GROUPS.items()],
        "headers": headers_of(side, keys),
        "lines": [line_of(entry, number, keys) for number, entry in entries],
        "page": page,
        "is_whole": wanted == EVERYTHING,
    }


def _side(side: str) -> str:
    if side not in Side.values:
        raise Http404
    return side


def _group(request: ActingRequest, counts: Mapping[str, int]) -> str:
    """The group that the address names, else the first that has anybody."""
    wanted = request.GET.get("group", "")
    if wanted in GROUPS:
        return wanted
    return next((key for key in GROUPS if counts[key]), next(iter(GROUPS)))


def _sides(side: str, cycle: Cycle | None) -> list[Tab]:
    query = f"?cycle={cycle.pk}" if cycle else ""
    labels = {Side.MENTEE: _("The base of mentees"), Side.MENTOR: _("The base of mentors")}
    return [
        Tab(label, reverse("participants:base_show", args=(key.value,)) + query, None, key == side)
        for key, label in labels.items()
    ]
