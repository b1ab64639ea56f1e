"""Destructions: what is due, carrying out, the papers of what was done."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import serve_file
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.destruction import WORD, CarryForm, DemandForm, OpeningForm
from participants.models import Destruction, DestructionGround, DestructionState
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in
from participants.services.demanding import MOST_AT_ONCE, demand_destruction, start_destroying
from participants.services.destruction_lines import done_rows, due_lines, due_rows, extract_of, preview_of
from participants.services.sealed import open_sealed, sealed_papers
from participants.views.reach import person_of, school_of

PER_PAGE = 50


@allow(*REGISTER_READERS)
def destruction_list(request: ActingRequest) -> HttpResponse:
    """What is to be destroyed by when, and what was destroyed."""
    lines = due_lines(request.actor, today_in(school_of(request)))
    page = Paginator(done_rows(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    if lines:
        record_event(verb="list", detail={"list": "destructions", "count": len(lines)}, by=request.actor)
    context = {"lines": lines, "page": page, "most": MOST_AT_ONCE, "may_write": request.actor.role == Role.CURATOR}
    return render(request, "participants/destruction_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def destruction_new(request: ActingRequest, person: int) -> HttpResponse:
    """Stop the use of a person's data now and start the clock."""
    subject = person_of(request, person)
    form = DemandForm(request.POST or None)
    if form.is_valid():
        ground = DestructionGround(form.cleaned_data["ground"])
        try:
            return redirect(do_once(request, lambda: _demand(request, person, ground)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "person": subject}
    return render(request, "participants/destruction_new.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def destruction_carry(request: ActingRequest) -> HttpResponse:
    """What goes and what stays of each of the chosen people; after the word is typed, the worker destroys."""
    rows = _chosen(request)
    if not rows:
        messages.error(request, _("Choose whose data are destroyed: tick them in this list."))
        return redirect("participants:destruction_list")
    form = CarryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _carry(request, rows, form.cleaned_data["sheets"])))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    _note_look(request, rows)
    people = [(row, preview_of(row)) for row in rows]
    context = {"people": people, "rows": rows, "form": form, "word": WORD}
    return render(request, "participants/destruction_carry.html", context, status=400 if form.errors else 200)


@allow(*REGISTER_READERS)
def destruction_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One destruction: how it stands, its papers, and for the curator what is sealed."""
    row = _row_of(request, pk)
    form = OpeningForm() if request.actor.role == Role.CURATOR else None
    return _show(request, row, form)


@allow(Role.CURATOR, methods="POST")
def destruction_open(request: ActingRequest, pk: int) -> HttpResponse:
    """A sealed paper for an inspection, as a download; why it was opened stands in the journal."""
    row = _row_of(request, pk)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form)
    paper = request.POST.get("paper", "")
    key = int(paper) if paper.isascii() and paper.isdigit() and len(paper) < 18 else 0
    stored = open_sealed(row=row, paper=key, **form.cleaned_data, by=request.actor)
    if stored is None:
        form.add_error(None, _("This paper is not kept any more. Look at the page again."))
        return _show(request, row, form)
    return serve_file(stored, by=request.actor)


@allow(*REGISTER_READERS)
def destruction_extract(request: ActingRequest, pk: int) -> HttpResponse:
    """The extract from the journal: `?as=csv` for a spreadsheet, else the paper. It names nobody."""
    row = _row_of(request, pk)
    if request.GET.get("as") != "csv" and row.extract:
        return serve_file(row.extract, by=request.actor)
    record_event(verb="export", thing=row, school=row.school, detail={"form": "csv"}, by=request.actor)
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(extract_of(row))
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{row.pk}.csv"'
    return response


def _row_of(request: ActingRequest, pk: int) -> Destruction:
    rows = Destruction.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("person__school", "school", "extract__school", "done_by"), pk=pk)


def _show(request: ActingRequest, row: Destruction, form: OpeningForm | None) -> HttpResponse:
    record_event(verb="view", thing=row, school=row.school, by=request.actor)
    is_done = row.state == DestructionState.DONE
    context = {
        "row": row,
        "is_done": is_done,
        "papers": sealed_papers(row) if is_done and form is not None else [],
        "form": form,
        "left": (row.due_on - today_in(row.school)).days,
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "participants/destruction_show.html", context, status=status)


def _chosen(request: ActingRequest) -> list[Destruction]:
    """Those ticked that are still due; in the form that destroys they are hidden fields."""
    keys = (request.POST if request.method == "POST" else request.GET).getlist("d")
    known = [int(key) for key in keys[:MOST_AT_ONCE] if key.isascii() and key.isdigit() and len(key) < 18]
    return list(due_rows(request.actor).filter(pk__in=known).order_by("due_on", "pk"))


def _note_look(request: ActingRequest, rows: list[Destruction]) -> None:
    if len(rows) == 1:
        record_event(verb="view", thing=rows[0].person, school=rows[0].school, by=request.actor)
        return
    detail: dict[str, object] = {
        "list": "holdings",
        "count": len(rows),
        "people": [row.person_id for row in rows],
    }
    record_event(verb="list", school=rows[0].school, detail=detail, by=request.actor)


def _demand(request: ActingRequest, person: int, ground: DestructionGround) -> str:
    found = demand_destruction(person=person_of(request, person), ground=ground, by=request.actor)
    messages.success(request, _("The data are used no more, and the clock runs."))
    return f"{reverse('participants:destruction_carry')}?d={found.pk}"


def _carry(request: ActingRequest, rows: list[Destruction], sheets: int) -> str:
    job = start_destroying(destructions=rows, sheets=sheets, by=request.actor)
    return reverse("core:job_show", args=(job.pk,))
