"""A part in the year moves: paused, taken up again, ready, left, finished, brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from participants.forms.enrolments import ReasonForm, ResultsForm
from participants.models import TAKING_PART, Enrolment
from participants.reasons import LEAVE_REASONS, PAUSE_REASONS, MoveReason
from participants.services.cycles import today_in
from participants.services.enrolments import end_enrolment, pause_enrolment, resume_enrolment, return_enrolment
from participants.services.finishing import finish_enrolment, write_results
from participants.services.trainings import mark_ready
from participants.views.reach import enrolment_of, step_error

Step = Callable[..., object]
"""A service that takes `enrolment` and `by`."""


@allow(Role.CURATOR, methods="GET POST")
def enrolment_pause(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then pause the part."""
    done = _("The person pauses and is proposed for no pair. You can end the pause on this page.")
    return _with_reason(request, pk, "participants/enrolment_pause.html", PAUSE_REASONS, pause_enrolment, done)


@allow(Role.CURATOR, methods="GET POST")
def enrolment_end(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end the part."""
    done = _("The person no longer takes part. You can take this back on this page.")
    return _with_reason(request, pk, "participants/enrolment_end.html", LEAVE_REASONS, end_enrolment, done)


@allow(Role.CURATOR, methods="GET POST")
def enrolment_finish(request: ActingRequest, pk: int) -> HttpResponse:
    """The end of the year for one person, with what came of it."""
    enrolment = enrolment_of(request, pk)
    if enrolment.state not in TAKING_PART:
        return redirect("participants:enrolment_results", pk)
    form = _results_form(request, enrolment, is_end=True)
    record_event(verb="view", thing=enrolment, by=request.actor)
    return _with_form(
        request,
        enrolment,
        form,
        "participants/enrolment_results.html",
        lambda: finish_enrolment(enrolment=enrolment, **form.columns, by=request.actor),
        _("The year is finished for this person, and the result is written down."),
    )


@allow(Role.CURATOR, methods="GET POST")
def enrolment_results(request: ActingRequest, pk: int) -> HttpResponse:
    """Write what came of the year, or mend it."""
    enrolment = enrolment_of(request, pk)
    form = _results_form(request, enrolment, is_end=False)
    record_event(verb="view", thing=enrolment, by=request.actor)
    return _with_form(
        request,
        enrolment,
        form,
        "participants/enrolment_results.html",
        lambda: write_results(enrolment=enrolment, **form.columns, by=request.actor),
        _("The results are saved."),
    )


@allow(Role.CURATOR, methods="POST")
def enrolment_resume(request: ActingRequest, pk: int) -> HttpResponse:
    """End the pause."""
    return _at_once(request, pk, resume_enrolment, _("The pause is over."))


@allow(Role.CURATOR, methods="POST")
def enrolment_ready(request: ActingRequest, pk: int) -> HttpResponse:
    """Say that a mentor is ready."""
    return _at_once(request, pk, mark_ready, _("The mentor is ready to work."))


@allow(Role.CURATOR, methods="POST")
def enrolment_return(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the leaving back."""
    return _at_once(request, pk, return_enrolment, _("The person takes part again."))


def _at_once(request: ActingRequest, pk: int, step: Step, done: str) -> HttpResponse:
    """Take a step that asks nothing, and go back to the card."""
    enrolment = enrolment_of(request, pk)
    if not step_error(request, lambda: step(enrolment=enrolment, by=request.actor)):
        messages.success(request, done)
    return redirect("participants:person_show", enrolment.person_id)


def _with_reason(
    request: ActingRequest, pk: int, template: str, reasons: Iterable[MoveReason], step: Step, done: str
) -> HttpResponse:
    """Ask why, then take the step."""
    enrolment = enrolment_of(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, reasons=reasons)

    def act() -> object:
        return step(enrolment=enrolment, **form.columns, by=request.actor)

    return _with_form(request, enrolment, form, template, act, done)


def _results_form(request: ActingRequest, enrolment: Enrolment, *, is_end: bool) -> ResultsForm:
    today = today_in(enrolment.person.school)
    marks: dict[bool | None, str] = {True: "yes", False: "no"}
    initial = {
        "on": min(today, max(enrolment.cycle.ends_on, enrolment.entered_on or today)),
        "entered_on": enrolment.entered_on,
        "is_passed": marks.get(enrolment.is_passed, ""),
        "results": enrolment.results,
        "case_url": enrolment.case_url,
    }
    is_told = Enrolment.objects.consented(today).filter(pk=enrolment.pk).exists()
    data = request.POST if request.method == "POST" else None
    return ResultsForm(data, initial=initial, is_end=is_end, is_told=is_told)


def _with_form(
    request: ActingRequest,
    enrolment: Enrolment,
    form: Any,
    template: str,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Act on a valid form and go back to the card; else show the form with what is wrong."""
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("participants:person_show", enrolment.person_id)
    context = {"enrolment": enrolment, "person": enrolment.person, "form": form}
    return render(request, template, context, status=400 if form.errors else 200)
