"""The two sides of a proposed pair say whether they agree to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.actors import ActorKind
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.forms.submissions import AnswerForm
from pairing.models import Agreement, AgreementState, MatchState
from pairing.services.agreements import answer_agreement, may_be_named
from pairing.views.mentorships import OWN_PEOPLE
from pairing.views.proposing import board_url
from participants.models import Side
from participants.services.cycles import today_in

SIDES = ("enrolment__person", "match__mentor__person", "match__mentee__person", "match__school")


@allow(*OWN_PEOPLE, Role.CURATOR, methods="GET POST")
def agreement_answer(request: ActingRequest, pk: int) -> HttpResponse:
    """Who was proposed to whom, and yes or no; the curator notes here what was said in person."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.actor).select_related(*SIDES), pk=pk)
    if not may_be_named(agreement.match, today_in(agreement.match.school)):
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_said(agreement))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _answer(request, agreement, **form.cleaned_data)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    record_event(verb="view", thing=agreement, by=request.actor)
    match, is_mentee = agreement.match, agreement.enrolment.side == Side.MENTEE
    context = {
        "agreement": agreement,
        "form": form,
        "other": (match.mentor if is_mentee else match.mentee).person,
        "is_mentee": is_mentee,
        "is_open": match.state in {MatchState.PROPOSED, MatchState.RETURNED},
        "frame": "bare.html" if request.actor.kind is ActorKind.LINK else "base.html",
        "back": _back(request),
    }
    return render(request, "pairing/agreement_answer.html", context, status=400 if form.errors else 200)


def _said(agreement: Agreement) -> dict[str, str]:
    if agreement.state == AgreementState.ASKED:
        return {}
    return {"agrees": "yes" if agreement.state == AgreementState.AGREED else "no", "note": agreement.note}


def _answer(request: ActingRequest, agreement: Agreement, agrees: bool, note: str) -> str:
    answer_agreement(agreement=agreement, agrees=agrees, note=note, by=request.actor)
    messages.success(request, _("Thank you: the answer is kept. It can be changed until the pair is approved."))
    return _back(request)


def _back(request: ActingRequest) -> str:
    if request.actor.role == Role.CURATOR:
        return board_url(MatchState.PROPOSED)
    return reverse("participants:mine_home")
