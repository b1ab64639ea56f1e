"""The curator proposes a pair, proposes it again, takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.board import SIDES, UNPAIRED, candidates_for, match_lines, person_lines
from pairing.forms.matches import AgainForm, MatchForm
from pairing.models import Match, MatchState
from pairing.services.matches import drop_match, propose_again, propose_match
from participants.models import Enrolment, Side
from participants.services.cycles import today_in

LONGEST_KEY = 18
"""Digits; a longer number is no key of any row."""


@allow(Role.CURATOR, methods="GET POST")
def match_new(request: ActingRequest) -> HttpResponse:
    """Choose a mentor for the mentee named in the address; without one, choose the mentee on the board."""
    key = request.GET.get("mentee", "")
    if not key.isdecimal():
        return redirect(board_url(UNPAIRED))
    if len(key) > LONGEST_KEY:
        raise Http404
    rows = Enrolment.objects.visible_to(request.actor).select_related("person", "form", "cycle")
    mentee = get_object_or_404(rows, pk=key, side=Side.MENTEE)
    mentors = rows.enrolled().filter(side=Side.MENTOR, cycle=mentee.cycle_id, form=mentee.form_id)
    form = MatchForm(request.POST if request.method == "POST" else None, mentors=mentors)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _propose(request, mentee, **form.cleaned_data)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return _proposing(request, mentee, mentors, form)


@allow(Role.CURATOR, methods="GET POST")
def match_again(request: ActingRequest, pk: int) -> HttpResponse:
    """Propose a returned pair once more."""
    match = match_of(request, pk)
    form = AgainForm(request.POST if request.method == "POST" else None, initial={"note": match.note})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _again(request, match, form.cleaned_data["note"])))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return show_match(request, match, "pairing/match_again.html", {"form": form}, 400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def match_drop(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the pair back."""
    match = match_of(request, pk)
    if request.method != "POST":
        return show_match(request, match, "pairing/match_drop.html", {})
    try:
        return redirect(do_once(request, lambda: _drop(request, match)))
    except DomainError as refusal:
        return show_match(request, match, "pairing/match_drop.html", {"refusal": str(refusal)}, 409)


def match_of(request: ActingRequest, pk: int) -> Match:
    """The pair with both its sides, or 404."""
    return get_object_or_404(Match.objects.visible_to(request.actor).select_related(*SIDES), pk=pk)


def show_match(
    request: ActingRequest, match: Match, template: str, more: dict[str, object], status: int = 200
) -> HttpResponse:
    """A page about one pair; that it was looked at is journaled."""
    record_event(verb="view", thing=match, by=request.actor)
    context = {"match": match, "line": match_lines([match], today_in(match.school))[0]}
    return render(request, template, context | more, status=status)


def board_url(group: str) -> str:
    """The board at one of its groups."""
    return f"{reverse('pairing:match_list')}?group={group}"


def _proposing(
    request: ActingRequest, mentee: Enrolment, mentors: QuerySet[Enrolment], form: MatchForm
) -> HttpResponse:
    assert request.actor.school
    today = today_in(request.actor.school)
    found = candidates_for(mentee, mentors, today)
    context = {
        "form": form,
        "mentee": person_lines([mentee], today)[0],
        "able": [row for row in found if not row.against],
        "unable": [row for row in found if row.against],
        "chosen": form["mentor"].value(),
    }
    record_event(verb="view", thing=mentee, detail={"mentors": len(found)}, by=request.actor)
    return render(request, "pairing/match_new.html", context, status=400 if form.errors else 200)


def _propose(request: ActingRequest, mentee: Enrolment, mentor: Enrolment, note: str) -> str:
    propose_match(mentor=mentor, mentee=mentee, note=note, by=request.actor)
    messages.success(request, _("The pair is proposed and waits for approval by an administrator."))
    return board_url(UNPAIRED)


def _again(request: ActingRequest, match: Match, note: str) -> str:
    propose_again(match=match, note=note, by=request.actor)
    messages.success(request, _("The pair is proposed again and waits for approval by an administrator."))
    return board_url(MatchState.RETURNED)


def _drop(request: ActingRequest, match: Match) -> str:
    drop_match(match=match, seen=request.POST.get("seen", ""), by=request.actor)
    messages.success(request, _("The pair is taken back. The mentee is among those without a mentor again."))
    return board_url(UNPAIRED)
