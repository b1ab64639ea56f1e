"""A spreadsheet of figures: brought, looked over, written; nothing of it is kept between these steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.antivirus import look_at
from core.errors import DomainError
from core.journal import record_event
from core.once import do_once
from core.pictures.refusals import shown_name
from participants.services.cycles import today_in
from participants.sheets.refusals import SheetRefused
from participants.views.reach import cycle_of, school_of
from roadmap.models import Cycle
from surveys.forms.measurements import FiguresSheetForm, SheetColumnsForm
from surveys.models import SURVEY_KEEPERS, FigureSource, MeasurementWave, Parameter
from surveys.services.entering import save_figures
from surveys.services.sheets_in import (
    FigureRow,
    FiguresSheet,
    as_plain,
    compare_figures,
    from_plain,
    guess_parameters,
    read_figures,
    wrong_rows,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_DAY = 24 * 60 * 60
LONGEST_TOKEN = 2_000_000
"""Signs of a form that the server still takes."""


@dataclass(frozen=True, slots=True)
class _Brought:
    """A sheet between two steps: what was read, of whom and when, as which parameters its columns are taken."""

    token: str
    sheet: FiguresSheet
    side: str
    wave: str
    day: date
    cycle: Cycle
    parameters: Sequence[Parameter]
    form: SheetColumnsForm

    @property
    def chosen(self) -> dict[int, Parameter]:
        known = {row.pk: row for row in self.parameters}
        keys = self.form.chosen if self.form.is_bound else guess_parameters(self.sheet, self.parameters)
        return {place: known[key] for place, key in keys.items()}

    def rows(self) -> list[FigureRow]:
        return compare_figures(self.sheet, self.chosen, cycle=self.cycle, side=self.side, wave=self.wave)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def measurement_sheet(request: ActingRequest) -> HttpResponse:
    """Bring a file; its rows are shown at once, and nothing is written yet."""
    today = today_in(school_of(request))
    is_sent = request.method == "POST"
    form = FiguresSheetForm(request.POST if is_sent else None, request.FILES if is_sent else None, today=today)
    cycle = cycle_of(request)
    if form.is_valid() and cycle is not None:
        try:
            return _show(request, _brought(request, cycle, _token(request, form), None))
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "cycle": cycle}
    return render(request, "surveys/measurement_sheet.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="POST")
def measurement_rows(request: ActingRequest) -> HttpResponse:
    """The rows once more, with the columns taken as was said."""
    return _show(request, _sent(request))


@allow(*SURVEY_KEEPERS, methods="POST")
def measurement_write(request: ActingRequest) -> HttpResponse:
    """Write the rows that are right."""
    brought = _sent(request)
    if not brought.form.is_valid():
        return _show(request, brought)
    try:
        return redirect(do_once(request, lambda: _write(request, brought)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _show(request, brought)


@allow(*SURVEY_KEEPERS, methods="POST")
def measurement_wrong(request: ActingRequest) -> HttpResponse:
    """The rows that were refused as a spreadsheet, each with its reason."""
    brought = _sent(request)
    if not brought.form.is_valid():
        return _show(request, brought)
    rows = brought.rows()
    count = sum(bool(row.errors) for row in rows)
    record_event(verb="export", thing=brought.cycle, detail={"wrong figures": count}, by=request.actor)
    answer = HttpResponse(wrong_rows(brought.sheet, rows), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="wrong-rows.xlsx"'
    return answer


def _token(request: ActingRequest, form: FiguresSheetForm) -> str:
    given = form.cleaned_data
    data = given["file"].read()
    look_at(shown_name(given["file"].name), [data])
    sheet = read_figures(data, school=school_of(request), side=given["side"])
    plain = as_plain(sheet, given["wave"], given["side"], given["measured_on"])
    token = signing.dumps(plain, salt=_salt(request), compress=True)
    if len(token) > LONGEST_TOKEN:
        raise SheetRefused("bloated")
    return token


def _salt(request: ActingRequest) -> str:
    """A sheet is for the one who brought it, in this school."""
    return f"figures {request.actor.school_id} {request.actor.user_id}"


def _sent(request: ActingRequest) -> _Brought:
    """The sheet that the page carries. Raises Http404 for one that we have not given, or not within a day."""
    cycle = cycle_of(request)
    token = request.POST.get("sheet", "")
    if cycle is None:
        raise Http404
    return _brought(request, cycle, token, request.POST)


def _brought(request: ActingRequest, cycle: Cycle, token: str, columns: Any) -> _Brought:
    try:
        given = signing.loads(token, salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        raise Http404 from None
    sheet = from_plain(given)
    parameters = list(Parameter.objects.visible_to(request.actor).filter(side=given["side"], is_used=True))
    guesses = guess_parameters(sheet, parameters)
    form = SheetColumnsForm(columns, headers=sheet.headers, guesses=guesses, parameters=parameters)
    day = date.fromisoformat(given["day"])
    return _Brought(token, sheet, given["side"], given["wave"], day, cycle, parameters, form)


def _show(request: ActingRequest, brought: _Brought) -> HttpResponse:
    is_wrong = brought.form.is_bound and not brought.form.is_valid()
    rows = [] if is_wrong else brought.rows()
    names = {row.pk: row.name for row in brought.parameters}
    context = {
        "brought": brought,
        "wave": MeasurementWave(brought.wave).label,
        "form": brought.form,
        "rows": [(row, [(names[one.parameter], one) for one in row.found]) for row in rows],
        "figures": sum(len(row.changed) for row in rows),
        "wrong": sum(bool(row.errors) for row in rows),
        "has_columns": bool(brought.sheet.headers),
    }
    record_event(verb="list", thing=brought.cycle, detail={"count": len(rows)}, by=request.actor)
    return render(request, "surveys/measurement_rows.html", context, status=400 if is_wrong else 200)


def _write(request: ActingRequest, brought: _Brought) -> str:
    figures = [one for row in brought.rows() for one in row.changed]
    count = save_figures(
        cycle=brought.cycle, figures=figures, measured_on=brought.day, source=FigureSource.SHEET, by=request.actor
    )
    words = ngettext("%(count)s figure is written.", "%(count)s figures are written.", count) % {"count": count}
    messages.success(request, words if count else _("There was nothing new to write."))
    return f"{reverse('surveys:change_show')}?side={brought.side}"
