"""A spreadsheet of figures: read, matched with the people of the year, looked over, written."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models import School
from core.russian import search_key
from core.sheets import write_text
from participants.services.cycles import today_in
from participants.services.sheet_register import register_for
from participants.services.sheet_steps import read_people
from participants.sheets.known import KnownPerson, Register
from participants.sheets.matching import match_row
from participants.sheets.rows import NAME_KEYS, RowRead, rows_of
from participants.sheets.table import Column, Table
from participants.sheets.values import is_nothing
from roadmap.models import Cycle
from surveys.models import Measurement, Parameter
from surveys.services.entering import Typed, people_to_measure
from surveys.statistics.figures import lies_within, read_figure

WHO = frozenset({*NAME_KEYS, "class_name", "birth_date"})
"""The fields of a spreadsheet of people by which a row says whom it means."""
MOST_ROWS, LONGEST_TEXT = 1000, 200


@dataclass(frozen=True, slots=True)
class FiguresSheet:
    """A table as plain values: `columns` are (place, heading, who-field or None), `rows` numbers and texts."""

    columns: tuple[tuple[int, str, str | None], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_1904: bool = False

    @property
    def headers(self) -> dict[int, str]:
        """The columns that may hold figures, by place."""
        return {place: header for place, header, who in self.columns if who is None}


@dataclass(slots=True)
class FigureRow:
    """What one row gives: new figures by parameter, or why it is refused at which column."""

    number: int
    name: str
    texts: tuple[str, ...]
    found: list[Typed] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[Typed]:
        return [one for one in self.found if one.value != one.was] if not self.errors else []


def read_figures(data: bytes, *, school: School, side: str) -> FiguresSheet:
    """The table of a file, names found as in a spreadsheet of people. Raises DomainError, also for a long one."""
    _book, table = read_people(data, school=school, side=side)
    if len(table.rows) > MOST_ROWS:
        raise DomainError(_("The sheet has more than %(most)s rows. Divide it into several.") % {"most": MOST_ROWS})
    columns = tuple(
        (column.place, column.header, column.field if column.field in WHO else None) for column in table.columns
    )
    wide = {column.place: column for column in table.columns}
    rows = tuple(
        (number, tuple(wide[place].text(texts)[:LONGEST_TEXT] for place, _header, _who in columns))
        for number, texts in table.rows
    )
    # Each text stands at its column now, so the places are counted anew.
    return FiguresSheet(
        tuple((place, header, who) for place, (_old, header, who) in enumerate(columns)), rows, table.is_1904
    )


def guess_parameters(sheet: FiguresSheet, parameters: Sequence[Parameter]) -> dict[int, int]:
    """The parameter of each column whose heading is its name, or its name and more."""
    found: dict[int, int] = {}
    for place, header in sheet.headers.items():
        key = search_key(header)
        named = [row for row in parameters if key and (search_key(row.name) == key or key in search_key(row.name))]
        exact = [row for row in named if search_key(row.name) == key]
        chosen = (exact or named)[:1] if exact or len(named) == 1 else []
        if chosen and chosen[0].pk not in found.values():
            found[place] = chosen[0].pk
    return found


def compare_figures(
    sheet: FiguresSheet, chosen: Mapping[int, Parameter], *, cycle: Cycle, side: str, wave: str
) -> list[FigureRow]:
    """What each row gives in the columns that were chosen, beside the figures there are."""
    school, today = cycle.programme.school, today_in(cycle.programme.school)
    read = {row.number: row for row in rows_of(_table(sheet), side, today)}
    register = register_for(list(read.values()), school=school, side=side, cycle=cycle, form=None)
    cleared = set(people_to_measure(cycle, side, today).order_by().values_list("pk", flat=True))
    known = _known(cycle, wave, chosen)
    taken: dict[int, int] = {}
    rows = []
    for number, texts in sheet.rows:
        row = FigureRow(number, _name(sheet, texts), texts)
        parts = _parts(read.get(number), register, cleared, taken, row)
        _read_cells(row, chosen, [(part, known) for part in parts], wave)
        rows.append(row)
    return rows


def _table(sheet: FiguresSheet) -> Table:
    columns = tuple(Column(place, header, who) for place, header, who in sheet.columns)
    return Table("", columns, [(number, list(texts)) for number, texts in sheet.rows], sheet.is_1904)


def _name(sheet: FiguresSheet, texts: Sequence[str]) -> str:
    return " ".join(texts[place] for place, _header, who in sheet.columns if who in NAME_KEYS and texts[place])


def _known(cycle: Cycle, wave: str, chosen: Mapping[int, Parameter]) -> dict[tuple[int, int], Decimal]:
    rows = Measurement.objects.filter(enrolment__cycle=cycle, wave=wave, parameter__in=chosen.values())
    return {(part, parameter): value for part, parameter, value in rows.values_list("enrolment", "parameter", "value")}


def _parts(
    read: RowRead | None, register: Register, cleared: set[int], taken: dict[int, int], row: FigureRow
) -> list[int]:
    """The parts in the year of the one the row means; else the row is told why there are none."""
    if read is None or read.errors or "surname" not in read.values:
        row.errors += list(read.errors.values()) if read and read.errors else [_("There is no name in this row.")]
        return []
    match = match_row(read, register)
    if match.error:
        row.errors.append(match.error)
        return []
    if match.person is None:
        row.errors.append(_("The register has nobody of this name."))
        return []
    if match.person.pk in taken:
        row.errors.append(_("The same person stands in row %(number)s already.") % {"number": taken[match.person.pk]})
        return []
    taken[match.person.pk] = row.number
    return _cleared_parts(match.person, cleared, row)


def _cleared_parts(person: KnownPerson, cleared: set[int], row: FigureRow) -> list[int]:
    if not person.parts:
        row.errors.append(_("This person takes no part on this side this year."))
        return []
    parts = [part.enrolment for part in person.parts if part.enrolment in cleared]
    if not parts:
        row.errors.append(_("The consent is not in force, so nothing is written down of this person."))
    return parts


def _read_cells(
    row: FigureRow,
    chosen: Mapping[int, Parameter],
    parts: Sequence[tuple[int, Mapping[tuple[int, int], Decimal]]],
    wave: str,
) -> None:
    for place, parameter in chosen.items():
        text = row.texts[place]
        if is_nothing(text):
            continue
        value = read_figure(text)
        if value is None:
            words = _("%(parameter)s: «%(text)s» is no number.")
            row.errors.append(words % {"parameter": parameter.name, "text": text[:40]})
        elif not lies_within(value, parameter.least, parameter.most):
            words = _("%(parameter)s: %(text)s is beyond the scale.")
            row.errors.append(words % {"parameter": parameter.name, "text": text[:40]})
        else:
            row.found += [
                Typed(parameter.pk, part, wave, value, known.get((part, parameter.pk))) for part, known in parts
            ]


def wrong_rows(sheet: FiguresSheet, rows: Sequence[FigureRow]) -> bytes:
    """An .xlsx of the rows that were refused, as they stood, each with the reason; it can be mended and brought again."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = _("Wrong rows")[:31]
    for number, texts in enumerate(_wrong(sheet, rows), 1):
        for place, text in enumerate(texts, 1):
            if text:
                write_text(page.cell(number, place), text)
    page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _wrong(sheet: FiguresSheet, rows: Sequence[FigureRow]) -> Iterator[list[str]]:
    yield [*(header for _place, header, _who in sheet.columns), _("Why the row was refused")]
    for row in rows:
        if row.errors:
            yield [*row.texts, " ".join(row.errors)]


def as_plain(sheet: FiguresSheet, wave: str, side: str, day: date) -> dict[str, Any]:
    """The sheet and what was said of it as JSON values, for the page between reading and writing."""
    return {
        "columns": sheet.columns,
        "rows": sheet.rows,
        "is_1904": sheet.is_1904,
        "wave": wave,
        "side": side,
        "day": day.isoformat(),
    }


def from_plain(given: Mapping[str, Any]) -> FiguresSheet:
    """What `as_plain` made."""
    return FiguresSheet(
        tuple((place, header, who) for place, header, who in given["columns"]),
        tuple((number, tuple(texts)) for number, texts in given["rows"]),
        given["is_1904"],
    )
