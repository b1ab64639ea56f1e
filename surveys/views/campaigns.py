"""Campaigns: the list of a year, one of them, made and changed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.navigation import Tab
from core.once import do_once
from participants.services.cycles import today_in
from participants.views.reach import cycle_of, school_of
from roadmap.models import Cycle, Window
from surveys.forms.campaigns import CampaignForm
from surveys.models import (
    SURVEY_KEEPERS,
    SURVEY_READERS,
    Campaign,
    CampaignState,
    QuestionnaireVersion,
    Respondent,
)
from surveys.services.audience import chosen_of, left_out_by_reason
from surveys.services.campaigns import PREPARED, begin_campaign, change_campaign, versions_by_kind, versions_to_ask
from surveys.services.progress import by_class, in_sight, total_of, with_progress
from surveys.services.slips import classes_awaited, unreachable


@allow(*SURVEY_READERS)
def campaign_list(request: ActingRequest) -> HttpResponse:
    """The surveys of a year with how many have answered; by state."""
    school, cycle = school_of(request), cycle_of(request)
    rows = Campaign.objects.visible_to(request.actor).filter(cycle=cycle).select_related("version__questionnaire")
    state = request.GET.get("state", "")
    found = rows.filter(state=state) if state in CampaignState.values else rows
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    context = {
        "cycle": cycle,
        "cycles": Cycle.objects.filter(programme__school=school).order_by("-starts_on", "-pk"),
        "tabs": _tabs(cycle, state, counts),
        "lines": with_progress(found, Respondent.objects.asked()),
        "is_narrowed": bool(state),
        "may_write": request.actor.role in SURVEY_KEEPERS,
    }
    return render(request, "surveys/campaign_list.html", context)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_new(request: ActingRequest) -> HttpResponse:
    """Choose the questionnaire, then say whom to ask and when; `window` in the address is an activity to follow."""
    window = _window_of(request)
    cycle = window.cycle if window else cycle_of(request)
    version = _version_of(request)
    if cycle is None or version is None:
        offered = {"cycle": cycle, "window": window, "kinds": versions_by_kind(request.actor)}
        return render(request, "surveys/campaign_choose.html", offered)
    data = request.POST if request.method == "POST" else None
    form = CampaignForm(data, cycle=cycle, version=version, window=window)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _begin(request, cycle, version, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "version": version, "cycle": cycle, "campaign": None}
    return render(request, "surveys/campaign_edit.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what is being prepared, or until when an open one takes answers."""
    campaign = campaign_of(request, pk)
    if campaign.state == CampaignState.CLOSED:
        return redirect("surveys:campaign_show", pk)
    data = request.POST if request.method == "POST" else None
    form = CampaignForm(data, cycle=campaign.cycle, version=campaign.version, campaign=campaign)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _change(request, campaign, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "version": campaign.version, "cycle": campaign.cycle, "campaign": campaign}
    return render(request, "surveys/campaign_edit.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_READERS)
def campaign_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Before the opening whom it will ask; then how far it has come, which stands still for nobody."""
    campaign = campaign_of(request, pk)
    school, may_write = school_of(request), request.actor.role in SURVEY_KEEPERS
    context = {"campaign": campaign, "school": school, "may_write": may_write, "today": today_in(school)}
    if campaign.state in PREPARED:
        chosen = chosen_of(campaign, today_in(school))
        context |= {"chosen": chosen, "reasons": left_out_by_reason(campaign, today_in(school))}
        return render(request, "surveys/campaign_show.html", context)
    lines = by_class(in_sight(campaign, request.actor))
    context |= {"lines": lines, "total": total_of(lines)}
    if request.htmx:
        return render(request, "surveys/campaign_show.html#progress", context)
    if campaign.state == CampaignState.OPEN and may_write:
        silent = unreachable(campaign)
        context |= {"unreachable": len(silent), "classes": classes_awaited(campaign)}
    return render(request, "surveys/campaign_show.html", context)


def campaign_of(request: ActingRequest, pk: int) -> Campaign:
    """The campaign, where the actor sees it; else 404."""
    rows = Campaign.objects.visible_to(request.actor)
    named = rows.select_related("cycle__programme__school", "version__questionnaire__form", "window__activity")
    return get_object_or_404(named, pk=pk)


def _tabs(cycle: Cycle | None, state: str, counts: dict[str, int]) -> list[Tab]:
    base = f"{reverse('surveys:campaign_list')}?cycle={cycle.pk if cycle else ''}"
    states = [(one.value, str(one.label)) for one in CampaignState if counts.get(one)]
    every = Tab(_("All surveys"), base, sum(counts.values()), not state)
    return [
        every,
        *(Tab(label.capitalize(), f"{base}&state={one}", counts[one], one == state) for one, label in states),
    ]


def _window_of(request: ActingRequest) -> Window | None:
    key = request.GET.get("window", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    rows = Window.objects.visible_to(request.actor).filter(starts_on__isnull=False)
    return get_object_or_404(rows.select_related("cycle__programme__school", "activity"), pk=key)


def _version_of(request: ActingRequest) -> QuestionnaireVersion | None:
    key = request.GET.get("version", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return get_object_or_404(versions_to_ask(request.actor), pk=key)


def _begin(request: ActingRequest, cycle: Cycle, version: QuestionnaireVersion, form: CampaignForm) -> str:
    campaign = begin_campaign(cycle=cycle, version=version, plan=form.plan, by=request.actor)
    messages.success(request, _("The survey is written down. Nobody is asked until you open it."))
    return reverse("surveys:campaign_show", args=(campaign.pk,))


def _change(request: ActingRequest, campaign: Campaign, form: CampaignForm) -> str:
    change_campaign(campaign=campaign, plan=form.plan, by=request.actor)
    messages.success(request, _("The survey is changed."))
    return reverse("surveys:campaign_show", args=(campaign.pk,))
