"""Whether the installation is well, and how far a long job has come."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.access import ActingRequest, Door, allow
from core.jobs import job_kind, retry_job
from core.models import Job, JobState, Role

SILENT_AFTER = timedelta(minutes=1)


@allow(Door.ANYONE)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database answers, else 503; nothing else is told to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database is away", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@allow(*Role, methods="GET POST")
def job_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The progress of a job, then its result; POST tries again. The part in it asks for itself until all is done."""
    job = get_object_or_404(Job.objects.visible_to(request.actor).select_related("school"), pk=pk)
    if request.method == "POST":
        retry_job(job=job)
        return redirect("core:job_show", job.pk)
    if request.htmx and job.state != JobState.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    kind, now = job_kind(job), timezone.now()
    is_held = job.lease_until is not None and job.lease_until > now
    context = {
        "job": job,
        "label": kind.label,
        "result_url": kind.result_url(job) if kind.result_url else "",
        "origin_url": kind.origin_url(job) if kind.origin_url else "/",
        "is_silent": not is_held and job.due_at < now - SILENT_AFTER,
        "next_try": f"{timezone.localtime(job.due_at, job.school.zone):%H:%M}"
        if job.error and job.due_at > now
        else "",
    }
    return render(request, "core/job_show.html#progress" if request.htmx else "core/job_show.html", context)
