"""A monitoring report is written, approved, taken back, thrown away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once, done_before
from reports.forms.monitoring import ReportForm, TakeBackForm
from reports.forms.orders import SeenForm
from reports.models import MonitoringReport, ReportState
from reports.services.monitoring.figures import indicator_parts
from reports.services.monitoring.keeping import (
    ReportChanged,
    approve_report,
    change_report,
    remove_report,
    take_report_back,
)
from reports.services.monitoring.people import counted_people
from reports.views.monitoring import facts_of, report_of
from reports.views.reach import status_of
from surveys.models import SURVEY_KEEPERS


@allow(*SURVEY_KEEPERS, methods="GET POST")
def monitoring_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """What only people know; who was slower sees what stands there now, and keeps what he typed."""
    report = report_of(request, pk)
    if report.state != ReportState.DRAFT:
        return _only_drafts(request, pk)
    form = _form(request.POST if request.method == "POST" else None, report)
    if request.method != "POST":
        record_event(verb="view", thing=report, by=request.actor)
        return _editing(request, report, form)
    if not form.is_valid():
        return _editing(request, report, form, 400)
    try:
        return redirect(do_once(request, lambda: _change(request, report, form)))
    except ReportChanged:
        return _overtaken(request, report_of(request, pk))
    except DomainError as refusal:
        form.add_error("as_of", str(refusal))
        return _editing(request, report, form, status_of(refusal))


@allow(Role.ADMINISTRATOR, methods="GET POST")
def monitoring_approve(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what approving means, then keep the figures as they are."""
    return _deed(request, pk, ReportState.DRAFT, "reports/monitoring_approve.html", _approve)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def monitoring_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then throw the draft away."""
    return _deed(request, pk, ReportState.DRAFT, "reports/monitoring_remove.html", _remove)


@allow(Role.ADMINISTRATOR, methods="GET POST")
def monitoring_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the approval back, with a reason the curator reads."""
    report, status = report_of(request, pk), 200
    if report.state != ReportState.APPROVED:
        messages.error(request, _("Only an approved report can be taken back."))
        return redirect("reports:monitoring_show", pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None, initial={"seen": report.revision})
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _take_back(request, report, form)))
        except DomainError as refusal:
            status = status_of(refusal)
            form.add_error(None, str(refusal))
    elif form.is_bound:
        status = 400
    return render(request, "reports/monitoring_back.html", {"report": report, "form": form}, status=status)


def _deed(
    request: ActingRequest,
    pk: int,
    state: str,
    template: str,
    act: Callable[[ActingRequest, MonitoringReport, int], str],
) -> HttpResponse:
    """A page that asks before the deed, for a report in this state; a refusal is said on it."""
    if address := done_before(request):
        return redirect(address)
    report, form, refused, status = report_of(request, pk), SeenForm(request.POST), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: act(request, report, form.cleaned_data["seen"])))
        except DomainError as refusal:
            report, refused, status = report_of(request, pk), str(refusal), status_of(refusal)
    if report.state != state:
        return _only_drafts(request, pk)
    context = {**facts_of(request, report), "refused": refused}
    return render(request, template, context, status=status)


def _only_drafts(request: ActingRequest, pk: int) -> HttpResponse:
    messages.error(request, _("This report is approved; nothing in it changes any more."))
    return redirect("reports:monitoring_show", pk)


def _form(data: object, report: MonitoringReport) -> ReportForm:
    parts = indicator_parts(counted_people(report.cycle, report.as_of), report.as_of, {})
    return ReportForm(data, report=report, parts=parts)


def _editing(request: ActingRequest, report: MonitoringReport, form: ReportForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/monitoring_edit.html", {"report": report, "form": form}, status=status)


def _overtaken(request: ActingRequest, report: MonitoringReport) -> HttpResponse:
    """The same page with what was typed, beside it what the report says now; sending it again takes the typed words."""
    if report.state != ReportState.DRAFT:
        return _only_drafts(request, report.pk)
    typed = request.POST.copy()
    typed["seen"] = str(report.revision)
    form = _form(typed, report)
    context = {"report": report, "form": form, "is_overtaken": True, "now": form.not_as_now()}
    return render(request, "reports/monitoring_edit.html", context, status=409)


def _change(request: ActingRequest, report: MonitoringReport, form: ReportForm) -> str:
    change_report(report=report, seen_revision=form.cleaned_data["seen"], **form.columns, by=request.actor)
    messages.success(request, _("The report is saved."))
    return reverse("reports:monitoring_show", args=(report.pk,))


def _approve(request: ActingRequest, report: MonitoringReport, seen: int) -> str:
    approve_report(report=report, seen_revision=seen, by=request.actor)
    messages.success(request, _("The report is approved; its figures stay as they are."))
    return reverse("reports:monitoring_show", args=(report.pk,))


def _take_back(request: ActingRequest, report: MonitoringReport, form: TakeBackForm) -> str:
    given = form.cleaned_data
    take_report_back(report=report, seen_revision=given["seen"], reason=given["reason"], by=request.actor)
    messages.success(request, _("The approval is taken back; the report is a draft again."))
    return reverse("reports:monitoring_show", args=(report.pk,))


def _remove(request: ActingRequest, report: MonitoringReport, seen: int) -> str:
    remove_report(report=report, seen_revision=seen, by=request.actor)
    messages.success(request, _("The draft of the report is deleted."))
    return reverse("reports:monitoring_list")
