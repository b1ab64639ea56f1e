"""Pairs of a scenario on their way to the administrator: sent, looked at as a protocol, printed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.journal import record_event
from core.models import Job, Role
from core.once import do_once
from pairing.forms.submissions import SendForm
from pairing.models import Scenario, Submission
from pairing.services.protocols import PROTOCOL_PDF, print_protocol
from pairing.services.submitting import send_scenario
from pairing.sheet import sendable_pairs, sheet_of
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in

PER_PAGE = 50


@allow(Role.CURATOR, methods="GET POST")
def scenario_send(request: ActingRequest, pk: int) -> HttpResponse:
    """Look once more at what is about to be sent, untick what is not, send."""
    rows = Scenario.objects.visible_to(request.actor).select_related("school", "cycle", "form")
    scenario = get_object_or_404(rows, pk=pk)
    pairs = sendable_pairs(scenario, today_in(scenario.school))
    form = SendForm(
        request.POST if request.method == "POST" else None,
        mentees=[pair.mentee for pair in pairs],
        seen=scenario.version,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _send(request, scenario, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    record_event(verb="view", thing=scenario, detail={"to": "send"}, by=request.actor)
    ticked = {int(key) for key in form["mentees"].value() or () if str(key).isdecimal()}
    context = {"form": form, "scenario": scenario, "pairs": pairs, "ticked": ticked}
    return render(request, "pairing/scenario_send.html", context, status=400 if form.errors else 200)


@allow(*REGISTER_READERS)
def submission_list(request: ActingRequest) -> HttpResponse:
    """What was sent for approval, the newest first, each with how far it is."""
    rows = Submission.objects.visible_to(request.actor).select_related("form", "cycle", "sent_by", "school")
    counted = rows.annotate(number=Count("matches")).order_by("-sent_at", "-pk")
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    record_event(verb="list", detail={"list": "submissions", "count": len(page)}, by=request.actor)
    return render(request, "pairing/submission_list.html", {"page": page})


@allow(*REGISTER_READERS)
def submission_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The protocol of one computation with what was decided on each of its pairs."""
    submission = _submission(request, pk)
    sheet = sheet_of(submission, today_in(submission.school))
    record_event(verb="view", thing=submission, by=request.actor)
    return render(request, "pairing/submission_show.html", {"submission": submission, "sheet": sheet})


@allow(*REGISTER_READERS, methods="POST")
def submission_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """Have the protocol printed; the page of the job shows how far it is."""
    job = print_protocol(submission=_submission(request, pk), by=request.actor)
    return redirect("core:job_show", job.pk)


@allow(*REGISTER_READERS)
def submission_file(request: ActingRequest, pk: int, job: int) -> HttpResponse:
    """The printed protocol, as a download; 404 until it is there."""
    submission = _submission(request, pk)
    rows = Job.objects.visible_to(request.actor).filter(kind=PROTOCOL_PDF, payload__submission=submission.pk)
    made = get_object_or_404(rows.filter(result__isnull=False).select_related("result__school"), pk=job)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)


def _submission(request: ActingRequest, pk: int) -> Submission:
    rows = Submission.objects.visible_to(request.actor).select_related("school", "form", "cycle", "sent_by")
    return get_object_or_404(rows, pk=pk)


def _send(request: ActingRequest, scenario: Scenario, form: SendForm) -> str:
    given = form.cleaned_data
    sent = send_scenario(
        scenario=scenario,
        seen_version=given["seen"],
        mentees=given["mentees"],
        note=given["note"],
        asks=given["asks"],
        by=request.actor,
    )
    words = ngettext(
        "%(n)s pair is sent to the administrator.", "%(n)s pairs are sent to the administrator.", len(sent.matches)
    )
    messages.success(request, words % {"n": len(sent.matches)})
    if sent.left:
        words = ngettext(
            "%(n)s pair was not sent: something has come to speak against it.",
            "%(n)s pairs were not sent: something has come to speak against them.",
            sent.left,
        )
        messages.warning(request, words % {"n": sent.left})
    return reverse("pairing:submission_show", args=(sent.submission.pk,))
