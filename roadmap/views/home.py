"""The first page after the door: what waits for this person today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from core.access import ActingRequest, Door, allow
from core.actors import Actor, ActorKind
from core.counted import counted
from core.models import Role
from roadmap.board.board import Board, read_board
from roadmap.board.lines import lines_of
from roadmap.board.proofs import proofs_for
from roadmap.board.rows import WindowRow, window_rows, windows_awaiting
from roadmap.board.standing import coming_rows, late_rows, personal_headline, undated_rows
from roadmap.board.waiting import wait_list, waiting_headline
from roadmap.day import Fact, Panel, Waiting, facts_for, panels_for, waiting_for
from roadmap.models import Draft, Programme
from roadmap.models.programme import ROADMAP_READERS
from roadmap.views.programmes import board_context, today_of

Page = Callable[[ActingRequest], HttpResponse]


@allow(Door.SIGNED_IN, Door.LINK)
def home(request: ActingRequest) -> HttpResponse:
    """The page of the role that the person acts in; the holder of a link has one of his own."""
    if request.actor.kind is ActorKind.LINK:
        return redirect("participants:mine_home")
    if request.actor.is_installation_admin:
        return redirect("accounts:installation")
    role = request.actor.role
    return _PAGES[role](request) if role else render(request, "roadmap/home_nowhere.html")


def current_programme(programmes: Iterable[Programme], today: date) -> Programme | None:
    """The programme under way, the newest of several; else the next to begin, else the last that ended."""
    rows = list(programmes)
    running = [row for row in rows if row.starts_on <= today <= row.ends_on]
    if running:
        return max(running, key=lambda row: (row.starts_on, row.pk))
    coming = [row for row in rows if row.starts_on > today]
    if coming:
        return min(coming, key=lambda row: (row.starts_on, -row.pk))
    return max(rows, key=lambda row: (row.ends_on, row.pk), default=None)


def _deciding(request: ActingRequest) -> HttpResponse:
    """Curator and administrator: where the programme stands, and what waits for this person."""
    today = today_of(request)
    day = _day(request, today)
    programme = current_programme(Programme.objects.visible_to(request.actor), today)
    if programme is None:
        waits = wait_list([*day.waiting, *_drafts(request.actor)], [], {}, "", today)
        may_add = request.actor.role == Role.CURATOR
        return render(request, "roadmap/home_empty.html", {"waits": waits, "day": day, "may_add": may_add})
    board = read_board(programme, request.actor, today)
    address = reverse("roadmap:programme_show", args=(programme.pk,))
    mine = _answered_by(request.actor, board)
    waits = wait_list([*day.waiting, *_drafts(request.actor)], mine, board.proofs, address, today)
    context = board_context(request, board) | {
        "headline": waiting_headline(waits) or board.headline(),
        "waits": waits,
        "day": day,
    }
    return render(request, "roadmap/home.html" + ("#board" if request.htmx else ""), context)


def _answering(request: ActingRequest) -> HttpResponse:
    """Psychologist, class teacher, mentor: what waits for this person, then the activities he answers for."""
    today = today_of(request)
    day = _day(request, today)
    programme = current_programme(Programme.objects.sketched_for(request.actor), today)
    rows = window_rows(windows_awaiting(request.actor).filter(cycle__programme=programme), today) if programme else []
    may_read = request.actor.role in ROADMAP_READERS
    if not may_read:
        rows = [row._replace(note="") for row in rows]
    proofs = proofs_for(request.actor, rows, today) if may_read else {}
    waits = wait_list(day.waiting, [], {}, "", today)
    context = {
        "programme": programme,
        "headline": waiting_headline(waits) or personal_headline(rows, today),
        "waits": waits,
        "day": day,
        "late": lines_of(late_rows(rows), today, proofs),
        "coming": lines_of(coming_rows(rows, today), today, proofs),
        "undated": lines_of(undated_rows(rows), today, proofs),
        "count": len(rows),
        "may_open": may_read,
        "windows_at": reverse("roadmap:window_show", args=(0,)).removesuffix("0/") if may_read else "",
    }
    return render(request, "roadmap/home_mine.html", context)


def _watching(request: ActingRequest) -> HttpResponse:
    """Observer: the staircase and the totals, no text in which a name could stand."""
    today = today_of(request)
    programme = current_programme(Programme.objects.sketched_for(request.actor), today)
    context: dict[str, Any] = {"programme": programme, "day": _day(request, today)}
    if programme:
        board = read_board(programme, request.actor, today)
        context |= {"treads": board.treads(), "figures": board.figures(), "headline": board.headline()}
    return render(request, "roadmap/home_observer.html", context)


def _taking_part(request: ActingRequest) -> HttpResponse:
    """Mentee and parent: what waits for them and their own panels; before there are any, when the stages are."""
    today = today_of(request)
    day = _day(request, today)
    waits = wait_list(day.waiting, [], {}, "", today)
    context: dict[str, Any] = {"day": day, "waits": waits, "headline": waiting_headline(waits)}
    if not day.panels:
        programme = current_programme(Programme.objects.sketched_for(request.actor), today)
        context["programme"] = programme
        if programme:
            context["treads"] = read_board(programme, request.actor, today, with_proofs=False).treads()
    return render(request, "roadmap/home_plain.html", context)


def _answered_by(actor: Actor, board: Board) -> list[WindowRow]:
    """The rows that are the actor's to see done: all of them for a curator."""
    if actor.role == Role.CURATOR:
        return board.shown
    awaiting = windows_awaiting(actor).filter(cycle__programme=board.programme)
    keys = set(awaiting.values_list("pk", flat=True))
    return [row for row in board.shown if row.key in keys]


@dataclass(frozen=True, slots=True)
class Day:
    """What other apps bring to a person's home page."""

    waiting: list[Waiting]
    panels: list[Panel]
    facts: list[Fact]


def _day(request: ActingRequest, today: date) -> Day:
    actor = request.actor
    what = "day", actor.user_id, actor.role, today, get_language()
    waiting, facts = counted(actor, what, lambda: (waiting_for(actor, today), facts_for(actor, today)))
    return Day(waiting, panels_for(actor, today), facts)


def _drafts(actor: Actor) -> list[Waiting]:
    """The roadmaps that the curator began to look over."""
    drafts = Draft.objects.visible_to(actor).open().values_list("pk", "source__name", "changed_at")
    return [
        Waiting(
            text=gettext("A roadmap is begun and not finished"),
            detail=name,
            url=reverse("roadmap:draft_review", args=(key,)),
            deed=gettext("Go on with it"),
            day=timezone.localdate(changed_at, actor.school.zone if actor.school else None),
            small=gettext("last touched"),
        )
        for key, name, changed_at in drafts
    ]


_PAGES: dict[Role, Page] = {
    Role.CURATOR: _deciding,
    Role.ADMINISTRATOR: _deciding,
    Role.PSYCHOLOGIST: _answering,
    Role.CLASS_TEACHER: _answering,
    Role.MENTOR: _answering,
    Role.OBSERVER: _watching,
    Role.MENTEE: _taking_part,
    Role.GUARDIAN: _taking_part,
}
