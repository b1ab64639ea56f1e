"""One window: marking it done, taking that back, the files that prove it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.once import do_once
from core.pictures import PicturesRefused, read_scans
from roadmap.forms.windows import DoneForm, FilesForm
from roadmap.models import Window
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.progress import mark_done, undo_done
from roadmap.services.proofs import ProofRefused, keep_proofs
from roadmap.services.selfmarking import complete_window
from roadmap.views.going_back import go_back, next_page, show_form
from roadmap.views.programmes import MARKERS, today_of


@allow(*ROADMAP_READERS)
def window_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Lead to the activity; lists know the window alone."""
    return redirect("roadmap:activity_show", _window(request, pk).activity_id)


@allow(*MARKERS, methods="GET POST")
def window_done(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark done, today unless another day is given; files may prove it."""
    window = _window(request, pk)
    typed, files = _sent(request)
    form = DoneForm(typed, files, initial={"done_on": today_of(request), "note": window.note})
    if request.method == "POST" and form.is_valid():
        try:
            _with_files(request, window, form, lambda: _mark(request, window, form))
        except (PicturesRefused, ProofRefused) as refusal:
            form.add_error("proofs", str(refusal))
        except DomainError as refusal:
            form.add_error("done_on", str(refusal))
        else:
            messages.success(request, _("Marked as done."))
            return go_back(request, window.cycle.programme_id)
    return _render(request, window, form, "roadmap/window_done.html")


@allow(*MARKERS, methods="GET POST")
def window_proofs(request: ActingRequest, pk: int) -> HttpResponse:
    """Lay more files to an activity."""
    window = _window(request, pk)
    form = FilesForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            _with_files(request, window, form, lambda: None)
        except DomainError as refusal:
            form.add_error("proofs", str(refusal))
        else:
            messages.success(request, _("The files are kept with the activity."))
            return redirect("roadmap:activity_show", window.activity_id)
    return _render(request, window, form, "roadmap/window_proofs.html")


@allow(*MARKERS, methods="POST")
def window_complete(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark done with one press what the evidence says is complete."""
    return _press(request, pk, complete_window, _("Marked as done."))


@allow(*MARKERS, methods="POST")
def window_undo(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the mark back."""
    return _press(request, pk, undo_done, _("The mark is taken back; the note and the files are kept."))


def _press(request: ActingRequest, pk: int, act: Callable[..., None], said: str) -> HttpResponse:
    window = _window(request, pk)
    try:
        act(window=window, by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return go_back(request, window.cycle.programme_id)


def _sent(request: ActingRequest) -> tuple[QueryDict | None, Any]:
    """What was typed and the files; nothing where the page is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _mark(request: ActingRequest, window: Window, form: DoneForm) -> None:
    given = form.cleaned_data
    mark_done(window=window, done_on=given["done_on"], note=given["note"], by=request.actor)


def _with_files(request: ActingRequest, window: Window, form: FilesForm, act: Callable[[], None]) -> None:
    """Read the files, which takes seconds, then act and keep them in one go, once however often it is sent."""
    chosen = list(form.chosen)
    scans = read_scans(chosen) if chosen else []

    def keep() -> str:
        act()
        keep_proofs(window=window, scans=scans, by=request.actor)
        return "kept"

    do_once(request, keep)


def _window(request: ActingRequest, pk: int) -> Window:
    rows = Window.objects.visible_to(request.actor).select_related("activity__stage", "cycle")
    return get_object_or_404(rows, pk=pk)


def _render(request: ActingRequest, window: Window, form: FilesForm, template: str) -> HttpResponse:
    if form.errors and isinstance(form, FilesForm):
        form.tell_of_files()
    context = {"window": window, "form": form, "next": next_page(request, window.cycle.programme_id)}
    return show_form(request, template, context, 400 if form.errors else 200)
