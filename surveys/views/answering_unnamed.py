"""Answering without a name: everything on one page, kept nowhere until it is sent, sent once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts.views.links import link_dead
from core.access import ActingRequest, Door, allow
from surveys.content import Content, content_from_json
from surveys.drafting import Draft, typed_on
from surveys.forms.answering import sheet_of
from surveys.models import Campaign, CampaignState
from surveys.questions import Around
from surveys.services.answers import AnswersRefused, send_anonymous
from surveys.services.arriving import THANKED, Arrived, thank_unnamed
from surveys.services.drafts import TakesNoAnswers
from surveys.views.answering import about
from surveys.views.keeping import own_survey, page_of


@sensitive_post_parameters()
@allow(Door.ANYONE, methods="GET POST")
@own_survey
def answer_whole(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """All sections on one page."""
    row, status, trouble = here.respondent, 200, ""
    is_shut = row.campaign.state != CampaignState.OPEN and request.method != "POST"
    if row.has_answered or not row.campaign.is_anonymous or is_shut:
        return redirect("surveys:answer_start", row.pk)
    typed = typed_on(content, page_of(request))
    if request.method == "POST":
        try:
            send_anonymous(respondent=row, content=content, raw=typed)
            return _thank(request, here)
        except AnswersRefused:
            status = 400
        except TakesNoAnswers as refusal:
            status, trouble = 409, str(refusal)
    return _show_whole(request, here, content, typed, is_wrong=status == 400, trouble=trouble, status=status)


def _thank(request: ActingRequest, here: Arrived) -> HttpResponse:
    """Into the session of one logged in nothing is written: it has his name, and a moment whenever it is written."""
    if here.actor.user:
        return redirect("surveys:answer_done", here.respondent.pk)
    thank_unnamed(request, here.respondent)
    return redirect("surveys:answer_thanks")


def _show_whole(
    request: ActingRequest, here: Arrived, content: Content, typed: Draft, *, is_wrong: bool, trouble: str, status: int
) -> HttpResponse:
    sheet = sheet_of(content, typed, Around())
    wrong = sheet.reading.refusals if is_wrong else {}
    sections = sheet.asked(*range(1, len(content.sections) + 1), refusals=wrong)
    wrong_ones = [one for _section, asked in sections for one in asked if one.refusals]
    context = {"sections": sections, "is_wrong": is_wrong, "wrong_ones": wrong_ones, "trouble": trouble}
    return render(request, "surveys/answer_whole.html", about(here) | context, status=status)


@allow(Door.ANYONE)
def answer_thanks(request: ActingRequest) -> HttpResponse:
    """Thanks to nobody in particular."""
    campaigns = Campaign.objects.select_related("version", "cycle__programme__school")
    campaign = campaigns.filter(pk=request.session.get(THANKED, 0)).first()
    if campaign is None:
        return link_dead(request)
    school = campaign.cycle.programme.school
    context = {"campaign": campaign, "content": content_from_json(campaign.version.content), "school": school}
    return render(request, "surveys/answer_done.html", context)
