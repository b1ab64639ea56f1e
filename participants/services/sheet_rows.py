"""Rows of a spreadsheet as they are kept between the looking over and the writing, and as they are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from participants.models import PeopleSheet, SheetRow
from participants.sheets.comparing import WRONG, Compared
from participants.sheets.fields import field_of
from participants.sheets.headers import is_passed_over
from participants.sheets.rows import RowRead
from participants.sheets.table import Table

BATCH = 500
SIGNERS = "guardians"


def columns_of(table: Table) -> list[dict[str, str | None]]:
    """The columns of a table as a `PeopleSheet` keeps them."""
    return [{"header": column.header, "field": column.field} for column in table.columns]


def row_of(found: Compared, sheet: PeopleSheet) -> SheetRow:
    """The row as it is kept: without what waits for a consent; a wrong one as it stood, for it goes back."""
    kept = found.row.raw if found.status == WRONG else found.row.values
    cells: dict[str, Any] = {key: value for key, value in kept.items() if key not in found.left_out}
    if found.status != WRONG:
        cells[SIGNERS] = found.row.signers
    return SheetRow(
        sheet_id=sheet.pk,
        number=found.number,
        status=found.status,
        person_id=found.person.pk if found.person else None,
        cells=cells,
        changes=found.changes,
        left_out=found.left_out,
        errors=[{"column": _header(key, sheet), "text": words} for key, words in found.errors.items()],
    )


def _header(key: str, sheet: PeopleSheet) -> str:
    """How the column of a field is headed in the sheet, else how it would be in one of ours."""
    own = next((one["header"] for one in sheet.columns if one["field"] == key), "")
    return own or field_of(key, sheet.side).header(sheet.side)


def row_again(row: SheetRow) -> RowRead:
    """What the row said, from what was kept of it."""
    values = dict(row.cells)
    signers = values.pop(SIGNERS, [])
    raw = dict.fromkeys([*values, *row.left_out], "")
    return RowRead(row.number, values=values, raw=raw, signers=signers)


def keep_rows(rows: Sequence[SheetRow]) -> None:
    """Write the rows in as few statements as there can be; those that are there already are written over."""
    SheetRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("sheet", "number"),
        update_fields=("status", "person", "enrolment", "changes", "errors", "undo", "is_written"),
    )


def as_json(sheet: PeopleSheet, rows: Iterable[SheetRow]) -> dict[str, Any]:
    """The answer of `people_import`: what the columns were taken for, what becomes of each row."""
    columns = [
        {
            "header": one["header"],
            "field": None if one["field"] and is_passed_over(one["field"], sheet.side) else one["field"],
        }
        for one in sheet.columns
    ]
    return {"columns": columns, "rows": [row_json(row) for row in rows]}


def row_json(row: SheetRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "status": row.status,
        "person": row.person_id,
        "changes": row.changes,
        "left_out": row.left_out,
        "errors": row.errors,
    }
