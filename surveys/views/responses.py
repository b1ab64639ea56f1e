"""The answers of each under his name: the list of those who answered, one's answers, the taking into the register."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.once import do_once
from participants.services.cycles import today_in
from participants.views.reach import school_of
from surveys.content import content_from_json
from surveys.forms.taking import TakingForm
from surveys.models import SURVEY_KEEPERS, Answer, Campaign, Response
from surveys.results.fills import fills_in
from surveys.services.responses import name_in, readable, sheet_of
from surveys.services.taking import proposals_of, take_answers, waiting_to_be_taken
from surveys.views.results import campaign_of

PER_PAGE = 50


@allow(*SURVEY_KEEPERS)
def result_people(request: ActingRequest, pk: int) -> HttpResponse:
    """Those who have answered a campaign with names; `?part=waiting` those whose answers wait to be taken."""
    campaign, today = campaign_of(request, pk), today_in(school_of(request))
    if campaign.is_anonymous:
        raise Http404
    rows = readable(request.actor, today).filter(campaign=campaign)
    waiting = waiting_to_be_taken(today).filter(campaign=campaign)
    fills = fills_in(content_from_json(campaign.version.content))
    is_waiting = fills and request.GET.get("part") == "waiting"
    found = rows.filter(pk__in=waiting.values("pk")) if is_waiting else rows
    ordered = found.order_by(
        "respondent__enrolment__person__class_key", "respondent__enrolment__person__sort_key", "pk"
    )
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "lines": [(row, name_in(row)) for row in page],
        "fills": fills,
        "tabs": _tabs(campaign, rows, waiting, is_waiting=is_waiting) if fills else [],
    }
    record_event(verb="list", thing=campaign, detail={"count": len(page), "answers": True}, by=request.actor)
    return render(request, "surveys/result_people.html", context)


@allow(*SURVEY_KEEPERS)
def response_show(request: ActingRequest, pk: int) -> HttpResponse:
    """What one answered, under his name."""
    response, today = _response(request, pk), today_in(school_of(request))
    is_part = bool(response.respondent and response.respondent.enrolment)
    context = {
        "response": response,
        "campaign": response.campaign,
        "name": name_in(response),
        "sheet": sheet_of(response, today),
        "sent_on": response.sent_at.astimezone(school_of(request).zone).date() if response.sent_at else None,
        "may_take": request.actor.role == Role.CURATOR
        and is_part
        and fills_in(content_from_json(response.campaign.version.content)),
    }
    record_event(verb="view", thing=response, by=request.actor)
    return render(request, "surveys/response_show.html", context)


@allow(Role.CURATOR, methods="GET POST")
def response_take(request: ActingRequest, pk: int) -> HttpResponse:
    """The lines of the register beside the answers, each to be ticked; nothing is written that was not."""
    response = _response(request, pk)
    proposals = proposals_of(response)
    form = TakingForm(request.POST if request.method == "POST" else None, proposals=proposals)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _take(request, response, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "response": response,
        "campaign": response.campaign,
        "name": name_in(response),
        "form": form,
        "same": [one for one in proposals if one.is_same and not one.left_out],
        "left_out": [one for one in proposals if one.left_out],
    }
    record_event(verb="view", thing=response, by=request.actor)
    return render(request, "surveys/response_take.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS)
def upload_file(request: ActingRequest, pk: int) -> HttpResponse:
    """A file that was added as an answer; journaled as a download."""
    rows = Answer.objects.filter(response__in=readable(request.actor, today_in(school_of(request))))
    answer = get_object_or_404(rows.exclude(file=None).select_related("file__school"), pk=pk)
    assert answer.file is not None
    return serve_file(answer.file, by=request.actor)


def _response(request: ActingRequest, pk: int) -> Response:
    return get_object_or_404(readable(request.actor, today_in(school_of(request))), pk=pk)


def _take(request: ActingRequest, response: Response, form: TakingForm) -> str:
    take_answers(response=response, ticked=form.ticked, by=request.actor)
    if form.ticked:
        messages.success(request, _("The ticked lines are in the register now."))
    else:
        messages.success(request, _("Nothing was taken into the register; these answers wait no longer."))
    address = reverse("surveys:result_people", args=(response.campaign_id,))
    return f"{address}?part=waiting"


def _tabs(campaign: Campaign, rows: QuerySet[Response], waiting: QuerySet[Response], *, is_waiting: bool) -> list[Tab]:
    address = reverse("surveys:result_people", args=(campaign.pk,))
    return [
        Tab(_("Everyone who has answered"), address, rows.count(), not is_waiting),
        Tab(_("To be taken into the register"), f"{address}?part=waiting", waiting.count(), is_waiting),
    ]
