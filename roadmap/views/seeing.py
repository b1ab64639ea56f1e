"""A programme seen over time: month by month, and as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from accounts.calendar import usual_periods
from core.access import ActingRequest, allow
from core.actors import Actor
from core.models import SchoolPeriod
from roadmap.board.board import Board, read_board
from roadmap.board.calendar import (
    SchoolSpan,
    Sheet,
    bounds,
    ending_in,
    month_after,
    month_asked,
    months_between,
    school_year_of,
    sheet_of,
)
from roadmap.board.filters import EVERY_YEAR, kept
from roadmap.board.rows import WindowRow
from roadmap.board.standing import month_headline, undated_rows
from roadmap.board.tabs import programme_tabs
from roadmap.models import Programme
from roadmap.models.programme import ROADMAP_READERS
from roadmap.views.programmes import filter_of, today_of


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
    spans, is_own = school_spans(request.actor, month)
    sheet = sheet_of(found, month, board.today, spans)
    context = view_context(request, board, without=("q", "order", "year")) | {
        "headline": month_headline(found, sheet.first, sheet.last),
        "sheet": sheet,
        "weekdays": [(WEEKDAYS[place], WEEKDAYS_ABBR[place]) for place in range(7)],
        "is_own_calendar": is_own,
        "undated": len(undated_rows(found)),
        "turns": _turns(found, first, last, sheet, board.today),
    }
    return render(request, _template(request, "calendar"), context)


def school_spans(actor: Actor, month: date) -> tuple[Sequence[SchoolSpan], bool]:
    """Terms and holidays of the school year of this month; the usual ones, and False, where the school names none."""
    year = school_year_of(month)
    own = [row for row in SchoolPeriod.objects.visible_to(actor) if school_year_of(row.starts_on) == year]
    return (own, True) if own else (usual_periods(year), False)


def view_context(request: ActingRequest, board: Board, without: Sequence[str]) -> dict[str, Any]:
    """What every way of seeing the programme shows around itself."""
    treads = board.treads()
    return {
        "programme": board.programme,
        "board": board,
        "treads": treads,
        "filter": filter_of(request, board, treads, without),
        "kept": kept(request.GET.dict()),
        "tabs": programme_tabs(board.programme.pk, request.actor, request.path, kept(request.GET.dict())),
    }


def _turns(rows: Sequence[WindowRow], first: date, last: date, sheet: Sheet, today: date) -> dict[str, Any]:
    """Where the calendar can be turned to: the months around, those of the same school year, the other years."""
    months = months_between(first, last)
    year = school_year_of(sheet.first)
    return {
        "previous": month_after(sheet.first, -1) if sheet.first > months[0] else None,
        "next": month_after(sheet.first, 1) if sheet.first < months[-1] else None,
        "today": today.replace(day=1) if months[0] <= today.replace(day=1) <= months[-1] else None,
        "months": [(month, ending_in(rows, month)) for month in months if school_year_of(month) == year],
        "years": {school_year_of(month): month for month in reversed(months)}
        if school_year_of(first) < school_year_of(last)
        else {},
        "year": year,
    }


def _template(request: ActingRequest, name: str) -> str:
    """The whole page, or the part of it that HTMX asks for."""
    is_part = request.htmx and not request.htmx.history_restore_request
    return f"roadmap/programme_{name}.html" + (f"#{name}" if is_part else "")
