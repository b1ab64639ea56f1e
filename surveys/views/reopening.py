"""Answers that were sent under a name, given back to whoever sent them where there is a mistake."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.once import do_once, done_before
from participants.services.cycles import today_in
from participants.views.reach import school_of
from surveys.models import SURVEY_KEEPERS, Response
from surveys.services.answers import reopen_response
from surveys.services.responses import name_in, readable


@allow(*SURVEY_KEEPERS, methods="GET POST")
def response_reopen(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what it means; a POST does it."""
    if address := done_before(request):
        return redirect(address)
    response = get_object_or_404(readable(request.actor, today_in(school_of(request))), pk=pk)
    if request.method != "POST":
        record_event(verb="view", thing=response, school=request.actor.school, by=request.actor)
        context = {"response": response, "name": name_in(response)}
        return render(request, "surveys/response_reopen.html", context)
    try:
        return redirect(do_once(request, lambda: _reopen(request, response)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:response_show", pk)


def _reopen(request: ActingRequest, response: Response) -> str:
    reopen_response(response=response, by=request.actor)
    messages.success(request, _("The answers can be changed again by the same link."))
    return reverse("surveys:result_people", args=(response.campaign_id,))
