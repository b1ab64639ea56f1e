"""The ways to one's own survey: a personal link, the birth date where people are to be chosen, a list for those with an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts.limits import is_too_often
from accounts.views.links import link_dead
from core.access import ActingRequest, Door, allow
from core.error_pages import too_many
from core.errors import DomainError
from participants.forms.mine import ProofForm
from participants.services.cycles import today_in
from surveys.models import CampaignState
from surveys.services.arriving import ANSWERERS, arrived, asked_of, enter, prove_birth_date
from surveys.services.audience import may_answer
from surveys.services.doors import DoorShut, respondent_by_token

WHY_SHUT = "survey_shut"
TRIES, WITHIN_SECONDS = 600, 60
"""By network address: a whole school may answer behind one."""


@allow(Door.ANYONE)
def answer_open(request: ActingRequest, token: str) -> HttpResponse:
    """The address in a letter and in the code on a slip; no page is shown under it."""
    if is_too_often(request, "survey", most=TRIES, seconds=WITHIN_SECONDS):
        return too_many(request)
    request.session[WHY_SHUT] = ""
    try:
        respondent = respondent_by_token(token)
    except DoorShut as refusal:
        respondent, request.session[WHY_SHUT] = None, str(refusal)
    if respondent is None:
        response = redirect("surveys:answer_shut")
    else:
        enter(request, respondent)
        response = redirect("surveys:answer_start", respondent.pk)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@allow(Door.ANYONE)
def answer_shut(request: ActingRequest) -> HttpResponse:
    """Why a link lets nobody in now."""
    why = request.session.get(WHY_SHUT)
    if not why:
        return link_dead(request)
    return render(request, "surveys/answer_shut.html", {"why": why}, status=409)


@sensitive_post_parameters("birth_date")
@allow(Door.ANYONE, methods="GET POST")
def answer_prove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for the birth date before the names of others are shown."""
    here = arrived(request, pk)
    if here is None:
        return link_dead(request)
    if here.is_known:
        return redirect("surveys:answer_start", pk)
    form = ProofForm(request.POST or None, is_own=True)
    if form.is_valid():
        try:
            prove_birth_date(request, here.respondent, form.day)
            return redirect("surveys:answer_start", pk)
        except DomainError as refusal:
            form.add_error("birth_date", str(refusal))
    context = {"here": here, "campaign": here.respondent.campaign, "form": form}
    return render(request, "surveys/answer_prove.html", context, status=400 if form.errors else 200)


@allow(*ANSWERERS)
def answer_list(request: ActingRequest) -> HttpResponse:
    """What a logged-in person is asked himself, the open ones first."""
    assert request.actor.school
    rows = asked_of(request.actor).filter(may_answer(today_in(request.actor.school)))
    shown = rows.filter(campaign__state__in=(CampaignState.OPEN, CampaignState.CLOSED)).select_related("campaign")
    found = list(shown.order_by("campaign__closes_on", "pk"))
    open_ones = [row for row in found if row.campaign.state == CampaignState.OPEN and not row.has_answered]
    context = {"awaited": open_ones, "rest": [row for row in reversed(found) if row not in open_ones]}
    return render(request, "surveys/answer_list.html", context)
