"""What the curator does with one pair of a scenario."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.forms.scenarios import NoteForm, PutForm, key_of
from pairing.models import Scenario
from pairing.scenes.panel import candidate_of, candidates_of, line_of
from pairing.scenes.scene import read_scene
from pairing.services.scenario_pairs import ban_pair, lock_pair, note_pair, put_pair, take_out, unlock_pair
from pairing.services.scenario_rows import ScenarioRefused
from pairing.views.scenarios_reach import board_address, done, part_of, scenario_of, seen_version
from participants.models import Enrolment, Side
from participants.services.cycles import today_in


@allow(Role.CURATOR, methods="POST")
def scenario_lock(request: ActingRequest, pk: int, mentee: int) -> HttpResponse:
    """Keep the pair of this mentee; `?off` lets it go."""
    scenario = scenario_of(request, pk)
    part = part_of(request, scenario, mentee, Side.MENTEE)
    step = unlock_pair if request.POST.get("lock") == "off" else lock_pair

    def deed() -> str:
        step(scenario=scenario, seen_version=seen_version(request), mentee=part, by=request.actor)
        return ""

    return done(request, pk, deed)


@allow(Role.CURATOR, methods="POST")
def scenario_out(request: ActingRequest, pk: int, mentee: int) -> HttpResponse:
    """Part the pair of this mentee."""
    scenario = scenario_of(request, pk)
    part = part_of(request, scenario, mentee, Side.MENTEE)

    def deed() -> str:
        take_out(scenario=scenario, seen_version=seen_version(request), mentee=part, by=request.actor)
        return _("The pair is taken out; solving again may bring it back.")

    return done(request, pk, deed, mentee)


@allow(Role.CURATOR, methods="POST")
def scenario_ban(request: ActingRequest, pk: int, mentee: int) -> HttpResponse:
    """Keep this mentee and the mentor named apart."""
    scenario = scenario_of(request, pk)
    part = part_of(request, scenario, mentee, Side.MENTEE)
    mentor = _mentor_named(request, scenario)

    def deed() -> str:
        if mentor is None:
            raise ScenarioRefused(_("Choose a mentor first."))
        ban_pair(scenario=scenario, seen_version=seen_version(request), mentee=part, mentor=mentor, by=request.actor)
        return _("These two are kept apart, and the rest is solved again.")

    return done(request, pk, deed, mentee)


@allow(Role.CURATOR, methods="POST")
def scenario_note(request: ActingRequest, pk: int, mentee: int) -> HttpResponse:
    """The curator's word for or against this mentee and the mentor named."""
    scenario = scenario_of(request, pk)
    part = part_of(request, scenario, mentee, Side.MENTEE)
    mentor = _mentor_named(request, scenario)
    form = NoteForm(request.POST)

    def deed() -> str:
        if mentor is None:
            raise ScenarioRefused(_("Choose a mentor first."))
        note_pair(mentee=part, mentor=mentor, **form.cleaned_data, by=request.actor)
        return (
            _("Your word is kept, and the score heeds it.")
            if form.cleaned_data["text"]
            else _("Your word is taken back.")
        )

    if form.is_valid():
        return done(request, pk, deed, mentee)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(board_address(request, pk, mentee))


@allow(Role.CURATOR, methods="GET POST")
def scenario_put(request: ActingRequest, pk: int, mentee: int) -> HttpResponse:
    """Every mentor for this mentee, with what it costs; with `?mentor=` that one, to be confirmed."""
    scenario = scenario_of(request, pk)
    part = part_of(request, scenario, mentee, Side.MENTEE)
    mentor = _mentor_named(request, scenario)
    form = PutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and mentor and form.is_valid():
        reason, other = form.cleaned_data["reason"], mentor
        try:
            return redirect(do_once(request, lambda: _put(request, scenario, part, other, reason)))
        except DomainError as refusal:
            if request.htmx:
                messages.warning(request, str(refusal))
                return redirect(board_address(request, pk, mentee))
            form.add_error(None, str(refusal))
    return _putting(request, scenario, part, mentor, form)


def _mentor_named(request: ActingRequest, scenario: Scenario) -> Enrolment | None:
    """The mentor that was sent or stands in the address; None where none is named, 404 where he is not seen."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = key_of(given.get("mentor"))
    return part_of(request, scenario, wanted, Side.MENTOR) if wanted else None


def _put(request: ActingRequest, scenario: Scenario, mentee: Enrolment, mentor: Enrolment, reason: str) -> str:
    put_pair(
        scenario=scenario,
        seen_version=seen_version(request),
        mentee=mentee,
        mentor=mentor,
        reason=reason,
        by=request.actor,
    )
    messages.success(request, _("The pair is put together and locked."))
    return board_address(request, scenario.pk, mentee.pk)


def _putting(
    request: ActingRequest, scenario: Scenario, mentee: Enrolment, mentor: Enrolment | None, form: PutForm
) -> HttpResponse:
    scene = read_scene(scenario_of(request, scenario.pk), today_in(scenario.school))
    line = line_of(scene, mentee.pk)
    if line is None or line.sent:
        messages.warning(request, _("This mentee can not be paired now, or is spoken for already."))
        return redirect("pairing:scenario_show", pk=scenario.pk)
    chosen = candidate_of(scene, line, mentor.pk) if mentor else None
    context: dict[str, Any] = {"scenario": scene.scenario, "scene": scene, "line": line, "form": form, "chosen": chosen}
    is_part = bool(request.htmx) and not request.htmx.history_restore_request
    if not chosen:
        context["candidates"] = candidates_of(scene, line)
    context["here"] = request.POST.get("here", request.GET.get("here", ""))
    record_event(verb="view", thing=mentee, detail={"mentors": len(context.get("candidates", [1]))}, by=request.actor)
    template = "pairing/scenario_put.html" + ("#price" if is_part and chosen else "")
    return render(request, template, context, status=400 if form.errors else 200)
