"""Answering under a name: one page for each section, a page to look once more, a page of thanks."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from core.access import ActingRequest, Door, allow
from core.journal import record_event
from surveys.content import Content
from surveys.drafting import PAGE, merge_page
from surveys.forms.answering import Sheet, asks_for_files, asks_for_people, sheet_of, sheet_of_given
from surveys.models import Campaign, CampaignState, Response
from surveys.questions import Around
from surveys.services.answers import AnswersRefused, given_of, send_response
from surveys.services.arriving import Arrived
from surveys.services.choices import around_of
from surveys.services.drafts import AlreadySent, TakesNoAnswers, draft_of
from surveys.views.keeping import Wrong, keep_page, own_survey, page_of, told_of

ALL = 1_000
"""More sections than there can be."""


@allow(Door.ANYONE)
@own_survey
def answer_start(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """What it is about, who will read it, how long it is."""
    row = here.respondent
    if row.has_answered:
        return redirect("surveys:answer_done", row.pk)
    if row.campaign.state != CampaignState.OPEN:
        return render(request, "surveys/answer_shut.html", {"why": _why_shut(row.campaign)}, status=409)
    sheet = sheet_of(content, {}, Around()) if row.campaign.is_anonymous else _sheet(here, content)
    count = sum(1 for _question in content.questions())
    context = {"has_begun": any(sheet.reading.given.values()), "first": sheet.unfinished, "count": count}
    return render(request, "surveys/answer_start.html", about(here) | context)


@sensitive_post_parameters()
@allow(Door.ANYONE, methods="GET POST")
@own_survey
def answer_section(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """One section; a POST keeps what is typed, whichever button was pressed."""
    row, place = here.respondent, _place(request, content)
    if row.has_answered or row.campaign.is_anonymous:
        return redirect("surveys:answer_start", row.pk)
    if request.method == "POST":
        return _leave_section(request, here, content, place)
    sheet = _sheet(here, content)
    if place not in sheet.places:
        return redirect("surveys:answer_start", row.pk)
    return _show_section(request, here, sheet, place)


@allow(Door.ANYONE, methods="GET POST")
@own_survey
def answer_check(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """All answers once more, and the button that sends them."""
    row, status, trouble = here.respondent, 200, ""
    if row.has_answered or row.campaign.is_anonymous:
        return redirect("surveys:answer_start", row.pk)
    if request.method == "POST":
        try:
            send_response(respondent=row, content=content, by=here.actor)
            return redirect("surveys:answer_done", row.pk)
        except AnswersRefused:
            status = 400
        except TakesNoAnswers as refusal:
            status, trouble = 409, str(refusal)
    sheet = _sheet(here, content)
    journal_people(here, content)
    context = {
        "sections": sheet.shown(),
        "first_wrong": sheet.first_wrong,
        "last": sheet.before(ALL),
        "trouble": trouble,
    }
    return render(request, "surveys/answer_check.html", about(here) | context, status=status)


@allow(Door.ANYONE)
@own_survey
def answer_done(request: ActingRequest, here: Arrived, content: Content) -> HttpResponse:
    """Thanks, and what was sent."""
    row = here.respondent
    if not row.has_answered:
        return redirect("surveys:answer_start", row.pk)
    context = about(here) | {"content": content}
    response = Response.objects.filter(respondent=row, is_sent=True).prefetch_related("answers").first()
    if response:
        given = given_of(response.answers.all())
        files = [str(one.file) for rows in given.values() for one in rows if one.file]
        journal_people(here, content)
        sheet = sheet_of_given(content, given, around_of(row, content, {"files": files}))
        context |= {"sections": sheet.shown(), "sent_at": response.sent_at}
    return render(request, "surveys/answer_done.html", context)


def about(here: Arrived) -> dict[str, Any]:
    """What every page of a survey says of it."""
    row = here.respondent
    campaign = row.campaign
    name = row.enrolment.person.given_name if row.enrolment else ""
    school = campaign.cycle.programme.school
    return {"here": here, "respondent": row, "campaign": campaign, "school": school, "name": name}


def journal_people(here: Arrived, content: Content) -> None:
    """Whoever chooses among people has seen their names."""
    if asks_for_people(content):
        school = here.respondent.campaign.cycle.programme.school
        record_event(verb="list", detail={"list": "people to choose"}, school=school, by=here.actor)


def _leave_section(request: ActingRequest, here: Arrived, content: Content, place: int) -> HttpResponse:
    try:
        kept, wrong = keep_page(request, here, content)
    except AlreadySent:
        return redirect("surveys:answer_done", here.respondent.pk)
    except TakesNoAnswers as refusal:
        return _show_unsaved(request, here, content, place, str(refusal))
    for text in told_of(kept.merged):
        messages.warning(request, text)
    sheet = sheet_of(content, kept.draft, around_of(here.respondent, content, kept.draft))
    if request.POST.get("go") == "back":
        return _go(here, sheet.before(place), "surveys:answer_start")
    if place in sheet.places and (wrong := wrong or dict(sheet.refusals_at(place))):
        return _show_section(request, here, sheet, place, wrong=wrong, status=400)
    return _go(here, sheet.after(place), "surveys:answer_check")


def _show_unsaved(request: ActingRequest, here: Arrived, content: Content, place: int, why: str) -> HttpResponse:
    """What was typed, on the page alone: it came too late."""
    page = merge_page(content, draft_of(here.respondent), page_of(request)).draft
    sheet = sheet_of(content, page, around_of(here.respondent, content, page))
    return _show_section(request, here, sheet, place, trouble=why, status=409)


def _show_section(
    request: ActingRequest,
    here: Arrived,
    sheet: Sheet,
    place: int,
    *,
    wrong: Wrong | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    ((section, asked),) = sheet.asked(place, refusals=wrong or {})
    if any(one.people for one in asked):
        journal_people(here, sheet.content)
    places = sheet.places
    context = {
        "section": section,
        "asked": asked,
        "has_files": asks_for_files(asked),
        "place": place,
        "step": places.index(place) + 1 if place in places else 1,
        "steps": len(places),
        "trouble": trouble,
        "is_wrong": bool(wrong),
        "sign": request.POST.get(PAGE) or secrets.token_urlsafe(9),
    }
    return render(request, "surveys/answer_section.html", about(here) | context, status=status)


def _sheet(here: Arrived, content: Content) -> Sheet:
    draft = draft_of(here.respondent)
    return sheet_of(content, draft, around_of(here.respondent, content, draft))


def _go(here: Arrived, place: int, otherwise: str) -> HttpResponse:
    if place:
        return redirect(f"{reverse('surveys:answer_section', args=(here.respondent.pk,))}?n={place}")
    return redirect(otherwise, here.respondent.pk)


def _place(request: ActingRequest, content: Content) -> int:
    """The number of the section in the address; the first where there is none of such a number."""
    named = request.GET.get("n", "")
    return int(named) if named in {str(place) for place in range(1, len(content.sections) + 1)} else 1


def _why_shut(campaign: Campaign) -> str:
    if campaign.state == CampaignState.CLOSED:
        return _("This survey is over, so no more answers are taken. Thank you!")
    return _("This survey has not begun yet. Come again with the same link later.")
