"""The answers of a campaign as a spreadsheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import as_download, serve_file
from core.models import Job, JobState
from participants.services.bases import names_somebody_gone
from surveys.models import SURVEY_KEEPERS
from surveys.services.exports import ANSWERS_XLSX, XLSX, write_book
from surveys.views.results import campaign_of


@allow(*SURVEY_KEEPERS, methods="POST")
def result_export(request: ActingRequest, pk: int) -> HttpResponse:
    """The answers as a spreadsheet with its codebook, at once or, of a large campaign, by the worker."""
    campaign = campaign_of(request, pk)
    try:
        made = write_book(campaign=campaign, with_names="names" in request.POST, by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:result_show", pk)
    if isinstance(made, Job):
        return redirect("core:job_show", made.pk)
    return as_download(made.data, name=made.name, content_type=XLSX)


@allow(*SURVEY_KEEPERS)
def result_file(request: ActingRequest, job: int) -> HttpResponse:
    """What the worker wrote, for a day and for whoever asked for it; nobody gets one made before a consent ended."""
    rows = Job.objects.visible_to(request.actor).filter(kind=ANSWERS_XLSX, state=JobState.DONE)
    rows = rows.filter(user=request.actor.user_id).exclude(result=None)
    made = get_object_or_404(rows.select_related("result__school"), pk=job)
    if names_somebody_gone(made):
        messages.warning(request, _("Somebody's consent has ended since this list was written. Have it written anew."))
        return redirect("surveys:result_show", made.payload["campaign"])
    assert made.result is not None
    return serve_file(made.result, by=request.actor)
