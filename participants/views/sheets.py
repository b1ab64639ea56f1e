"""A spreadsheet of people: brought, its columns settled, its rows looked over, written, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.antivirus import look_at
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.navigation import Tab
from core.once import do_once, done_before
from core.pictures.refusals import shown_name
from participants.forms.sheets import LONGEST_SAMPLE, SAMPLES, ColumnsForm, RowsForm, SheetForm, SheetNameForm
from participants.models import PeopleSheet, RowStatus, SheetRow, SheetState
from participants.services.cycles import current_cycle, today_in
from participants.services.sheet_columns import choose_sheet, settle_columns
from participants.services.sheet_jobs import compare_later, write_later
from participants.services.sheet_lines import counts_of, lines_of, wrong_rows
from participants.services.sheet_steps import (
    compare_sheet,
    drop_sheet,
    open_sheet,
    read_people,
    take_sheet,
    write_sheet,
)
from participants.services.sheet_undo import take_back, why_not_taken_back
from participants.sheets.opening import Book
from participants.sheets.table import Table
from participants.views.reach import school_of, step_error

PER_PAGE = 50
AT_ONCE = 500
"""Longer sheets are looked over and written by the worker."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Role.CURATOR, methods="GET POST")
def sheet_new(request: ActingRequest) -> HttpResponse:
    """Bring a file; below, the sheets of the last month."""
    school = school_of(request)
    form = SheetForm(request.POST or None, request.FILES or None, school=school)
    if request.method == "POST" and (address := done_before(request)):
        return redirect(address)
    if form.is_valid():
        try:
            return redirect(_take(request, form))
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    sheets = PeopleSheet.objects.visible_to(request.actor).select_related("created_by")[:20]
    context = {"form": form, "sheets": sheets, "cycle": current_cycle(school, today_in(school))}
    return render(request, "participants/sheet_new.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def sheet_columns(request: ActingRequest, pk: int) -> HttpResponse:
    """What each column is taken for, with what stands below it; a POST says it and has the rows looked over."""
    sheet = _sheet(request, pk)
    if sheet.state != SheetState.READ:
        return redirect("participants:sheet_show", pk)
    if "sheet" in request.POST:
        step_error(request, lambda: choose_sheet(sheet=sheet, name=request.POST["sheet"], by=request.actor))
        return redirect("participants:sheet_columns", pk)
    try:
        book, table = open_sheet(sheet)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:sheet_new")
    form = ColumnsForm(request.POST or None, side=sheet.side, columns=sheet.columns, samples=_samples(table))
    if form.is_valid() and (address := _settle(request, sheet, form, table)):
        return redirect(address)
    record_event(verb="view", thing=sheet, by=request.actor)
    context = {"sheet": sheet, "form": form, "count": len(table.rows), **_sheets_of(book, table)}
    return render(request, "participants/sheet_columns.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR)
def sheet_show(request: ActingRequest, pk: int) -> HttpResponse:
    """What becomes, or became, of each row."""
    sheet = _sheet(request, pk)
    if sheet.state == SheetState.READ:
        return redirect("participants:sheet_columns", pk)
    counts = counts_of(sheet)
    wanted = RowsForm(request.GET)
    status = wanted.cleaned_data["status"] if wanted.is_valid() else ""
    if "status" not in request.GET and counts[RowStatus.WRONG] and sheet.state == SheetState.COMPARED:
        status = RowStatus.WRONG
    rows = SheetRow.objects.visible_to(request.actor).filter(sheet=sheet)
    page = Paginator(rows.filter(status=status) if status else rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": sheet,
        "counts": counts,
        "tabs": _tabs(counts, status),
        "ready": counts[RowStatus.NEW] + counts[RowStatus.CHANGED],
        "page": page,
        "lines": lines_of(page, sheet),
    }
    record_event(verb="list", thing=sheet, detail={"count": len(page)}, by=request.actor)
    template = "participants/sheet_show.html#rows" if request.htmx else "participants/sheet_show.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def sheet_write(request: ActingRequest, pk: int) -> HttpResponse:
    """Write all the rows that can be written."""
    sheet = _sheet(request, pk)
    try:
        return redirect(do_once(request, lambda: _write(request, sheet)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:sheet_show", pk)


@allow(Role.CURATOR, methods="POST")
def sheet_drop(request: ActingRequest, pk: int) -> HttpResponse:
    """Throw away a sheet of which nothing was written."""
    sheet = _sheet(request, pk)
    if step_error(request, lambda: drop_sheet(sheet=sheet, by=request.actor)):
        return redirect("participants:sheet_show", pk)
    messages.success(request, _("Nothing was written, and the sheet is deleted here. Your own file is as it was."))
    return redirect("participants:sheet_new")


@allow(Role.CURATOR, methods="GET POST")
def sheet_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the whole import back."""
    sheet = _sheet(request, pk)
    if sheet.state != SheetState.WRITTEN:
        return redirect("participants:sheet_show", pk)
    if request.method != "POST":
        context = {"sheet": sheet, "counts": counts_of(sheet), "refusal": why_not_taken_back(sheet)}
        return render(request, "participants/sheet_back.html", context)
    if not step_error(request, lambda: take_back(sheet=sheet, by=request.actor)):
        messages.success(request, _("The import is taken back: the register is as it was before."))
    return redirect("participants:sheet_show", pk)


@allow(Role.CURATOR)
def sheet_wrong(request: ActingRequest, pk: int) -> HttpResponse:
    """The wrong rows as a spreadsheet, each with its reason."""
    sheet = _sheet(request, pk)
    data = wrong_rows(SheetRow.objects.visible_to(request.actor).filter(sheet=sheet), sheet)
    record_event(verb="export", thing=sheet, detail={"rows": counts_of(sheet)[RowStatus.WRONG]}, by=request.actor)
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="wrong-rows.xlsx"'
    return answer


def _sheet(request: ActingRequest, pk: int) -> PeopleSheet:
    rows = PeopleSheet.objects.visible_to(request.actor).select_related("school", "cycle", "form", "source")
    return get_object_or_404(rows, pk=pk)


def _take(request: ActingRequest, form: SheetForm) -> str:
    """Keep the file; it is read before the transaction, which would hold everybody up."""
    school, side, file = school_of(request), form.cleaned_data["side"], form.cleaned_data["file"]
    data = file.read()
    quarantine = look_at(shown_name(file.name), [data])
    _book, table = read_people(data, school=school, side=side)

    def take() -> str:
        sheet = take_sheet(
            school=school,
            side=side,
            cycle=current_cycle(school, today_in(school)),
            form=form.cleaned_data["form"],
            name=file.name,
            data=data,
            table=table,
            quarantine=quarantine,
            by=request.actor,
        )
        return reverse("participants:sheet_columns", args=(sheet.pk,))

    return do_once(request, take)


def _sheets_of(book: Book, table: Table) -> dict[str, object]:
    """The sheets of the file: those that can be chosen, those that are hidden."""
    names = [one.name for one in book.sheets if one.rows]
    which = SheetNameForm(None, names=names, chosen=table.sheet) if len(names) > 1 else None
    return {"which": which, "hidden": book.hidden}


def _settle(request: ActingRequest, sheet: PeopleSheet, form: ColumnsForm, table: Table) -> str:
    """Say what the columns are and compare; where to go on, or nothing where it is refused."""
    try:
        settle_columns(sheet=sheet, fields=form.chosen, by=request.actor)
        return _compare(request, sheet, table)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return ""


def _compare(request: ActingRequest, sheet: PeopleSheet, table: Table) -> str:
    if len(table.rows) > AT_ONCE:
        return reverse("core:job_show", args=(compare_later(sheet=sheet, by=request.actor).pk,))
    sheet.refresh_from_db()
    compare_sheet(sheet=sheet, by=request.actor)
    return reverse("participants:sheet_show", args=(sheet.pk,))


def _write(request: ActingRequest, sheet: PeopleSheet) -> str:
    if sheet.rows.count() > AT_ONCE:
        return reverse("core:job_show", args=(write_later(sheet=sheet, by=request.actor).pk,))
    if write_sheet(sheet=sheet, whole=False, by=request.actor):
        counts = counts_of(sheet)
        count = counts[RowStatus.NEW] + counts[RowStatus.CHANGED]
        words = ngettext(
            "%(count)s row is written into the register.", "%(count)s rows are written into the register.", count
        )
        messages.success(request, words % {"count": count})
    else:
        messages.warning(
            request, _("The register has changed meanwhile, so nothing was written. Look at the rows once more.")
        )
    return reverse("participants:sheet_show", args=(sheet.pk,))


def _tabs(counts: dict[str, int], chosen: str) -> list[Tab]:
    """All rows, then those of each status that there are."""
    tabs = [Tab(_("all rows"), "?status=", sum(counts.values()), is_current=not chosen)]
    return tabs + [
        Tab(str(RowStatus(value).label), f"?status={value}", count, is_current=value == chosen)
        for value, count in counts.items()
        if count
    ]


def _samples(table: Table) -> list[list[str]]:
    """What stands in the first rows of each column."""
    found: list[list[str]] = []
    for column in table.columns:
        texts = (" ".join(column.text(texts).split()) for _number, texts in table.rows[:50])
        some = list(dict.fromkeys(filter(None, texts)))[:SAMPLES]
        found.append([text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…" for text in some])
    return found
