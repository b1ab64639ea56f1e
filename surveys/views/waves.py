"""A campaign beside another one: what changed between them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.access import ActingRequest, allow
from core.journal import record_event
from surveys.models import SURVEY_READERS, Campaign
from surveys.services.waves import comparable_with, compare_campaigns
from surveys.views.results import campaign_of


@allow(*SURVEY_READERS)
def result_compare(request: ActingRequest, pk: int) -> HttpResponse:
    """The results beside those of the campaign that `?with=` names, else of the latest that asks about the same."""
    campaign = campaign_of(request, pk)
    others = comparable_with(campaign, request.actor)
    other = _chosen(request, others)
    context = {
        "campaign": campaign,
        "others": others,
        "other": other,
        "compared": compare_campaigns(campaign, other) if other else None,
    }
    if other and not (campaign.is_anonymous and other.is_anonymous):
        record_event(verb="view", thing=campaign, detail={"beside": other.pk}, by=request.actor)
    return render(request, "surveys/result_compare.html", context)


def _chosen(request: ActingRequest, others: list[Campaign]) -> Campaign | None:
    wanted = request.GET.get("with", "")
    if not wanted:
        return others[0] if others else None
    found = next((row for row in others if str(row.pk) == wanted), None)
    if found is None:
        raise Http404
    return found
