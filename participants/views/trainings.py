"""Trainings of a cycle's mentors and the page on which they are marked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.preparation import MarksForm, TrainingForm
from participants.models import Training
from participants.models.person import REGISTER_READERS
from participants.register.mentors import mark_lines, training_lines
from participants.services.cycles import today_in
from participants.services.trainings import mark_training, remove_training, save_training
from participants.views.reach import cycle_of, school_of, step_error
from roadmap.models import Cycle


@allow(*REGISTER_READERS)
def training_list(request: ActingRequest) -> HttpResponse:
    """The sessions of the year, with how many came."""
    cycle = cycle_of(request)
    context = {
        "cycle": cycle,
        "lines": training_lines(Training.objects.visible_to(request.actor).filter(cycle=cycle)),
        "today": today_in(school_of(request)),
        "may_write": request.actor.role == Role.CURATOR,
    }
    return render(request, "participants/training_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def training_new(request: ActingRequest) -> HttpResponse:
    """Put a session in the year."""
    cycle = cycle_of(request)
    return _write(request, cycle, None) if cycle else redirect("participants:training_list")


@allow(Role.CURATOR, methods="GET POST")
def training_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a session, or put down the mentors of one more form."""
    training = _training(request, pk)
    return _write(request, training.cycle, training)


@allow(*REGISTER_READERS, methods="GET POST")
def training_mark(request: ActingRequest, pk: int) -> HttpResponse:
    """Who was there and with which result, all on one page; the administrator reads it."""
    training = _training(request, pk)
    today = today_in(school_of(request))
    lines, without_consent = mark_lines(training, today)
    data = request.POST if request.method == "POST" and request.actor.role == Role.CURATOR else None
    now = {line.pk: line.mark for line in lines}
    form = MarksForm(data, now=now, is_held=training.held_on <= today)
    if form.is_valid():
        return _mark(request, training, form)
    record_event(verb="list", thing=training, detail={"count": len(lines)}, by=request.actor)
    context = {
        "training": training,
        "rows": [(line, form.field_of(line.pk)) for line in lines],
        "form": form,
        "without_consent": without_consent,
        "is_held": training.held_on <= today,
        "may_write": request.actor.role == Role.CURATOR,
    }
    return render(request, "participants/training_mark.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def training_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Remove a session that was entered by mistake."""
    training = _training(request, pk)
    if step_error(request, lambda: remove_training(training=training, by=request.actor)):
        return redirect("participants:training_mark", pk)
    messages.success(request, _("The training is removed."))
    return redirect("participants:training_list")


def _training(request: ActingRequest, pk: int) -> Training:
    rows = Training.objects.visible_to(request.actor).select_related("cycle__programme__school")
    return get_object_or_404(rows, pk=pk)


def _mark(request: ActingRequest, training: Training, form: MarksForm) -> HttpResponse:
    marks = form.marks(rest=request.POST.get("rest", ""))
    try:
        changed = mark_training(training=training, marks=marks, by=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(count)s mark is saved.", "%(count)s marks are saved.", changed)
        messages.success(request, words % {"count": changed} if changed else _("No mark was changed."))
    return redirect("participants:training_mark", training.pk)


def _write(request: ActingRequest, cycle: Cycle, training: Training | None) -> HttpResponse:
    names = ("title", "held_on", "hours", "place")
    initial = {name: getattr(training, name) for name in names} if training else {}
    data = request.POST if request.method == "POST" else None
    form = TrainingForm(data, initial=initial, cycle=cycle, is_new=training is None)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, cycle, training, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "training": training, "cycle": cycle}
    return render(request, "participants/training_edit.html", context, status=400 if form.errors else 200)


def _save(request: ActingRequest, cycle: Cycle, training: Training | None, form: TrainingForm) -> str:
    row = save_training(training=training, cycle=cycle, **form.columns, by=request.actor)
    messages.success(request, _("The training is saved."))
    return reverse("participants:training_mark", args=(row.pk,))
