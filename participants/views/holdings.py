"""All that is held on one person, for himself: on the page, as PDF, as JSON."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.access import ActingRequest, allow
from core.files import serve_file
from core.journal import record_event
from core.models import Job, Role
from participants.holding import all_held_on
from participants.services.holdings import HOLDINGS_PDF, holdings_json, print_holdings
from participants.views.reach import person_of


@allow(Role.CURATOR)
def holdings_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Everything that is held on the person."""
    person = person_of(request, pk)
    record_event(verb="view", thing=person, school=person.school, detail={"what": "holdings"}, by=request.actor)
    return render(request, "participants/holdings_show.html", {"person": person, "everything": all_held_on(person)})


@allow(Role.CURATOR, methods="POST")
def holdings_data(request: ActingRequest, pk: int) -> HttpResponse:
    """The same for another program, as a download."""
    person = person_of(request, pk)
    record_event(verb="export", thing=person, school=person.school, detail={"form": "json"}, by=request.actor)
    response = HttpResponse(holdings_json(person), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="person-{person.pk}.json"'
    return response


@allow(Role.CURATOR, methods="POST")
def holdings_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """Have it printed; the page of the job shows how far it is."""
    job = print_holdings(person=person_of(request, pk), by=request.actor)
    return redirect("core:job_show", job.pk)


@allow(Role.CURATOR)
def holdings_file(request: ActingRequest, pk: int, job: int) -> HttpResponse:
    """What was printed, as a download; 404 until it is there."""
    person = person_of(request, pk)
    rows = Job.objects.visible_to(request.actor).filter(kind=HOLDINGS_PDF, payload__person=person.pk)
    made = get_object_or_404(rows.filter(result__isnull=False).select_related("result__school"), pk=job)
    assert made.result is not None
    return serve_file(made.result, by=request.actor)
