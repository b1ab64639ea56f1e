"""One window: marking it done, taking that back, giving it days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseLocation

from core.access import ActingRequest, allow
from core.errors import DomainError
from roadmap.forms.windows import DaysForm, DoneForm
from roadmap.models import Window
from roadmap.services.progress import mark_done, set_days, undo_done
from roadmap.views.going_back import next_page
from roadmap.views.programmes import MARKERS, today_of


@allow(*MARKERS, methods="GET POST")
def window_done(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark done, today unless another day is given."""
    window = _window(request, pk)
    form = DoneForm(_sent(request), initial={"done_on": today_of(request), "note": window.note})
    if request.method == "POST" and form.is_valid():
        try:
            mark_done(window=window, **form.cleaned_data, by=request.actor)
        except DomainError as refusal:
            form.add_error("done_on", str(refusal))
        else:
            messages.success(request, _("Marked as done."))
            return _back(request, window)
    return _render(request, window, form, "roadmap/window_done.html")


@allow(*MARKERS, methods="POST")
def window_undo(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the mark back."""
    window = _window(request, pk)
    try:
        undo_done(window=window, by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mark is taken back; the note is kept."))
    return _back(request, window)


@allow(*MARKERS, methods="GET POST")
def window_days(request: ActingRequest, pk: int) -> HttpResponse:
    """Give an activity its days."""
    window = _window(request, pk)
    form = DaysForm(_sent(request), initial={"starts_on": window.starts_on, "ends_on": window.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            set_days(window=window, **form.cleaned_data, by=request.actor)
        except DomainError as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, _("The days are set; reminders follow them."))
            return _back(request, window)
    return _render(request, window, form, "roadmap/window_days.html")


def _sent(request: ActingRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _window(request: ActingRequest, pk: int) -> Window:
    rows = Window.objects.visible_to(request.actor).select_related("activity__stage", "cycle")
    return get_object_or_404(rows, pk=pk)


def _render(request: ActingRequest, window: Window, form: DoneForm | DaysForm, template: str) -> HttpResponse:
    context = {"window": window, "form": form, "next": next_page(request, window.cycle.programme_id)}
    template += "#form" if request.htmx else ""
    return render(request, template, context, status=400 if form.errors else 200)


def _back(request: ActingRequest, window: Window) -> HttpResponse:
    url = next_page(request, window.cycle.programme_id)
    return HttpResponseLocation(url, target="#board", swap="outerHTML") if request.htmx else redirect(url)
