"""Recording a meeting, changing the record, removing it: the mentor, or the curator on his behalf."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.diary import with_meetings
from pairing.forms.meetings import MeetingForm, a_week_later, initial_at, initial_of, moment_in_words
from pairing.models import Meeting, Mentorship
from pairing.services.meetings import (
    RecordedThatDay,
    change_meeting,
    kind_after,
    record_meeting,
    remove_meeting,
    standing_places,
    why_not_changed,
    why_not_recorded,
)

SCRIBES = (Role.MENTOR, Role.CURATOR)


@allow(*SCRIBES, methods="GET POST")
def mentorship_meet(request: ActingRequest, pk: int) -> HttpResponse:
    """Record a meeting; everything is filled in but what was agreed."""
    rows = with_meetings(Mentorship.objects.visible_to(request.actor)).select_related("school", "mentor__person")
    mentorship = get_object_or_404(rows, pk=pk)
    if refusal := why_not_recorded(mentorship):
        messages.warning(request, refusal)
        return redirect(pair_url(request, pk))
    form = _new_form(request, mentorship)
    if request.method == "POST" and form.is_valid():
        deed = _said(request, pk, lambda: record_meeting(mentorship=mentorship, **form.columns, by=request.actor))
        if done := _tried(request, form, deed):
            return done
    return _show(request, mentorship, form, {"number": mentorship.meeting_count + 1})  # type: ignore[attr-defined]


@allow(*SCRIBES, methods="GET POST")
def meeting_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a record."""
    meeting = _meeting(request, pk)
    if refusal := why_not_changed(meeting, request.actor):
        messages.warning(request, refusal)
        return redirect(pair_url(request, meeting.mentorship_id))
    form = _form_of(request, meeting)
    if request.method == "POST" and form.is_valid():
        change = _said(
            request, meeting.mentorship_id, lambda: change_meeting(meeting=meeting, **form.columns, by=request.actor)
        )
        if done := _tried(request, form, change):
            return done
    return _show(request, meeting.mentorship, form, {"meeting": meeting})


@allow(*SCRIBES, methods="GET POST")
def meeting_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then remove the record."""
    if request.method == "POST":
        # The record is looked for inside: whoever sends twice gets the first answer, not a page that is gone.
        return redirect(do_once(request, lambda: _remove(request, pk)))
    meeting = _meeting(request, pk)
    address = pair_url(request, meeting.mentorship_id)
    if refusal := why_not_changed(meeting, request.actor):
        messages.warning(request, refusal)
        return redirect(address)
    record_event(verb="view", thing=meeting, by=request.actor)
    held = timezone.localtime(meeting.held_at, meeting.mentorship.school.zone)
    return render(request, "pairing/meeting_remove.html", {"meeting": meeting, "held_at": held, "back": address})


def pair_url(request: ActingRequest, pk: int) -> str:
    """The pair's page for this person."""
    page = "pairing:mentorship_mine" if request.actor.role == Role.MENTOR else "pairing:mentorship_show"
    return reverse(page, args=(pk,))


def _meeting(request: ActingRequest, pk: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.actor).select_related("mentorship__school", "mentorship__mentor__person")
    return get_object_or_404(rows, pk=pk)


def _new_form(request: ActingRequest, mentorship: Mentorship) -> MeetingForm:
    moment, places = _moment(request, mentorship), list(standing_places(mentorship).select_related("mentee__person"))
    if request.method == "POST":
        return MeetingForm(request.POST, mentorship=mentorship, places=places, proposed=_proposed(request, mentorship))
    proposed = a_week_later(moment, mentorship.ends_on)
    kind = kind_after(mentorship.meeting_count)  # type: ignore[attr-defined]
    initial = initial_at(moment, kind, places, proposed)
    return MeetingForm(None, mentorship=mentorship, places=places, proposed=proposed, initial=initial)


def _form_of(request: ActingRequest, meeting: Meeting) -> MeetingForm:
    mentorship = meeting.mentorship
    places, zone = list(standing_places(mentorship).select_related("mentee__person")), mentorship.school.zone
    if request.method == "POST":
        return MeetingForm(request.POST, mentorship=mentorship, places=places, proposed=_proposed(request, mentorship))
    proposed = meeting.next_at.astimezone(zone) if meeting.next_at else None
    initial = initial_of(meeting, zone)
    return MeetingForm(None, mentorship=mentorship, places=places, proposed=proposed, initial=initial)


def _moment(request: ActingRequest, mentorship: Mentorship) -> datetime:
    """Now, or when the meeting was planned, where the address says that it is the planned one."""
    planned: datetime | None = mentorship.planned_at  # type: ignore[attr-defined]
    is_planned = "planned" in request.GET and planned is not None and planned <= timezone.now()
    return timezone.localtime(planned if is_planned else None, mentorship.school.zone)


def _proposed(request: ActingRequest, mentorship: Mentorship) -> datetime | None:
    """The next date that the sent page proposed, so that its choice still stands."""
    try:
        proposed = datetime.fromisoformat(request.POST.get("proposed", ""))
    except ValueError:
        return None
    return proposed.replace(tzinfo=mentorship.school.zone)


def _said(request: ActingRequest, pk: int, deed: Callable[[], Meeting]) -> Callable[[], str]:
    def act() -> str:
        meeting = deed()
        words = _("The meeting is recorded.")
        if meeting.next_at:
            zone = meeting.mentorship.school.zone
            words += " " + _("Next: %(when)s.") % {"when": moment_in_words(meeting.next_at.astimezone(zone))}
        messages.success(request, words)
        return pair_url(request, pk)

    return act


def _tried(request: ActingRequest, form: MeetingForm, deed: Callable[[], str]) -> HttpResponse | None:
    """The way on where it was done; else None, and the form says why not."""
    try:
        return redirect(do_once(request, deed))
    except RecordedThatDay as refusal:
        form.asks_again = True
        form.add_error("is_another", str(refusal))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return None


def _remove(request: ActingRequest, pk: int) -> str:
    meeting = _meeting(request, pk)
    try:
        remove_meeting(meeting=meeting, by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The record is removed."))
    return pair_url(request, meeting.mentorship_id)


def _show(request: ActingRequest, mentorship: Mentorship, form: MeetingForm, more: dict[str, Any]) -> HttpResponse:
    if request.method == "GET":
        record_event(verb="view", thing=mentorship, by=request.actor)
    context = {
        "mentorship": mentorship,
        "form": form,
        "mentees": [row.mentee.person for row in form.places],
        "is_on_behalf": request.actor.role == Role.CURATOR,
        "back": pair_url(request, mentorship.pk),
    }
    return render(request, "pairing/meeting_new.html", context | more, status=400 if form.errors else 200)
