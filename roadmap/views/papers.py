"""The roadmap on paper: asking for it and taking it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.access import ActingRequest, allow
from core.files import serve_file
from core.jobs import start_job
from core.models import Job, Role, StoredFile
from roadmap.models import Programme
from roadmap.services.papers import ROADMAP_PAPERS, roadmap_paper_key


@allow(Role.CURATOR, Role.ADMINISTRATOR, methods="POST")
def programme_paper(request: ActingRequest, pk: int, kind: str) -> HttpResponse:
    """Have the roadmap made as it now stands; the page of the job shows how far it is."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    key = roadmap_paper_key(programme, kind)
    job = start_job(key=key, kind=kind, payload={"programme": programme.pk}, by=request.actor)
    return redirect("core:job_show", job.pk)


@allow(Role.CURATOR, Role.ADMINISTRATOR)
def programme_paper_file(request: ActingRequest, pk: int, job: int) -> HttpResponse:
    """The paper as a download; 404 until it is there."""
    made = Job.objects.visible_to(request.actor).filter(pk=job, kind__in=ROADMAP_PAPERS.values(), payload__programme=pk)
    stored = get_object_or_404(StoredFile, pk__in=made.values("result"))
    return serve_file(stored, by=request.actor)
