"""How far surveys have come, person by person: for the keepers all of them, for a class teacher those in his charge."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.russian import sort_key
from participants.services.cycles import today_in
from participants.views.reach import school_of
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, Campaign, CampaignState
from surveys.models.campaign import RespondentQuerySet
from surveys.services.progress import (
    BEGUN,
    Progress,
    begun_in_sight,
    by_class,
    in_sight,
    person_lines,
    pupils_asked,
    total_of,
    with_progress,
)

PER_PAGE = 100


@allow(Role.CLASS_TEACHER)
def progress_list(request: ActingRequest) -> HttpResponse:
    """The surveys of a class teacher's pupils, the open ones first."""
    rows = begun_in_sight(request.actor).order_by("-state", "-opens_on", "-pk")
    context = {"lines": with_progress(rows, pupils_asked(request.actor))}
    return render(request, "surveys/campaign_pupils.html", context)


@allow(*SURVEY_READERS, Role.CLASS_TEACHER)
def progress_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Who has answered and who has not; never what."""
    campaign, school = _campaign(request, pk), school_of(request)
    classes = by_class(in_sight(campaign, request.actor))
    if request.actor.role == Role.CLASS_TEACHER and not classes:
        raise Http404
    class_name = request.GET.get("class", "")
    found = _of_class(in_sight(campaign, request.actor), class_name)
    page = Paginator(_of_part(found, request.GET.get("part", "")), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "tabs": _tabs(request, total_of(by_class(found))),
        "page": page,
        "lines": person_lines(list(page), today_in(school), school.zone),
        "class_name": class_name,
        "classes": [line.class_name for line in classes if line.class_name],
        "may_write": request.actor.role in SURVEY_KEEPERS and campaign.state == CampaignState.OPEN,
        "may_type": campaign.state == CampaignState.OPEN and request.actor.role != Role.ADMINISTRATOR,
        "is_reader": request.actor.role in SURVEY_READERS,
    }
    record_event(verb="list", thing=campaign, detail={"count": len(page)}, by=request.actor)
    return render(request, "surveys/campaign_people.html", context)


def _campaign(request: ActingRequest, pk: int) -> Campaign:
    rows = Campaign.objects.filter(cycle__programme__school=school_of(request), state__in=BEGUN)
    return get_object_or_404(rows.select_related("cycle__programme__school"), pk=pk)


def _of_class(rows: RespondentQuerySet, class_name: str) -> RespondentQuerySet:
    return rows.filter(enrolment__person__class_key=sort_key(class_name)) if class_name else rows


def _of_part(rows: RespondentQuerySet, part: str) -> RespondentQuerySet:
    return rows.filter(has_answered=part == "answered") if part in {"answered", "silent"} else rows


def _tabs(request: ActingRequest, total: Progress) -> list[Tab]:
    """The three parts of the list, with the class that was chosen."""
    query, part = request.GET.copy(), request.GET.get("part", "")
    query.pop("page", None)
    found = []
    for name, label, count in (
        ("", _("All who are asked"), total.asked),
        ("silent", _("Have not answered"), total.left),
        ("answered", _("Have answered"), total.answered),
    ):
        query["part"] = name
        found.append(Tab(label, f"?{query.urlencode()}", count, part == name))
    return found
