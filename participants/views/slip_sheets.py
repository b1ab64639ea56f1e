"""Sheets of slips for a whole class, as one PDF with lines to cut along."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.access import ActingRequest, allow
from core.files import serve_file
from core.models import Job, JobState, Role
from core.once import do_once
from participants.forms.piles import ClassForm
from participants.services.slip_sheets import SLIPS_PDF, classes_awaited, print_class


@allow(Role.CURATOR, methods="GET POST")
def slipsheet_new(request: ActingRequest) -> HttpResponse:
    """Choose a class; a POST has its slips printed."""
    classes = classes_awaited(request.actor)
    form = ClassForm(request.POST if request.method == "POST" else None, classes=classes)
    if request.method == "POST" and form.is_valid():
        return redirect(do_once(request, lambda: _printed(request, form.cleaned_data["class_key"])))
    context = {"form": form, "classes": classes}
    return render(request, "participants/slipsheet_new.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR)
def slipsheet_file(request: ActingRequest, job: int) -> HttpResponse:
    """The sheets, for a day after they were printed and for whoever had them printed."""
    rows = Job.objects.visible_to(request.actor).filter(kind=SLIPS_PDF, state=JobState.DONE, user=request.actor.user_id)
    made = get_object_or_404(rows.exclude(result=None).select_related("result__school"), pk=job)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)


def _printed(request: ActingRequest, class_key: str) -> str:
    job = print_class(class_key=class_key, by=request.actor)
    return reverse("core:job_show", args=(job.pk,))
