"""Group meetings: the list, one with its marks, the plan of talks as it is printed."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.forms.gatherings import GatheringForm, GuestsForm
from pairing.models import Gathering, Seat
from pairing.services.gatherings import mark_guests, remove_gathering, save_gathering, seat_guests
from participants.models import Enrolment, MentoringForm, Side
from participants.models.person import REGISTER_READERS
from participants.services.cycles import today_in
from participants.views.reach import cycle_of, school_of, step_error
from roadmap.models import Cycle
from surveys.models import QuestionnaireKind, QuestionnaireVersion


@allow(*REGISTER_READERS)
def gathering_list(request: ActingRequest) -> HttpResponse:
    """The group meetings of the school, the newest first, with how many came."""
    came = Count("guests", filter=Q(guests__has_come=True))
    rows = Gathering.objects.visible_to(request.actor).select_related("form", "school", "cycle")
    context = {
        "rows": rows.annotate(asked=Count("guests"), came=came),
        "may_write": request.actor.role == Role.CURATOR,
        "has_cycle": cycle_of(request) is not None,
    }
    return render(request, "pairing/gathering_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def gathering_new(request: ActingRequest) -> HttpResponse:
    """Plan a group meeting of this year."""
    cycle = cycle_of(request)
    return _write(request, cycle, None) if cycle else redirect("pairing:gathering_list")


@allow(Role.CURATOR, methods="GET POST")
def gathering_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change it, and ask those who have come to the programme since."""
    gathering = _gathering(request, pk)
    return _write(request, gathering.cycle, gathering)


@allow(*REGISTER_READERS, methods="GET POST")
def gathering_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Who is asked and who came; the administrator reads it."""
    gathering = _gathering(request, pk)
    is_curator = request.actor.role == Role.CURATOR
    cleared = Enrolment.objects.cleared(today_in(gathering.school))
    guests = list(gathering.guests.filter(enrolment__in=cleared).select_related("enrolment__person"))
    data = request.POST if request.method == "POST" and is_curator else None
    form = GuestsForm(data, now={row.pk: row.has_come for row in guests})
    if form.is_valid():
        return redirect(do_once(request, lambda: _mark(request, gathering, form)))
    record_event(verb="view", thing=gathering, detail={"guests": len(guests)}, by=request.actor)
    sides = [(_("Mentees"), Side.MENTEE), (_("Mentors"), Side.MENTOR)]
    context = {
        "gathering": gathering,
        "sides": [
            (title, [(row, form[f"guest_{row.pk}"]) for row in guests if row.enrolment.side == side])
            for title, side in sides
        ],
        "is_asked": bool(guests),
        "came": sum(row.has_come is True for row in guests),
        "may_write": is_curator,
        "preference": _preference(request) if is_curator else None,
    }
    return render(request, "pairing/gathering_show.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def gathering_seat(request: ActingRequest, pk: int) -> HttpResponse:
    """Work out the talks, anew where there is a plan already."""
    gathering = _gathering(request, pk)
    if step_error(request, lambda: seat_guests(gathering=gathering, by=request.actor)):
        return redirect("pairing:gathering_show", pk)
    return redirect("pairing:gathering_plan", pk)


@allow(*REGISTER_READERS)
def gathering_plan(request: ActingRequest, pk: int) -> HttpResponse:
    """The talks by round and table, to be printed and hung up; who has no consent in force is left out."""
    gathering = _gathering(request, pk)
    cleared = Enrolment.objects.cleared(today_in(gathering.school))
    rows = Seat.objects.filter(gathering=gathering, mentee__in=cleared, mentor__in=cleared)
    seats = list(rows.select_related("mentee__person", "mentor__person"))
    record_event(verb="view", thing=gathering, detail={"what": "plan", "seats": len(seats)}, by=request.actor)
    context = {"gathering": gathering, "rounds": _rounds(seats), "people": len({row.mentee_id for row in seats})}
    return render(request, "pairing/gathering_plan.html", context)


@allow(Role.CURATOR, methods="POST")
def gathering_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take back a meeting that was entered by mistake."""
    gathering = _gathering(request, pk)
    if step_error(request, lambda: remove_gathering(gathering=gathering, by=request.actor)):
        return redirect("pairing:gathering_show", pk)
    messages.success(request, _("The group meeting is removed."))
    return redirect("pairing:gathering_list")


def _gathering(request: ActingRequest, pk: int) -> Gathering:
    rows = Gathering.objects.visible_to(request.actor).select_related("school", "form", "cycle__programme__school")
    return get_object_or_404(rows, pk=pk)


def _rounds(seats: list[Seat]) -> list[tuple[int, list[tuple[Any, list[Any]]]]]:
    """By round, each mentor with the mentees at his table."""
    found = []
    for number, group in groupby(seats, key=lambda seat: seat.round):
        tables: dict[int, tuple[Any, list[Any]]] = {}
        for seat in group:
            tables.setdefault(seat.mentor_id, (seat.mentor.person, []))[1].append(seat.mentee.person)
        found.append((number, list(tables.values())))
    return found


def _preference(request: ActingRequest) -> QuestionnaireVersion | None:
    """The newest published questionnaire of preferences, by which they are asked after the meeting."""
    rows = QuestionnaireVersion.objects.visible_to(request.actor).filter(
        questionnaire__kind=QuestionnaireKind.PREFERENCE, state="published"
    )
    return rows.order_by("-pk").first()


def _write(request: ActingRequest, cycle: Cycle, gathering: Gathering | None) -> HttpResponse:
    used = MentoringForm.objects.visible_to(request.actor).filter(is_used=True)
    form = GatheringForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(gathering) if gathering else {"talks": 3, "minutes": 5},
        forms_used=[gathering.form] if gathering else used,
        is_new=gathering is None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, cycle, gathering, form)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "gathering": gathering}
    return render(request, "pairing/gathering_edit.html", context, status=400 if form.errors else 200)


def _initial(gathering: Gathering) -> dict[str, Any]:
    held_at = timezone.localtime(gathering.held_at, gathering.school.zone)
    own = {name: getattr(gathering, name) for name in ("place", "talks", "minutes")}
    return own | {"form": gathering.form_id, "held_on": held_at.date(), "held_time": held_at.time()}


def _save(request: ActingRequest, cycle: Cycle, gathering: Gathering | None, form: GatheringForm) -> str:
    given, school = form.cleaned_data, school_of(request)
    rows = MentoringForm.objects.visible_to(request.actor).select_related("school")
    row = save_gathering(
        gathering=gathering,
        cycle=cycle,
        form=rows.get(pk=given["form"]),
        held_at=datetime.combine(given["held_on"], given["held_time"], tzinfo=school.zone),
        place=given["place"],
        talks=given["talks"],
        minutes=given["minutes"],
        by=request.actor,
    )
    messages.success(request, _("The group meeting is saved."))
    return reverse("pairing:gathering_show", args=(row.pk,))


def _mark(request: ActingRequest, gathering: Gathering, form: GuestsForm) -> str:
    changed = mark_guests(gathering=gathering, came=form.marks(), by=request.actor)
    words = ngettext("%(n)s mark of the meeting is saved.", "%(n)s marks of the meeting are saved.", changed)
    messages.success(request, words % {"n": changed} if changed else _("No mark of the meeting was changed."))
    return reverse("pairing:gathering_show", args=(gathering.pk,))
