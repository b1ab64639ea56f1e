"""The way of a spreadsheet into the register: taken, its columns settled, looked over, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.files import delete_file, read_file, store_file
from core.jobs import Progress
from core.journal import record_event
from core.models import School
from core.states import move
from participants.models import ColumnMemory, MentoringForm, PeopleSheet, RowStatus, SheetRow, SheetState
from participants.services.cycles import today_in
from participants.services.sheet_register import register_for
from participants.services.sheet_rows import columns_of, keep_rows, row_again, row_of
from participants.services.sheet_writing import Writing, spans_of, without_collecting
from participants.sheets.comparing import Compared, compare_rows
from participants.sheets.opening import Book, open_book
from participants.sheets.refusals import SheetRefused
from participants.sheets.rows import RowRead, rows_of
from participants.sheets.table import Column, Table, find_table, table_of
from roadmap.models import Cycle

PURPOSE, OCTETS = "people-sheet", "application/octet-stream"


def read_people(data: bytes, *, school: School, side: str, sheet_name: str | None = None) -> tuple[Book, Table]:
    """The sheets of a file and the table in the one asked for; columns by what the school said of them before.

    Takes part of a second, so never within a transaction. Raises SheetRefused.
    """
    book = open_book(data)
    return book, find_table(book, side, remembered_in(school, side), sheet_name)


def take_sheet(
    *,
    school: School,
    side: str,
    cycle: Cycle | None,
    form: MentoringForm | None,
    name: str,
    data: bytes,
    table: Table,
    quarantine: str = "",
    by: Actor,
) -> PeopleSheet:
    """Keep the file, sealed, until its rows are compared; `table` is what `read_people` found in it."""
    with transaction.atomic():
        source = store_file(
            school=school, purpose=PURPOSE, name=name, content_type=OCTETS, data=data, quarantine=quarantine, by=by
        )
        sheet = PeopleSheet.objects.create(
            **_about(school, side, cycle, form, name), source=source, columns=columns_of(table),
            sheet_name=table.sheet[:100], created_by=by.user,
        )  # fmt: skip
        record_event(verb="take", thing=sheet, school=school, by=by)
    return sheet


def open_sheet(sheet: PeopleSheet, name: str | None = None) -> tuple[Book, Table]:
    """The kept file once more, its columns as settled. Raises SheetRefused, DomainError once it was looked over."""
    if sheet.source is None:
        raise DomainError(_("The file is kept no longer, for its rows have been looked over. Bring it again."))
    book = open_book(read_file(sheet.source))
    if name is not None and name != sheet.sheet_name:
        return book, find_table(book, sheet.side, remembered_in(sheet.school, sheet.side), name)
    found = next((one for one in book.sheets if one.name[:100] == sheet.sheet_name), None)
    table = (
        table_of(found, sheet.side, remembered_in(sheet.school, sheet.side), is_1904=book.is_1904) if found else None
    )
    if table is None:
        raise SheetRefused("header")
    return book, _with_fields(table, [one["field"] for one in sheet.columns])


@without_collecting()
def compare_sheet(*, sheet: PeopleSheet, progress: Progress | None = None, by: Actor) -> None:
    """Look over each row beside the register; the file itself is deleted then. A second time it does nothing."""
    if sheet.state != SheetState.READ:
        return
    _book, table = open_sheet(sheet)
    rows = list(rows_of(table, sheet.side, today_in(sheet.school)))
    tell = progress or (lambda done, total: None)
    tell(len(rows) // 3, len(rows))
    compared = _compared(rows, sheet)
    tell(len(rows) * 2 // 3, len(rows))
    with transaction.atomic():
        locked = locked_sheet(sheet, SheetState.READ)
        keep_rows([row_of(found, locked) for found in compared])
        source, locked.source = locked.source, None
        counts = Counter(found.status for found in compared)
        move(locked, SheetState.COMPARED, school=locked.school, also=("source",), detail=dict(counts), by=by)
        if source is not None:
            delete_file(source, by=by)
    tell(len(rows), len(rows))


@without_collecting()
def write_sheet(*, sheet: PeopleSheet, whole: bool, progress: Progress | None = None, by: Actor) -> bool:
    """Write the rows that are new or changed, in one transaction; a second time it does nothing.

    False where the register is no longer what it was when the rows were looked over: then nothing is written and the
    rows are as they stand now. Raises DomainError for `whole` while a row is wrong, and where nothing is to be written.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=sheet.school_id)
        locked = (
            PeopleSheet.objects.select_for_update(of=("self",))
            .select_related("school", "cycle", "form")
            .get(pk=sheet.pk)
        )
        if locked.state == SheetState.WRITTEN:
            return True
        rows = list(locked.rows.all())
        _refuse_writing(rows, whole=whole)
        compared = _compared([row_again(row) for row in rows if row.status != RowStatus.WRONG], locked)
        if progress:
            progress(len(rows) // 2, len(rows))
        if not _are_as_before(rows, compared):
            keep_rows([row_of(found, locked) for found in compared])
            return False
        _write(locked, compared, {row.number: row for row in rows}, by)
    return True


@without_collecting()
def import_at_once(
    *,
    school: School,
    side: str,
    cycle: Cycle | None,
    form: MentoringForm | None,
    name: str,
    table: Table,
    writes: bool,
    whole: bool,
    by: Actor,
) -> tuple[PeopleSheet, list[SheetRow]]:
    """The same steps without anybody looking on: what becomes of each row, and, with `writes`, all of it written.

    With `whole` nothing is written while a row is wrong. Without `writes` the sheet and its rows are in no database.
    """
    about = _about(school, side, cycle, form, name) | {"columns": columns_of(table), "sheet_name": table.sheet[:100]}
    rows = list(rows_of(table, side, today_in(school)))
    if not writes:
        sheet = PeopleSheet(**about)
        return sheet, [row_of(found, sheet) for found in _compared(rows, sheet)]
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        sheet = PeopleSheet(**about)
        compared = _compared(rows, sheet)
        kept = [row_of(found, sheet) for found in compared]
        is_held = whole and any(row.status == RowStatus.WRONG for row in kept)
        if is_held or not any(row.status in {RowStatus.NEW, RowStatus.CHANGED} for row in kept):
            return sheet, kept
        sheet.state = SheetState.COMPARED
        sheet.save()
        _write(sheet, compared, {row.number: row for row in kept}, by)
    return sheet, kept


def drop_sheet(*, sheet: PeopleSheet, by: Actor) -> None:
    """Delete a sheet that was not written, with its file. Raises DomainError for one that was."""
    with transaction.atomic():
        locked = PeopleSheet.objects.select_for_update(of=("self",)).select_related("school", "source").get(pk=sheet.pk)
        if locked.state not in {SheetState.READ, SheetState.COMPARED}:
            raise DomainError(_("This sheet has been written. It can only be taken back as a whole."))
        remove_sheet(locked, by=by)


def remove_sheet(sheet: PeopleSheet, *, by: Actor) -> None:
    """Delete the sheet, its rows and its file; the people stay."""
    record_event(verb="remove", thing=sheet, school=sheet.school, by=by)
    source = sheet.source
    sheet.delete()
    if source is not None:
        delete_file(source, by=by)


def remembered_in(school: School, side: str) -> dict[str, str]:
    """What the school said of headings, by `header_key`."""
    return dict(ColumnMemory.objects.filter(school=school, side=side).values_list("header_key", "field"))


def _about(school: School, side: str, cycle: Cycle | None, form: MentoringForm | None, name: str) -> dict[str, object]:
    return {"school": school, "side": side, "cycle": cycle, "form": form, "name": name[-255:]}


def _with_fields(table: Table, fields: Sequence[str | None]) -> Table:
    columns = tuple(
        Column(column.place, column.header, field, column.width)
        for column, field in zip(table.columns, fields, strict=True)
    )
    return Table(table.sheet, columns, table.rows, table.is_1904)


def _compared(rows: Sequence[RowRead], sheet: PeopleSheet) -> list[Compared]:
    register = register_for(rows, school=sheet.school, side=sheet.side, cycle=sheet.cycle, form=sheet.form)
    return list(compare_rows(rows, register))


def _are_as_before(rows: Sequence[SheetRow], compared: Sequence[Compared]) -> bool:
    before = {row.number: row for row in rows}
    return all(
        (found.status, found.person.pk if found.person else None, found.changes)
        == (before[found.number].status, before[found.number].person_id, before[found.number].changes)
        for found in compared
    )


def _refuse_writing(rows: Sequence[SheetRow], *, whole: bool) -> None:
    if whole and any(row.status == RowStatus.WRONG for row in rows):
        raise DomainError(_("There are wrong rows, so nothing was written. Mend them or write the others alone."))
    if not any(row.status in {RowStatus.NEW, RowStatus.CHANGED} for row in rows):
        raise DomainError(_("There is nothing to write: the register has all of it."))


def _write(sheet: PeopleSheet, compared: Sequence[Compared], rows: Mapping[int, SheetRow], by: Actor) -> None:
    writing = Writing(school=sheet.school, side=sheet.side, cycle=sheet.cycle, today=today_in(sheet.school), by=by)
    writing.write(compared)
    for number, row in rows.items():
        row.sheet_id = sheet.pk
        row.is_written = number in writing.undo
        row.person_id = writing.people.get(number, row.person_id)
        row.enrolment_id = writing.parts.get(number)
        row.undo = writing.undo.get(number, {})
    keep_rows(list(rows.values()))
    sheet.written_at = timezone.now()
    detail = {**Counter(row.status for row in rows.values()), "added": spans_of(writing.added)}
    move(sheet, SheetState.WRITTEN, school=sheet.school, also=("written_at",), detail=detail, by=by)


def locked_sheet(sheet: PeopleSheet, state: SheetState) -> PeopleSheet:
    """The sheet, held until the transaction ends. Raises DomainError where it is in another state by now."""
    rows = PeopleSheet.objects.select_for_update(of=("self",)).select_related("school", "cycle", "form", "source")
    locked = rows.get(pk=sheet.pk)
    if locked.state != state:
        raise DomainError(_("This sheet has gone further already. Look at it again."))
    return locked
