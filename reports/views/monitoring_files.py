"""A monitoring report as a file, and the table of all schools."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import ActingRequest, Door, allow
from core.files import as_download, serve_file
from core.journal import record_event
from core.models import Job
from reports.papers.monitoring.frame import file_name
from reports.services.monitoring.papers import MONITORING, figures_workbook, print_report, read_report, report_key
from reports.services.monitoring.schools import HEAD, school_rows, schools_workbook
from reports.views.monitoring import report_of
from surveys.models import SURVEY_READERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(*SURVEY_READERS, methods="POST")
def monitoring_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """Have the report printed as it now stands; the page of the job shows how far it is."""
    return _ask(request, pk, "pdf")


@allow(*SURVEY_READERS, methods="POST")
def monitoring_docx(request: ActingRequest, pk: int) -> HttpResponse:
    """The same for Word."""
    return _ask(request, pk, "docx")


def _ask(request: ActingRequest, pk: int, ending: str) -> HttpResponse:
    job = print_report(report=report_of(request, pk), ending=ending, by=request.actor)
    return redirect("core:job_show", job.pk)


@allow(*SURVEY_READERS)
def monitoring_file(request: ActingRequest, pk: int, job: int) -> HttpResponse:
    """The finished paper as a download; 404 until it is there, and nobody sends one whose figures have changed."""
    report = report_of(request, pk)
    kinds = MONITORING.values()
    rows = Job.objects.visible_to(request.actor).filter(kind__in=kinds, payload__report=pk, result__isnull=False)
    made = get_object_or_404(rows.select_related("result__school"), pk=job)
    ending = next(ending for ending, kind in MONITORING.items() if kind == made.kind)
    if made.key != report_key(report, ending):
        messages.warning(request, _("The report has changed since the file was made. Have it made anew."))
        return redirect("reports:monitoring_show", pk)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)


@allow(*SURVEY_READERS)
def monitoring_figures(request: ActingRequest, pk: int) -> HttpResponse:
    """Exactly the figures of the report as a spreadsheet, for the municipality."""
    report = report_of(request, pk)
    name = f"{file_name(read_report(report).words)}.xlsx"
    record_event(verb="export", thing=report, by=request.actor)
    return as_download(figures_workbook(report), name=name, content_type=XLSX)


@allow(Door.INSTALLATION)
def monitoring_schools(request: ActingRequest) -> HttpResponse:
    """Every school with the figures of its newest approved report; no person is shown here."""
    rows = school_rows(request.actor)
    context = {"rows": rows, "head": HEAD, "reported": sum(bool(row.cells) for row in rows)}
    return render(request, "reports/monitoring_schools.html", context)


@allow(Door.INSTALLATION)
def monitoring_schools_file(request: ActingRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    record_event(verb="export", detail={"list": "monitoring of schools"}, by=request.actor)
    name = f"Мониторинг школ, {timezone.localdate():%d.%m.%Y}.xlsx"
    return as_download(schools_workbook(request.actor), name=name, content_type=XLSX)
