"""The scenarios of a school: the list, a new one, the board of one, its print, several beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.once import do_once
from pairing.forms.scenarios import ScenarioForm, SceneFilterForm, key_of
from pairing.models import GroupFilling, Scenario
from pairing.scenes.bench import form_rules, read_table
from pairing.scenes.comparing import MOST, compare_scenarios
from pairing.scenes.lines import ALL, ALONE, GROUPS, LOCKED, SENT, Line, counts_of, found_lines, shown_lines
from pairing.scenes.panel import line_of, panel_of
from pairing.scenes.people import supported
from pairing.scenes.scene import Scene, read_scene
from pairing.scenes.seeking import readiness_of
from pairing.scenes.wanting import missing_words, wishes_of
from pairing.scenes.words import headline_of
from pairing.services.scenarios import propose_scenario
from pairing.views.scenarios_reach import scenario_of, usable
from participants.services.cycles import today_in
from participants.views.reach import school_of

PER_PAGE = 50


@allow(Role.CURATOR)
def scenario_list(request: ActingRequest) -> HttpResponse:
    """Every scenario of the school; those put away are in a part of their own."""
    rows = Scenario.objects.visible_to(request.actor).select_related("form", "cycle", "made_by")
    is_away = "away" in request.GET
    counts = {away: rows.filter(put_away_at__isnull=not away).count() for away in (False, True)}
    page = Paginator(rows.filter(put_away_at__isnull=not is_away), PER_PAGE).get_page(request.GET.get("page"))
    address = reverse("pairing:scenario_list")
    tabs = [
        Tab(_("Scenarios at work"), address, counts[False], not is_away),
        Tab(_("Scenarios put away"), f"{address}?away", counts[True], is_away),
    ]
    zone = school_of(request).zone
    lines = [(row, timezone.localtime(row.solved_at, zone)) for row in page]
    context = {"page": page, "lines": lines, "tabs": tabs, "is_away": is_away, "most": MOST}
    context["has_any"] = any(counts.values())
    return render(request, "pairing/scenario_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def scenario_new(request: ActingRequest) -> HttpResponse:
    """Choose for whom, see who can be paired at all, have the pairs worked out."""
    forms_used, cycles = usable(request)
    given = request.POST if request.method == "POST" else None
    wanted = {name: key_of(request.GET.get(name)) for name in ("form", "cycle")}
    form = ScenarioForm(given, forms_used=forms_used, cycles=cycles, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        return redirect(do_once(request, lambda: _propose(request, form.cleaned_data)))
    chosen = form.chosen()
    if chosen and (rules := form_rules(chosen.form)[2]):
        form.initial["filling"] = rules.filling
    table = read_table(chosen.cycle, chosen.form, None, today_in(school_of(request)))[0] if chosen else None
    context = {"form": form, "chosen": chosen, "readiness": readiness_of(table) if table else None}
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "pairing/scenario_new.html" + ("#readiness" if is_part else "")
    return render(request, template, context, status=400 if form.errors else 200)


@allow(Role.CURATOR)
def scenario_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The board: the pairs, both aims, and what is behind the pair that was chosen."""
    scenario = scenario_of(request, pk)
    scene = read_scene(scenario, today_in(scenario.school))
    context = _board(request, scene)
    record_event(verb="view", thing=scenario, detail={"pairs": len(context["shown"])}, by=request.actor)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "pairing/scenario_show.html" + ("#board" if is_part else ""), context)


@allow(Role.CURATOR)
def scenario_print(request: ActingRequest, pk: int) -> HttpResponse:
    """All pairs on paper, with why."""
    scenario = scenario_of(request, pk)
    scene = read_scene(scenario, today_in(scenario.school))
    lines = found_lines(scene.lines, ALL, "", "mentee")
    context = {"scenario": scenario, "scene": scene, "headline": headline_of(scene), "shown": _shown(scene, lines)}
    context["solved_on"] = timezone.localtime(scenario.solved_at, scenario.school.zone).date()
    record_event(verb="view", thing=scenario, detail={"pairs": len(lines)}, by=request.actor)
    return render(request, "pairing/scenario_print.html", context)


@allow(Role.CURATOR)
def scenario_compare(request: ActingRequest) -> HttpResponse:
    """Scenarios of one form and year beside each other: `?s=` once for each."""
    keys = [key for given in request.GET.getlist("s") if (key := key_of(given))]
    rows = Scenario.objects.visible_to(request.actor).select_related("form", "cycle", "school")
    found = list(rows.filter(pk__in=keys).order_by("made_at", "pk"))
    if len({*keys}) != len(found):
        raise Http404
    if not 2 <= len(found) <= MOST or len({(row.cycle_id, row.form_id) for row in found}) > 1:
        words = _("Tick from two to %(most)s scenarios of one form and one year.") % {"most": MOST}
        messages.warning(request, words)
        return redirect("pairing:scenario_list")
    comparison = compare_scenarios(found, today_in(school_of(request)))
    record_event(verb="list", detail={"list": "scenarios compared", "count": len(comparison.rows)}, by=request.actor)
    return render(request, "pairing/scenario_compare.html", {"scenarios": found, "comparison": comparison})


def _board(request: ActingRequest, scene: Scene) -> dict[str, Any]:
    form = SceneFilterForm(request.GET)
    group = request.GET.get("group", ALL)
    group = group if group in GROUPS else ALL
    found = found_lines(scene.lines, group, form.words, form.order)
    is_whole = request.GET.get("page") == "all"
    page = Paginator(found, max(len(found), 1) if is_whole else PER_PAGE).get_page(request.GET.get("page"))
    chosen = line_of(scene, key_of(request.GET.get("pair")))
    return {
        "scenario": scene.scenario,
        "scene": scene,
        "headline": headline_of(scene),
        "form": form,
        "group": group,
        "tabs": _tabs(request, group, counts_of(scene.lines)),
        "page": page,
        "is_whole": is_whole,
        "shown": _shown(scene, list(page)),
        "panel": panel_of(scene, chosen) if chosen else None,
        "wishes": wishes_of(scene) if not chosen else (),
        "fillings": GroupFilling.choices,
        "here": request.GET.urlencode(),
    }


def _shown(scene: Scene, lines: list[Line]) -> list[Any]:
    kept = supported(scene.scenario.school, (line.mentee for line in lines if line.mentor is None))
    return shown_lines(scene.bench, lines, kept, missing_words(scene))


def _tabs(request: ActingRequest, group: str, counts: Mapping[str, int]) -> list[Tab]:
    labels = {
        ALL: _("Everybody in the scenario"),
        ALONE: _("Without a pair"),
        LOCKED: _("Locked pairs"),
        SENT: _("In pairs already"),
    }
    asked = request.GET.copy()
    asked.pop("page", None)
    tabs = []
    for name, count in counts.items():
        if name in {LOCKED, SENT} and not count and name != group:
            continue
        asked["group"] = name
        tabs.append(Tab(labels[name], f"?{asked.urlencode()}", count, name == group))
    return tabs


def _propose(request: ActingRequest, given: Mapping[str, Any]) -> str:
    weights = form_rules(given["form"])[0]
    scenario = propose_scenario(**given, weights=weights, by=request.actor)
    return reverse("pairing:scenario_show", args=(scenario.pk,))
