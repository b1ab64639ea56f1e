"""What the curator does with a whole scenario: solves it again, chooses the aim, names it, copies it, puts it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from pairing.forms.scenarios import NameForm, key_of
from pairing.forms.weights import CopyForm
from pairing.models import Scenario
from pairing.scoring import Weights, weights_from_json
from pairing.services.scenario_pairs import lift_ban
from pairing.services.scenarios import bring_back, copy_scenario, put_away, rename_scenario, set_aim, solve_again
from pairing.views.scenarios_reach import done, scenario_of, seen_version


@allow(Role.CURATOR, methods="POST")
def scenario_solve(request: ActingRequest, pk: int) -> HttpResponse:
    """Everything that is not locked anew."""
    scenario = scenario_of(request, pk)

    def deed() -> str:
        lost = solve_again(scenario=scenario, seen_version=seen_version(request), by=request.actor)
        words = ngettext("%(n)s locked pair could not stay.", "%(n)s locked pairs could not stay.", lost) % {"n": lost}
        return " ".join(filter(None, (_("The pairs are solved again."), words if lost else "")))

    return done(request, pk, deed)


@allow(Role.CURATOR, methods="POST")
def scenario_aim(request: ActingRequest, pk: int) -> HttpResponse:
    """What comes first, and how groups are filled."""
    scenario = scenario_of(request, pk)
    aim = request.POST.get("aim", scenario.aim)
    filling = request.POST.get("filling", scenario.filling)

    def deed() -> str:
        set_aim(scenario=scenario, seen_version=seen_version(request), aim=aim, filling=filling, by=request.actor)
        return _("The pairs are solved by the other aim.") if aim != scenario.aim else _("The pairs are solved again.")

    return done(request, pk, deed)


@allow(Role.CURATOR, methods="POST")
def scenario_lift(request: ActingRequest, pk: int) -> HttpResponse:
    """Let two be paired again."""
    scenario, ban = scenario_of(request, pk), key_of(request.POST.get("ban"))

    def deed() -> str:
        lift_ban(scenario=scenario, seen_version=seen_version(request), ban=ban, by=request.actor)
        return _("The ban is lifted. Solve again to see whether these two become a pair.")

    return done(request, pk, deed)


@allow(Role.CURATOR, methods="GET POST")
def scenario_rename(request: ActingRequest, pk: int) -> HttpResponse:
    """Another name."""
    scenario = scenario_of(request, pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": scenario.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            return redirect(do_once(request, lambda: _rename(request, scenario, name)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "scenario": scenario}
    return render(request, "pairing/scenario_rename.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def scenario_copy(request: ActingRequest, pk: int) -> HttpResponse:
    """Another scenario beside this one, with the same weights or others."""
    scenario = scenario_of(request, pk)
    form = CopyForm(request.POST if request.method == "POST" else None, weights=weights_from_json(scenario.weights))
    if request.method == "POST" and form.is_valid():
        weights, name = form.weights, form.cleaned_data["name"]
        return redirect(do_once(request, lambda: _copy(request, scenario, name, weights)))
    context = {"form": form, "scenario": scenario}
    return render(request, "pairing/scenario_copy.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def scenario_away(request: ActingRequest, pk: int) -> HttpResponse:
    """Off the list; nothing is lost."""
    put_away(scenario=scenario_of(request, pk), by=request.actor)
    messages.success(request, _("The scenario is put away. You can bring it back at any time."))
    return redirect("pairing:scenario_list")


@allow(Role.CURATOR, methods="POST")
def scenario_back(request: ActingRequest, pk: int) -> HttpResponse:
    """On the list again."""
    bring_back(scenario=scenario_of(request, pk), by=request.actor)
    messages.success(request, _("The scenario is back as it was."))
    return redirect("pairing:scenario_show", pk=pk)


def _rename(request: ActingRequest, scenario: Scenario, name: str) -> str:
    rename_scenario(scenario=scenario, seen_version=seen_version(request), name=name, by=request.actor)
    messages.success(request, _("The scenario has its new name."))
    return reverse("pairing:scenario_show", args=(scenario.pk,))


def _copy(request: ActingRequest, scenario: Scenario, name: str, weights: Weights) -> str:
    copied = copy_scenario(scenario=scenario, name=name, weights=weights, by=request.actor)
    messages.success(request, _("This is the new scenario. The one it was made from stays as it is."))
    return reverse("pairing:scenario_show", args=(copied.pk,))
