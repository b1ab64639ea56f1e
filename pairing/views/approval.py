"""The administrator decides on pairs, and on how many keys a decision takes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role, School
from core.once import do_once
from pairing.board import SIDES, MatchLine, match_lines, to_decide
from pairing.forms.matches import ApprovalRuleForm, DecideForm, ReturnForm
from pairing.models import ApprovalRule, Match, MatchState
from pairing.services.approval import decide_matches, set_single_approval
from pairing.services.matches import return_match
from pairing.views.proposing import LONGEST_KEY, board_url, match_of, show_match
from participants.services.cycles import today_in


@allow(Role.ADMINISTRATOR, methods="GET POST")
def match_decide(request: ActingRequest) -> HttpResponse:
    """Every pair that waits, on one screen: those ticked are approved, those with a note returned."""
    if request.method == "POST":
        keys = [key for key in request.POST.getlist("pair") if key.isdecimal() and len(key) <= LONGEST_KEY]
        rows = Match.objects.visible_to(request.actor).filter(pk__in=keys)
        form = DecideForm(request.POST, matches=rows.select_related(*SIDES))
        if form.is_valid():
            return redirect(do_once(request, lambda: _decide(request, form)))
        return _deciding(request, form)
    return _deciding(request, DecideForm(None, matches=to_decide(request.actor).select_related(*SIDES)))


@allow(Role.ADMINISTRATOR, methods="GET POST")
def match_return(request: ActingRequest, pk: int) -> HttpResponse:
    """Send one pair back, an approved one too, as long as no order has put it in force."""
    match = match_of(request, pk)
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"seen": match.state})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _return(request, match, **form.cleaned_data)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return show_match(request, match, "pairing/match_return.html", {"form": form}, 400 if form.errors else 200)


@allow(Role.ADMINISTRATOR, methods="GET POST")
def approval_rule(request: ActingRequest) -> HttpResponse:
    """Whether one person may propose and approve, and why."""
    assert request.actor.school
    rule = ApprovalRule.objects.visible_to(request.actor).select_related("changed_by").first()
    initial = {"is_single": rule.is_single} if rule else {}
    form = ApprovalRuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        school, given = request.actor.school, form.cleaned_data
        try:
            return redirect(do_once(request, lambda: _set_rule(request, school, **given)))
        except DomainError as refusal:
            form.add_error("reason", str(refusal))
    context = {"form": form, "rule": rule}
    return render(request, "pairing/approval_rule.html", context, status=400 if form.errors else 200)


def _deciding(request: ActingRequest, form: DecideForm) -> HttpResponse:
    assert request.actor.school
    waiting = [row for row in form.matches if row.state == MatchState.PROPOSED]
    lines = match_lines(waiting, today_in(request.actor.school))
    rows = [(line, form[f"note-{line.pk}"], _is_ticked(form, line)) for line in lines]
    proposed = Match.objects.visible_to(request.actor).filter(state=MatchState.PROPOSED).count()
    context = {
        "form": form,
        "rows": rows,
        "ticked": sum(is_ticked for _line, _note, is_ticked in rows),
        "own": proposed - to_decide(request.actor).count(),
    }
    record_event(verb="list", detail={"list": "pairs to decide", "count": len(rows)}, by=request.actor)
    return render(request, "pairing/match_decide.html", context, status=400 if form.errors else 200)


def _is_ticked(form: DecideForm, line: MatchLine) -> bool:
    return bool(form[f"approve-{line.pk}"].value()) if form.is_bound else not line.against


def _decide(request: ActingRequest, form: DecideForm) -> str:
    decided = decide_matches(approved=form.approved, returned=form.returned, by=request.actor)
    if decided.approved:
        words = ngettext("%(n)s pair is approved.", "%(n)s pairs are approved.", decided.approved)
        messages.success(request, words % {"n": decided.approved})
    if decided.returned:
        words = ngettext("%(n)s pair is returned.", "%(n)s pairs are returned.", decided.returned)
        messages.success(request, words % {"n": decided.returned})
    if decided.refused:
        words = ngettext(
            "%(n)s pair stays as it was: someone decided on it meanwhile, or something speaks against it.",
            "%(n)s pairs stay as they were: someone decided on them meanwhile, or something speaks against them.",
            decided.refused,
        )
        messages.warning(request, words % {"n": decided.refused})
    if not (form.approved or form.returned):
        messages.warning(request, _("Nothing was decided: no pair is ticked and none has a note."))
    return reverse("pairing:match_decide") if to_decide(request.actor).exists() else board_url(MatchState.APPROVED)


def _return(request: ActingRequest, match: Match, seen: str, note: str) -> str:
    return_match(match=match, note=note, seen=seen, by=request.actor)
    messages.success(request, _("The pair is returned; the curator sees your note."))
    return board_url(MatchState.RETURNED)


def _set_rule(request: ActingRequest, school: School, is_single: bool, reason: str) -> str:
    set_single_approval(school=school, is_single=is_single, reason=reason, by=request.actor)
    messages.success(request, _("Saved. The reason stands in the journal."))
    return reverse("pairing:approval_rule")
