"""Interviews with candidates for mentor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.preparation import InterviewForm
from participants.models import Enrolment, Interview, Side
from participants.services.cycles import today_in
from participants.services.interviews import change_interview, record_interview, remove_interview
from participants.views.reach import enrolment_of, step_error


@allow(Role.CURATOR, methods="GET POST")
def interview_new(request: ActingRequest, enrolment: int) -> HttpResponse:
    """Write down an interview; a page without a form says what comes first."""
    row = enrolment_of(request, enrolment)
    today = today_in(row.person.school)
    is_told = Enrolment.objects.consented(today).filter(pk=row.pk, side=Side.MENTOR).exists()
    form = InterviewForm(request.POST if request.method == "POST" else None, initial={"held_on": today})
    if is_told and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _record(request, row, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"enrolment": row, "person": row.person, "form": form if is_told else None}
    return render(request, "participants/interview_edit.html", context, status=400 if form.is_bound else 200)


@allow(Role.CURATOR, methods="GET POST")
def interview_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Mend an interview."""
    interview = _interview(request, pk)
    initial = {name: getattr(interview, name) for name in ("held_on", "is_with_psychologist", "outcome", "note")}
    form = InterviewForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_interview(interview=interview, **form.columns, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The interview is saved."))
            return redirect("participants:person_show", interview.enrolment.person_id)
    record_event(verb="view", thing=interview, by=request.actor)
    enrolment = interview.enrolment
    context = {"enrolment": enrolment, "person": enrolment.person, "form": form, "interview": interview}
    return render(request, "participants/interview_edit.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def interview_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Remove what was entered by mistake."""
    interview = _interview(request, pk)
    if not step_error(request, lambda: remove_interview(interview=interview, by=request.actor)):
        messages.success(request, _("The interview is removed."))
    return redirect("participants:person_show", interview.enrolment.person_id)


def _interview(request: ActingRequest, pk: int) -> Interview:
    rows = Interview.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("enrolment__person__school", "enrolment__form"), pk=pk)


def _record(request: ActingRequest, enrolment: Enrolment, form: InterviewForm) -> str:
    record_interview(enrolment=enrolment, **form.columns, by=request.actor)
    messages.success(request, _("The interview is written down."))
    return reverse("participants:person_show", args=(enrolment.person_id,))
