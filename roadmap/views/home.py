"""The first page after the door: what waits for this person today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.access import ActingRequest, Door, allow
from core.models import Role
from roadmap.board.board import read_board
from roadmap.board.lines import lines_of
from roadmap.board.rows import window_rows, windows_awaiting
from roadmap.board.standing import coming_rows, late_rows, personal_headline, undated_rows
from roadmap.models import Draft, Programme
from roadmap.models.programme import ROADMAP_READERS
from roadmap.views.programmes import board_context, today_of

Page = Callable[[ActingRequest], HttpResponse]


@allow(Door.SIGNED_IN)
def home(request: ActingRequest) -> HttpResponse:
    """The page of the role that the person acts in."""
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
    """Curator and administrator: everything that waits, each thing one click from being done."""
    today = today_of(request)
    is_curator = request.actor.role == Role.CURATOR
    drafts = list(Draft.objects.visible_to(request.actor).open().select_related("source")) if is_curator else []
    programme = current_programme(Programme.objects.visible_to(request.actor), today)
    if programme is None:
        return render(request, "roadmap/home_empty.html", {"drafts": drafts, "may_add": is_curator})
    board = read_board(programme, today, {})
    context = board_context(request, board) | {"drafts": drafts, "undated": board.undated()}
    return render(request, "roadmap/home.html" + ("#board" if request.htmx else ""), context)


def _answering(request: ActingRequest) -> HttpResponse:
    """Psychologist, class teacher, mentor: the activities that await this person."""
    today = today_of(request)
    programme = current_programme(Programme.objects.sketched_for(request.actor), today)
    rows = window_rows(windows_awaiting(request.actor).filter(cycle__programme=programme), today) if programme else []
    may_read = request.actor.role in ROADMAP_READERS
    if not may_read:
        rows = [replace(row, note="") for row in rows]
    context = {
        "programme": programme,
        "headline": personal_headline(rows, today),
        "late": lines_of(late_rows(rows), today),
        "coming": lines_of(coming_rows(rows, today), today),
        "undated": lines_of(undated_rows(rows), today),
        "count": len(rows),
        "may_open": may_read,
    }
    return render(request, "roadmap/home_mine.html", context)


def _watching(request: ActingRequest) -> HttpResponse:
    """Observer: the staircase and the totals, no text in which a name could stand."""
    return _sketch(request, "roadmap/home_observer.html")


def _taking_part(request: ActingRequest) -> HttpResponse:
    """Mentee and parent: what will be here, and when the stages are."""
    return _sketch(request, "roadmap/home_plain.html")


def _sketch(request: ActingRequest, template: str) -> HttpResponse:
    today = today_of(request)
    programme = current_programme(Programme.objects.sketched_for(request.actor), today)
    board = read_board(programme, today, {}) if programme else None
    context = {
        "programme": programme,
        "treads": board.treads() if board else [],
        "figures": board.figures() if board else None,
        "headline": board.headline() if board else "",
    }
    return render(request, template, context)


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
