"""A programme seen over time: month by month, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from core.access import ActingRequest, allow
from core.models import PeriodKind, SchoolPeriod
from roadmap.board.board import Board, read_board
from roadmap.board.calendar import (
    Sheet,
    bounds,
    ending_in,
    month_after,
    month_asked,
    months_between,
    school_year_of,
    sheet_of,
    spans_of,
)
from roadmap.board.filters import EVERY_YEAR, kept
from roadmap.board.rows import WindowRow
from roadmap.board.staircase import StageRow, Tread
from roadmap.board.standing import month_headline, undated_rows, year_headline
from roadmap.board.tabs import programme_tabs
from roadmap.board.timeline import Timeline, Track, frame_of, timeline_of
from roadmap.models import Programme
from roadmap.models.programme import ROADMAP_READERS
from roadmap.views.programmes import filter_of, page_of, today_of


@allow(*ROADMAP_READERS)
def programme_calendar(request: ActingRequest, pk: int) -> HttpResponse:
    """A month of the programme; a month that is not there shows the nearest."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    asked = request.GET.dict()
    # The calendar turns from year to year by itself, so that the year of the other pages does not narrow it.
    board = read_board(programme, request.actor, today_of(request), asked | {"year": EVERY_YEAR}, with_proofs=False)
    first, last = bounds(board.rows, programme.starts_on, programme.ends_on)
    month = month_asked(asked.get("month", ""), first, last, board.today)
    found = board.found()
    own = list(SchoolPeriod.objects.visible_to(request.actor))
    sheet = sheet_of(found, month, board.today, spans_of(own, school_year_of(month)))
    context = view_context(request, board, without=("q", "order", "year")) | {
        "headline": month_headline(found, sheet.first, sheet.last),
        "sheet": sheet,
        "weekdays": [(WEEKDAYS[place], WEEKDAYS_ABBR[place]) for place in range(7)],
        "is_own_calendar": any(school_year_of(row.starts_on) == school_year_of(month) for row in own),
        "undated": len(undated_rows(found)),
        "turns": _turns(board, found, (first, last), sheet),
    }
    return render(request, _template(request, "calendar"), context)


@allow(*ROADMAP_READERS)
def programme_timeline(request: ActingRequest, pk: int) -> HttpResponse:
    """The windows of a year, or of all years, over the months."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    board = read_board(programme, request.actor, today_of(request), request.GET.dict(), with_proofs=False)
    found = board.found()
    timeline = _timeline(request, board, found)
    page = page_of(request, timeline.tracks)
    context = view_context(request, board, without=("order",))
    context |= {
        "headline": year_headline(found, board.want.year),
        "timeline": timeline,
        "bands": _bands(board, context["treads"], page),
        "page": page,
        "found": page.paginator.count,
    }
    return render(request, _template(request, "timeline"), context)


def view_context(request: ActingRequest, board: Board, without: Sequence[str]) -> dict[str, Any]:
    """What every way of seeing the programme shows around itself."""
    treads = board.treads()
    return {
        "programme": board.programme,
        "board": board,
        "treads": treads,
        "filter": filter_of(request, board, treads, without),
        "activities_at": reverse("roadmap:activity_show", args=(0,)).removesuffix("0/"),
        "tabs": programme_tabs(board.programme.pk, request.actor, request.path, kept(request.GET.dict())),
    }


def _turns(board: Board, rows: Sequence[WindowRow], span: tuple[date, date], sheet: Sheet) -> dict[str, Any]:
    """Where the calendar can be turned to: the months around, those of the same year, the other years."""
    months = months_between(*span)
    by_year: dict[int, list[date]] = {}
    for month in months:
        by_year.setdefault(_year_among(board.years, month), []).append(month)
    year = _year_among(board.years, sheet.first)
    this_month = board.today.replace(day=1)
    return {
        "previous": month_after(sheet.first, -1) if sheet.first > months[0] else None,
        "next": month_after(sheet.first, 1) if sheet.first < months[-1] else None,
        "today": this_month if this_month in months else None,
        "months": [(month, ending_in(rows, month)) for month in by_year[year]],
        "years": {year: found[0] for year, found in by_year.items()} if len(by_year) > 1 else {},
        "year": year,
    }


def _year_among(years: Sequence[int], month: date) -> int:
    """The school year of the month; before the programme's first and after its last the nearest of them."""
    year = school_year_of(month)
    return min(max(year, years[0]), years[-1]) if years else year


def _timeline(request: ActingRequest, board: Board, found: Sequence[WindowRow]) -> Timeline:
    """The frame is that of the whole year, whatever the filters leave of it."""
    year = board.want.year
    cycles = board.programme.cycles.filter(**({"year": year} if year else {})).values_list("starts_on", "ends_on")
    spans = [*cycles] or [(board.programme.starts_on, board.programme.ends_on)]
    frame = frame_of(board.shown, min(first for first, _last in spans), max(last for _first, last in spans))
    years = range(school_year_of(frame.first), school_year_of(frame.last) + 1)
    own = list(SchoolPeriod.objects.visible_to(request.actor))
    holidays = [span for year in years for span in spans_of(own, year) if span.kind == PeriodKind.HOLIDAY]
    return timeline_of(found, frame, board.today, holidays)


def _bands(board: Board, treads: Sequence[Tread], tracks: Iterable[Track]) -> list[tuple[StageRow, Tread, list[Track]]]:
    """The tracks of a page stage by stage."""
    found: dict[int, list[Track]] = {}
    for track in tracks:
        found.setdefault(track.stage, []).append(track)
    pairs = zip(board.stages, treads, strict=True)
    return [(stage, tread, found[stage.place]) for stage, tread in pairs if stage.place in found]


def _template(request: ActingRequest, name: str) -> str:
    """The whole page, or the part of it that HTMX asks for."""
    is_part = request.htmx and not request.htmx.history_restore_request
    return f"roadmap/programme_{name}.html" + (f"#{name}" if is_part else "")
