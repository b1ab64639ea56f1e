"""The programme: where it stands, what is late, what comes, and all of its activities."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from core.access import ActingRequest, allow
from core.files import serve_file
from core.models import Role
from roadmap.board.board import Board, read_board
from roadmap.board.filters import EVERY_YEAR, kept, who_choices
from roadmap.board.staircase import Tread
from roadmap.board.tabs import programme_tabs
from roadmap.forms.filters import FilterForm
from roadmap.models import Draft, Programme, Version, WindowState
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.versions import state_since

PER_PAGE = 100
EVERYTHING = "all"
"""What asks for every line on one page, to be printed."""
Line = TypeVar("Line")
MARKERS = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
"""Those who mark activities done and give them days."""


@allow(*ROADMAP_READERS)
def programme_list(request: ActingRequest) -> HttpResponse:
    """Every programme of the school, the newest first, and the drafts on their way."""
    done = Count("cycles__windows", filter=Q(cycles__windows__state=WindowState.DONE))
    counted = Programme.objects.visible_to(request.actor).annotate(total=Count("cycles__windows"), done=done)
    drafts = Draft.objects.visible_to(request.actor).open().select_related("source")
    context = {
        "programmes": list(counted.order_by("-starts_on", "-pk")),
        "drafts": list(drafts) if request.actor.role == Role.CURATOR else [],
        "may_add": request.actor.role == Role.CURATOR,
    }
    return render(request, "roadmap/programme_list.html", context)


@allow(*ROADMAP_READERS)
def programme_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One programme; the filters are in the address."""
    # The last approved version brings its programme along, which saves the question for it.
    versions = Version.objects.visible_to(request.actor).select_related("programme")
    last = versions.filter(programme=pk).first()
    programme = last.programme if last else get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    board = read_board(programme, request.actor, today_of(request), request.GET.dict())
    template = "roadmap/programme_show.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#list" if request.htmx.target == "list" else "#board"
    context = board_context(request, board)
    if not template.endswith("#list"):
        context["approval"] = state_since(last, programme) if last else None
    return render(request, template, context | list_context(request, board, context["treads"]))


@allow(*ROADMAP_READERS)
def programme_source(request: ActingRequest, pk: int) -> HttpResponse:
    """The document the programme was made from."""
    rows = Programme.objects.visible_to(request.actor).exclude(source=None).select_related("source__school")
    stored = get_object_or_404(rows, pk=pk).source
    assert stored is not None
    return serve_file(stored, by=request.actor)


def today_of(request: ActingRequest) -> Any:
    """Today where the school is."""
    return timezone.localdate(timezone=request.actor.school.zone if request.actor.school else None)


def board_context(request: ActingRequest, board: Board) -> dict[str, Any]:
    """What the upper half of a programme's page shows."""
    treads = board.treads()
    return {
        "programme": board.programme,
        "board": board,
        "headline": board.headline(),
        "treads": treads,
        "figures": board.figures(),
        "year_asked": f"&year={board.want.year or EVERY_YEAR}" if len(board.years) > 1 else "",
        "late": board.late(),
        "coming": board.coming(),
        "may_mark": request.actor.role in MARKERS,
        "here": request.get_full_path(),
        "back": quote(request.get_full_path(), safe=""),
        "windows_at": reverse("roadmap:window_done", args=(0,)).removesuffix("0/done/"),
    }


def list_context(request: ActingRequest, board: Board, treads: list[Tread]) -> dict[str, Any]:
    """What the list of all activities shows."""
    page = page_of(request, board.found())
    in_document_order = board.want.order == "document"
    return {
        "tabs": programme_tabs(board.programme.pk, request.actor, request.path, kept(request.GET.dict())),
        "years": board.by_year(),
        "blocks": board.by_stage(page, treads) if in_document_order else [],
        "lines": [] if in_document_order else board.lines(page),
        "page": page,
        "found": page.paginator.count,
        "total": len(board.shown),
        "filter": filter_of(request, board, treads),
    }


def page_of(request: ActingRequest, rows: Sequence[Line]) -> Page[Line]:
    """The lines of one page; a long programme has several."""
    number = request.GET.get("page")
    return Paginator(rows, max(PER_PAGE, len(rows)) if number == EVERYTHING else PER_PAGE).get_page(number)


def filter_of(request: ActingRequest, board: Board, treads: list[Tread], without: Container[str] = ()) -> FilterForm:
    """The filters as the address has them, but those that a page does not offer."""
    return FilterForm(
        request.GET.dict() | {"year": str(board.want.year or EVERY_YEAR)},
        stages=[(str(tread.place), f"{tread.number}. {tread.short_name}") for tread in treads],
        people=who_choices(board.people),
        years=[(str(year), f"{year}–{year + 1}") for year in board.years],
        without=without,
    )
