"""What is done with a campaign: opened, closed, copied, people left out of it and reminded."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.once import do_once, done_before
from participants.services.cycles import today_in
from participants.views.reach import school_of, step_error
from roadmap.models import Cycle
from surveys.forms.campaigns import CycleForm, LastDayForm
from surveys.models import SURVEY_KEEPERS, Campaign, CampaignState
from surveys.services.audience import excused_parts, left_out, wanted_parts
from surveys.services.campaigns import (
    PREPARED,
    copy_campaign,
    excuse_people,
    hold_campaign,
    plan_campaign,
    remove_campaign,
)
from surveys.services.opening import close_campaign, open_campaign, reopen_campaign
from surveys.services.reminding import remind_by_hand
from surveys.views.campaigns import campaign_of


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_open(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask them now."""

    def deed(campaign: Campaign) -> str:
        asked = open_campaign(campaign=campaign, by=request.actor)
        return ngettext(
            "The survey is open. %(n)s person is asked.", "The survey is open. %(n)s people are asked.", asked
        ) % {"n": asked}

    return _step(request, pk, deed)


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_plan(request: ActingRequest, pk: int) -> HttpResponse:
    """Let it open by itself on its first day."""

    def deed(campaign: Campaign) -> str:
        plan_campaign(campaign=campaign, by=request.actor)
        return _("The survey opens by itself on its first day.")

    return _step(request, pk, deed)


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_hold(request: ActingRequest, pk: int) -> HttpResponse:
    """Do not let it open by itself."""

    def deed(campaign: Campaign) -> str:
        hold_campaign(campaign=campaign, by=request.actor)
        return _("The survey does not open by itself any more.")

    return _step(request, pk, deed)


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_remind(request: ActingRequest, pk: int) -> HttpResponse:
    """Write once more to those who have not answered."""

    def deed(campaign: Campaign) -> str:
        letters = remind_by_hand(campaign=campaign, by=request.actor)
        return ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", letters) % {"n": letters}

    return _step(request, pk, deed)


@allow(*SURVEY_KEEPERS, methods="POST")
def campaign_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take away one of which nobody was asked."""
    if address := done_before(request):
        return redirect(address)
    campaign = campaign_of(request, pk)

    def act() -> str:
        remove_campaign(campaign=campaign, by=request.actor)
        messages.success(request, _("The survey is removed. Nobody had been asked."))
        return f"{reverse('surveys:campaign_list')}?cycle={campaign.cycle_id}"

    try:
        return redirect(do_once(request, act))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:campaign_show", pk)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_close(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what the end means, then end it."""
    campaign = campaign_of(request, pk)
    if request.method == "POST":

        def deed(campaign: Campaign) -> str:
            close_campaign(campaign=campaign, by=request.actor)
            return _("The survey is closed. No more answers are taken.")

        return _step(request, pk, deed)
    if campaign.state != CampaignState.OPEN:
        return redirect("surveys:campaign_show", pk)
    return render(request, "surveys/campaign_close.html", {"campaign": campaign})


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_reopen(request: ActingRequest, pk: int) -> HttpResponse:
    """Take answers again until another day."""
    campaign = campaign_of(request, pk)
    if campaign.state != CampaignState.CLOSED or campaign.is_anonymous:
        return redirect("surveys:campaign_show", pk)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen_campaign(campaign=campaign, closes_on=form.cleaned_data["closes_on"], by=request.actor)
        except DomainError as refusal:
            form.add_error("closes_on", str(refusal))
        else:
            messages.success(request, _("The survey takes answers again."))
            return redirect("surveys:campaign_show", pk)
    context = {"campaign": campaign, "form": form}
    return render(request, "surveys/campaign_reopen.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_copy(request: ActingRequest, pk: int) -> HttpResponse:
    """The same survey in another year of the school."""
    campaign = campaign_of(request, pk)
    rows = Cycle.objects.filter(programme__school=school_of(request)).exclude(pk=campaign.cycle_id)
    cycles = {row.pk: row for row in rows.order_by("-starts_on", "-pk")}
    data = request.POST if request.method == "POST" else None
    form = CycleForm(data, cycles={key: row.label for key, row in cycles.items()})
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _copy(request, campaign, cycles[int(form.cleaned_data["cycle"])])))
        except DomainError as refusal:
            form.add_error("cycle", str(refusal))
    context = {"campaign": campaign, "form": form, "cycles": cycles}
    return render(request, "surveys/campaign_copy.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def campaign_audience(request: ActingRequest, pk: int) -> HttpResponse:
    """Who will be asked, by name; single people are left out here."""
    campaign = campaign_of(request, pk)
    if campaign.state not in PREPARED:
        return redirect("surveys:progress_show", pk)
    today = today_in(school_of(request))
    parts = wanted_parts(campaign, today)
    if request.method == "POST":
        asked = set(request.POST.getlist("part"))
        excused = [row.pk for row in parts if str(row.pk) not in asked]
        if not step_error(request, lambda: excuse_people(campaign=campaign, enrolments=excused, by=request.actor)):
            messages.success(request, _("It is saved whom you ask."))
        return redirect("surveys:campaign_show", pk)
    without = left_out(campaign, today)
    record_event(verb="list", thing=campaign, detail={"count": len(parts) + len(without)}, by=request.actor)
    context = {"campaign": campaign, "parts": parts, "excused": set(excused_parts(campaign)), "left_out": without}
    return render(request, "surveys/campaign_audience.html", context)


def _step(request: ActingRequest, pk: int, deed: Callable[[Campaign], str]) -> HttpResponse:
    """Do it once and say what was done; a refusal is said on the page of the campaign."""
    campaign = campaign_of(request, pk)

    def act() -> str:
        messages.success(request, deed(campaign))
        return reverse("surveys:campaign_show", args=(pk,))

    try:
        return redirect(do_once(request, act))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:campaign_show", pk)


def _copy(request: ActingRequest, campaign: Campaign, cycle: Cycle) -> str:
    made = copy_campaign(campaign=campaign, cycle=cycle, by=request.actor)
    messages.success(request, _("The survey is copied. Look at its days and at whom it asks."))
    return reverse("surveys:campaign_show", args=(made.pk,))
