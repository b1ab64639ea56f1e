"""The rows of a spreadsheet as the page shows them, and the wrong ones as a spreadsheet to be mended."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import openpyxl
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from core.sheets import write_text
from participants.models import Authority, PeopleSheet, PersonKind, RowStatus, SheetRow
from participants.models.people_sheet import SheetRowQuerySet
from participants.services.sheet_steps import remove_sheet
from participants.sheets.fields import fields_for
from participants.sheets.headers import is_passed_over
from participants.sheets.rows import NAME_KEYS

KEPT = timedelta(days=30)
TONES = {RowStatus.NEW: "", RowStatus.CHANGED: "warn", RowStatus.SAME: "mute", RowStatus.WRONG: "bad"}
CHOICES: Mapping[str, Iterable[tuple[str, str | Promise]]] = {
    "kind": PersonKind.choices,
    "guardian_authority": Authority.choices,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One change in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet as the page shows it."""

    number: int
    name: str
    person: int | None
    status: str
    tone: str
    changes: tuple[Shown, ...]
    errors: tuple[Mapping[str, str], ...]
    left_out: str

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.changes or self.errors or self.left_out)


def counts_of(sheet: PeopleSheet) -> dict[str, int]:
    """How many rows have each status, in the order of the statuses."""
    found = Counter(sheet.rows.order_by().values_list("status", flat=True))
    return {status: found[status] for status in RowStatus.values}


def lines_of(rows: Iterable[SheetRow], sheet: PeopleSheet) -> list[Line]:
    """The rows in words."""
    labels = {field.key: field.header(sheet.side) for field in fields_for(sheet.side)}
    return [_line(row, labels) for row in rows]


def _line(row: SheetRow, labels: Mapping[str, str]) -> Line:
    name = row.cells.get("full_name") if row.status == RowStatus.WRONG else ""
    name = name or " ".join(filter(None, (row.cells.get(key) for key in NAME_KEYS[1:])))
    changes = tuple(
        Shown(labels.get(one["field"], one["field"]), shown(one["field"], one["old"]), shown(one["field"], one["new"]))
        for one in row.changes
        if row.status == RowStatus.CHANGED or one["field"] not in NAME_KEYS
    )
    return Line(
        number=row.number,
        name=name,
        person=row.person_id,
        status=str(RowStatus(row.status).label),
        tone=TONES[RowStatus(row.status)],
        changes=changes,
        errors=tuple(row.errors),
        left_out=", ".join(labels.get(key, key) for key in row.left_out),
    )


def shown(field: str, text: str) -> str:
    """A value of a change as a person reads it."""
    if field in {"birth_date", "entered_on"} and text:
        return date_format(date.fromisoformat(text), "d.m.Y")
    return str(dict(CHOICES.get(field, ())).get(text, text))


def wrong_rows(rows: SheetRowQuerySet, sheet: PeopleSheet) -> bytes:
    """An .xlsx of the rows that were refused, as they stood, each with the reason; it can be mended and brought again."""
    read = [one for one in sheet.columns if one["field"] and not is_passed_over(one["field"], sheet.side)]
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = _("Wrong rows")[:31]
    reason = _("Why the row was refused")
    for place, header in enumerate([*(one["header"] for one in read), reason], 1):
        write_text(page.cell(1, place), header)
    wrong = rows.filter(status=RowStatus.WRONG).order_by("number")
    for number, row in enumerate(wrong, 2):
        for place, one in enumerate(read, 1):
            if text := row.cells.get(one["field"], ""):
                write_text(page.cell(number, place), text)
        words = "; ".join(f"{error['column']}: {error['text']}" for error in row.errors)
        write_text(page.cell(number, len(read) + 1), words)
    page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def remove_old_sheets() -> int:
    """Delete sheets of more than 30 days with their rows and files; the people stay. Their number."""
    old = PeopleSheet.objects.filter(created_at__lt=timezone.now() - KEPT).select_related("school", "source")
    sheets = list(old)
    for sheet in sheets:
        remove_sheet(sheet, by=SYSTEM)
    return len(sheets)
