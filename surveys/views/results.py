"""What came out of a campaign: tables and charts, and the words of the answers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.navigation import Tab
from participants.services.cycles import today_in
from participants.views.reach import school_of
from surveys.content import Kind, content_from_json
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, Campaign, QuestionnaireKind, Response
from surveys.results import LEAST_GROUP
from surveys.services.preferences import Mutual, choices_of, mutual_choices
from surveys.services.results import results_of, words_said

PER_PAGE = 50
TEXTS = (Kind.SHORT, Kind.LONG)


@allow(*SURVEY_READERS)
def result_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The results of a campaign as a whole, or by class, form or side."""
    campaign = campaign_of(request, pk)
    breakdown = _breakdown(request)
    found = results_of(campaign=campaign, breakdown=breakdown, actor=request.actor)
    if not campaign.is_anonymous:
        detail: dict[str, object] = {"results": breakdown or "whole"}
        record_event(verb="view", thing=campaign, school=request.actor.school, detail=detail, by=request.actor)
    context = {
        "campaign": campaign,
        "results": found,
        "least": LEAST_GROUP,
        "tabs": [] if campaign.is_anonymous else _tabs(campaign, breakdown),
        "reads_words": request.actor.role in SURVEY_KEEPERS,
        "mutual": _mutual(request, campaign),
    }
    return render(request, "surveys/result_show.html", context)


@allow(*SURVEY_KEEPERS)
def result_words(request: ActingRequest, pk: int, question: str) -> HttpResponse:
    """What was answered to a question in words, without names, in no order of time; `?q=` looks for a word."""
    campaign = campaign_of(request, pk)
    asked = content_from_json(campaign.version.content).question(question)
    if asked is None or asked.kind not in TEXTS:
        raise Http404
    responses = Response.objects.visible_to(request.actor).counted().filter(campaign=campaign)
    wanted = request.GET.get("q", "").strip()[:100]
    is_hidden = campaign.is_anonymous and responses.count() < LEAST_GROUP
    texts = () if is_hidden else words_said(responses, question, wanted)
    page = Paginator(texts, PER_PAGE).get_page(request.GET.get("page"))
    if not campaign.is_anonymous:
        detail: dict[str, object] = {"words": question, "count": len(page)}
        record_event(verb="list", thing=campaign, school=request.actor.school, detail=detail, by=request.actor)
    context = {"campaign": campaign, "question": asked, "page": page, "wanted": wanted}
    return render(request, "surveys/result_words.html", context)


def campaign_of(request: ActingRequest, pk: int) -> Campaign:
    """The campaign, where the actor sees it and it has been opened; else 404."""
    rows = Campaign.objects.visible_to(request.actor).filter(opened_at__isnull=False)
    return get_object_or_404(rows.select_related("version__questionnaire", "cycle__programme__school"), pk=pk)


def _mutual(request: ActingRequest, campaign: Campaign) -> list[Mutual] | None:
    """Who chose each other in the year, for the keepers at a survey of preferences; None elsewhere."""
    is_asked = campaign.version.questionnaire.kind == QuestionnaireKind.PREFERENCE
    if not is_asked or campaign.is_anonymous or request.actor.role not in SURVEY_KEEPERS:
        return None
    return mutual_choices(choices_of(cycle=campaign.cycle, today=today_in(school_of(request))))


def _breakdown(request: ActingRequest) -> str:
    wanted = request.GET.get("by", "")
    return wanted if wanted in {"class", "form", "side"} else ""


def _tabs(campaign: Campaign, breakdown: str) -> list[Tab]:
    url = reverse("surveys:result_show", args=(campaign.pk,))
    labels = (
        ("", _("Everyone together")),
        ("class", _("By class")),
        ("form", _("By form of mentoring")),
        ("side", _("By side")),
    )
    return [Tab(label, f"{url}?by={key}" if key else url, None, key == breakdown) for key, label in labels]
