"""What others say on a mentee's request."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.charges import NoteForm
from participants.models import Enrolment, NoteSource, Side, ThirdPartyNote
from participants.services.cycles import today_in
from participants.services.notes import WRITERS, add_note, change_note, may_change, remove_note
from participants.views.reach import enrolment_of, step_error

SOURCES = {Role.CLASS_TEACHER: NoteSource.CLASS_TEACHER, Role.PSYCHOLOGIST: NoteSource.PSYCHOLOGIST}


@allow(*WRITERS, methods="GET POST")
def note_new(request: ActingRequest, enrolment: int) -> HttpResponse:
    """Write down what somebody says; without a consent in force the page says what comes first."""
    row = enrolment_of(request, enrolment)
    today = today_in(row.person.school)
    is_told = Enrolment.objects.consented(today).filter(pk=row.pk, side=Side.MENTEE).exists()
    source = SOURCES.get(Role(request.actor.role or ""), NoteSource.PARENTS)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"source": source})
    if is_told and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _add(request, row, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"person": row.person, "back": _card(request, row), "form": form if is_told else None}
    record_event(verb="view", thing=row.person, by=request.actor)
    return render(request, "participants/note_edit.html", context, status=400 if form.is_bound else 200)


@allow(*WRITERS, methods="GET POST")
def note_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Mend a note."""
    note = _note(request, pk)
    enrolment = note.enrolment
    initial = {name: getattr(note, name) for name in ("source", "text", "is_sensitive")}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_note(note=note, **form.cleaned_data, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The note is saved."))
            return HttpResponseRedirect(_card(request, enrolment))
    record_event(verb="view", thing=note, by=request.actor)
    context = {"person": enrolment.person, "back": _card(request, enrolment), "form": form, "note": note}
    return render(request, "participants/note_edit.html", context, status=400 if form.errors else 200)


@allow(*WRITERS, methods="POST")
def note_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a note away for good."""
    note = _note(request, pk)
    if not step_error(request, lambda: remove_note(note=note, by=request.actor)):
        messages.success(request, _("The note is taken away."))
    return HttpResponseRedirect(_card(request, note.enrolment))


def _note(request: ActingRequest, pk: int) -> ThirdPartyNote:
    """A note that the actor may change; one he may only read is as good as absent here."""
    rows = ThirdPartyNote.objects.visible_to(request.actor).select_related("enrolment__person__school")
    note = get_object_or_404(rows, pk=pk)
    return note if may_change(note, request.actor) else get_object_or_404(rows.none())


def _add(request: ActingRequest, enrolment: Enrolment, form: NoteForm) -> str:
    add_note(enrolment=enrolment, **form.cleaned_data, by=request.actor)
    messages.success(request, _("The note is written down."))
    return _card(request, enrolment)


def _card(request: ActingRequest, enrolment: Enrolment) -> str:
    """The page of the person as this role has it."""
    page = "person_show" if request.actor.role == Role.CURATOR else "pupil_show"
    return reverse(f"participants:{page}", args=(enrolment.person_id,))
