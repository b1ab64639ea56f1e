"""The monitoring reports of a school: the list, a new one, one of them as it stands on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.services.cycles import current_cycle, today_in
from reports.forms.monitoring import NewReportForm
from reports.models import MonitoringReport, ReportState
from reports.services.monitoring.keeping import make_report
from reports.services.monitoring.papers import read_report
from reports.views.reach import school_of
from roadmap.models import Cycle
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS

PER_PAGE = 30


@allow(*SURVEY_READERS)
def monitoring_list(request: ActingRequest) -> HttpResponse:
    """Every report of the school, the newest day first."""
    rows = MonitoringReport.objects.visible_to(request.actor).select_related("cycle", "created_by", "approved_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": page.paginator.count,
        "drafts": rows.filter(state=ReportState.DRAFT).count(),
        "keeps": request.actor.role in SURVEY_KEEPERS,
        "can_make": _cycles(request).exists(),
    }
    return render(request, "reports/monitoring_list.html", context)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def monitoring_new(request: ActingRequest) -> HttpResponse:
    """Choose the year and the day; everything else is counted."""
    form = NewReportForm(
        request.POST if request.method == "POST" else None, cycles=_cycles(request), initial=_usual(request)
    )
    status = 200
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _make(request, form)))
        except DomainError as refusal:
            form.add_error("as_of", str(refusal))
    if form.is_bound:
        status = 400
    return render(
        request, "reports/monitoring_new.html", {"form": form, "has_years": _cycles(request).exists()}, status=status
    )


@allow(*SURVEY_READERS)
def monitoring_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The report as it stands on paper, and what is to be done with it next."""
    report = report_of(request, pk)
    record_event(verb="view", thing=report, by=request.actor)
    return render(request, "reports/monitoring_show.html", facts_of(request, report))


def report_of(request: ActingRequest, pk: int) -> MonitoringReport:
    """The report, where the actor sees it; else 404."""
    rows = MonitoringReport.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("cycle__programme__school", "created_by", "approved_by"), pk=pk)


def facts_of(request: ActingRequest, report: MonitoringReport) -> dict[str, Any]:
    """What every page about one report says of it."""
    paper = read_report(report)
    return {
        "report": report,
        "frame": paper.frame,
        "blocks": paper.blocks,
        "figures": paper.figures,
        "keeps": request.actor.role in SURVEY_KEEPERS,
        "approves": request.actor.role == Role.ADMINISTRATOR,
        "is_draft": report.state == ReportState.DRAFT,
    }


def _cycles(request: ActingRequest) -> QuerySet[Cycle]:
    """The years that have begun."""
    school = school_of(request)
    rows = Cycle.objects.filter(programme__school=school, starts_on__lte=today_in(school))
    return rows.order_by("-starts_on", "-pk")


def _usual(request: ActingRequest) -> dict[str, Any]:
    """The year under way, today; after its end its last day."""
    school = school_of(request)
    today = today_in(school)
    cycle = current_cycle(school, today)
    return {"cycle": cycle, "as_of": min(today, cycle.ends_on) if cycle else today}


def _make(request: ActingRequest, form: NewReportForm) -> str:
    report = make_report(**form.cleaned_data, by=request.actor)
    messages.success(request, _("The report is made. Look at the figures, then write what only you know."))
    return reverse("reports:monitoring_show", args=(report.pk,))
