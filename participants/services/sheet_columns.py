"""What the columns of a spreadsheet are: another sheet of the file chosen, the guesses corrected and remembered."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import ColumnMemory, PeopleSheet, SheetState
from participants.services.sheet_rows import columns_of
from participants.services.sheet_steps import locked_sheet, open_sheet
from participants.sheets.headers import guess_columns, header_key
from participants.sheets.table import NAMES


def choose_sheet(*, sheet: PeopleSheet, name: str, by: Actor) -> None:
    """Read another sheet of the same file. Raises SheetRefused where it has no people in it."""
    _book, table = open_sheet(sheet, name)
    with transaction.atomic():
        locked = locked_sheet(sheet, SheetState.READ)
        locked.sheet_name, locked.columns = table.sheet[:100], columns_of(table)
        locked.save(update_fields=("sheet_name", "columns"))
        record_event(verb="choose", thing=locked, school=locked.school, by=by)


def settle_columns(*, sheet: PeopleSheet, fields: Sequence[str | None], by: Actor) -> None:
    """Say what each column is; where that differs from the guess it is remembered for the school.

    Raises DomainError where no column has the names, or where one thing stands in two columns.
    """
    _refuse_columns(fields)
    with transaction.atomic():
        locked = locked_sheet(sheet, SheetState.READ)
        if len(fields) != len(locked.columns):
            raise DomainError(_("The columns of the sheet have changed. Look at them again."))
        headers = [one["header"] for one in locked.columns]
        locked.columns = [{"header": header, "field": field} for header, field in zip(headers, fields, strict=True)]
        locked.save(update_fields=("columns",))
        _remember(locked.school, locked.side, headers, fields)
        record_event(verb="settle", thing=locked, school=locked.school, by=by)


def _refuse_columns(fields: Sequence[str | None]) -> None:
    said = [field for field in fields if field]
    if not NAMES & set(said):
        raise DomainError(_("Say in which column the names stand: without them nobody can be entered."))
    if len(said) != len(set(said)):
        raise DomainError(_("Two columns cannot be the same thing. Leave one of them and pass the other over."))


def _remember(school: School, side: str, headers: Sequence[str], fields: Sequence[str | None]) -> None:
    guesses = guess_columns([(header,) if header else () for header in headers], side)
    for header, field, guess in zip(headers, fields, guesses, strict=True):
        key = header_key(header)
        if key and field != guess:
            ColumnMemory.objects.update_or_create(
                school=school, side=side, header_key=key, defaults={"field": field or ""}
            )
        elif key:
            ColumnMemory.objects.filter(school=school, side=side, header_key=key).delete()
