"""The board of pairs: who has no mentor yet, what was proposed, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from pairing.board import (
    SIDES,
    UNPAIRED,
    counts_of,
    found_matches,
    found_people,
    has_mentor,
    match_lines,
    matches_of,
    mentees_of,
    person_lines,
    to_decide,
    without_mentor,
    years_of,
)
from pairing.forms.matches import MatchFilterForm
from pairing.models import Match, MatchState
from participants.models import Enrolment, MentoringForm
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in

PER_PAGE = 50
ORDERS = {
    "mentee": ("mentee__person__sort_key", "pk"),
    "mentor": ("mentor__person__sort_key", "mentee__person__sort_key", "pk"),
    "new": ("-proposed_at", "-pk"),
}


@allow(*REGISTER_READERS)
def match_list(request: ActingRequest) -> HttpResponse:
    """The board, one group of it at a time; an administrator begins with what waits for him."""
    assert request.actor.school
    years, is_curator = years_of(request.actor), request.actor.role == Role.CURATOR
    used = MentoringForm.objects.visible_to(request.actor).filter(is_used=True)
    form = MatchFilterForm(request.GET, forms_used=list(used.values_list("pk", "name")), years=years)
    year = form.cleaned_data.get("year") or (years[0] if years else 0)
    counts = counts_of(request.actor, year)
    group = request.GET.get("group", "")
    if group not in counts:
        group = UNPAIRED if is_curator and counts[UNPAIRED] else MatchState.PROPOSED
    page, lines = _page(request, group, year, form)
    waiting = 0 if is_curator else to_decide(request.actor).count()
    context = {"form": form, "group": group, "page": page, "lines": lines, "waiting": waiting}
    context |= {"tabs": _tabs(request, group, counts), "headline": _headline(counts), "is_curator": is_curator}
    record_event(verb="list", detail={"list": "pairs", "count": len(page)}, by=request.actor)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "pairing/match_list.html" + ("#rows" if is_part else ""), context)


def _page(request: ActingRequest, group: str, year: int, form: MatchFilterForm) -> tuple[Page[Any], Sequence[object]]:
    assert request.actor.school
    number, today = request.GET.get("page"), today_in(request.actor.school)
    if group == UNPAIRED:
        people = Paginator(_people(request, year, form), PER_PAGE).get_page(number)
        return people, person_lines(people, today)
    matches = Paginator(_matches(request, group, year, form), PER_PAGE).get_page(number)
    return matches, match_lines(matches, today)


def _people(request: ActingRequest, year: int, form: MatchFilterForm) -> QuerySet[Enrolment]:
    mentees, cycle = mentees_of(request.actor, year), form.cleaned_data.get("cycle")
    rows = mentees.filter(~has_mentor(), cycle=cycle) if cycle else without_mentor(mentees)
    found = found_people(
        rows.select_related("person", "form"), form.cleaned_data.get("q", ""), form.cleaned_data.get("form")
    )
    return found.order_by("-created_at", "-pk") if form.cleaned_data.get("sort") == "new" else found


def _matches(request: ActingRequest, group: str, year: int, form: MatchFilterForm) -> QuerySet[Match]:
    rows = matches_of(request.actor, year).filter(state=group).select_related(*SIDES)
    found = found_matches(rows, form.cleaned_data.get("q", ""), form.cleaned_data.get("form"))
    return found.order_by(*ORDERS[form.cleaned_data.get("sort") or "mentee"])


def _tabs(request: ActingRequest, group: str, counts: Mapping[str, int]) -> list[Tab]:
    labels = {
        UNPAIRED: _("Without a mentor"),
        MatchState.PROPOSED: _("Waiting for approval"),
        MatchState.RETURNED: _("Returned pairs"),
        MatchState.APPROVED: _("Approved, no order yet"),
        MatchState.IN_FORCE: _("In force by an order"),
    }
    asked = request.GET.copy()
    for name in ("page", "cycle"):
        asked.pop(name, None)
    tabs = []
    for name, count in counts.items():
        asked["group"] = name
        url = f"{reverse('pairing:match_list')}?{asked.urlencode()}"
        tabs.append(Tab(labels[name], url, count, name == group))
    return tabs


def _headline(counts: Mapping[str, int]) -> str:
    """«51 пара ждёт утверждения, 13 наставляемых без наставника»"""
    waiting, alone = counts[MatchState.PROPOSED], counts[UNPAIRED]
    parts = []
    if waiting:
        parts.append(
            ngettext("%(n)s pair waits for approval", "%(n)s pairs wait for approval", waiting) % {"n": waiting}
        )
    if alone:
        parts.append(ngettext("%(n)s mentee without a mentor", "%(n)s mentees without a mentor", alone) % {"n": alone})
    if parts:
        return ", ".join(parts)
    return _("Every mentee has a mentor") if any(counts.values()) else _("There are no pairs yet")
