"""The figures of a year as a spreadsheet: what changed, without a name, or person by person for those cleared."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import translation
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.sheets import write_text
from participants.services.cycles import today_in
from roadmap.models import Cycle
from surveys.models import Measurement, MeasurementWave, Parameter
from surveys.services.comparing import ChangesOf, ParameterChange, changes_in
from surveys.services.entering import people_to_measure

WHOLE, PEOPLE = "changes", "figures"
SHEETS = {"mentee": "Наставляемые", "mentor": "Наставники"}
HEADERS = (
    "Показатели",
    "Единица",
    "Показатель на входе (X)",
    "Показатель на выходе (Y)",
    "Разница (Z = X – Y)",
    "Значение в процентах (Z / X × 100 %)",
    "Измерены дважды",
    "Всего участников",
    "Снизилось у",
    "Выросло у",
    "Не изменилось у",
    "Среднее изменение (Y – X)",
    "Доверительный интервал 95 %: от",
    "до",
    "p (парный t-критерий)",
    "g Хеджеса (парные данные)",
    "Разница изменений с группой сравнения",
    "Что это значит",
    "О чём помнить",
)
WIDE = frozenset({"Показатели", "Что это значит", "О чём помнить"})
Value = str | float | int | None


def figures_workbook(*, cycle: Cycle, side: str, kind: str, with_sensitive: bool) -> tuple[bytes, int]:
    """The workbook, and how many people are named in it; of fewer than five nothing is said without their names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    with translation.override("ru"):
        if kind == PEOPLE:
            lines = list(_people(cycle, side, with_sensitive=with_sensitive))
            _write(book, SHEETS[side], lines)
            return _bytes(book), len(lines) - 1
        for number, group in enumerate(changes_in(cycle=cycle, side=side, today=today_in(cycle.programme.school))):
            name = f"{number} {group.name}" if number else SHEETS[side]
            _write(book, name, [HEADERS, *_lines(group)])
    return _bytes(book), 0


def _lines(group: ChangesOf) -> Iterator[Sequence[Value]]:
    for line in group.lines:
        about = [line.parameter.name, line.parameter.unit]
        sentences, warnings = " ".join(line.sentences), " ".join(line.warnings)
        figures = _figures(line) or [None] * (len(HEADERS) - 4)
        yield [*about, *figures, sentences, warnings]


def _figures(line: ParameterChange) -> list[Value]:
    change = line.change
    if change is None or change.row is None or change.paired is None:
        return []
    row, paired = change.row, change.paired
    return [
        row.entry,
        row.exit,
        row.difference,
        row.percent,
        change.size,
        change.people,
        paired.fell,
        paired.rose,
        paired.stayed,
        paired.change,
        paired.interval.low,
        paired.interval.high,
        paired.chance,
        paired.effect,
        change.compared.difference if change.compared else None,
    ]


def _people(cycle: Cycle, side: str, *, with_sensitive: bool) -> Iterator[Sequence[Value]]:
    parameters = Parameter.objects.filter(school_id=cycle.programme.school_id, side=side, is_used=True)
    columns = [row for row in parameters if with_sensitive or not row.is_sensitive]
    people = people_to_measure(cycle, side, today_in(cycle.programme.school))
    rows = Measurement.objects.filter(enrolment__in=people.order_by(), parameter__in=columns)
    known = {(row.enrolment_id, row.parameter_id, row.wave): row.value for row in rows}
    waves = ((MeasurementWave.ENTRY, "на входе"), (MeasurementWave.EXIT, "на выходе"))
    yield ["ФИО", "Класс", "Форма наставничества", *(f"{one.name}: {word}" for one in columns for _w, word in waves)]
    for part in people:
        values = (known.get((part.pk, one.pk, wave)) for one in columns for wave, _word in waves)
        figures = (float(value) if value is not None else None for value in values)
        yield [part.person.full_name, part.person.class_name, part.form.name, *figures]


def _write(book: Workbook, name: str, lines: Iterable[Sequence[Value]]) -> None:
    sheet: Any = book.create_sheet(_sheet_name(name))
    for row, values in enumerate(lines, 1):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(row, column), value)
            if row == 1:
                sheet.cell(1, column).font = Font(bold=True)
                sheet.column_dimensions[get_column_letter(column)].width = 44 if value in WIDE or column == 1 else 16
    sheet.freeze_panes = "B2"


def _put(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        write_text(cell, ILLEGAL_CHARACTERS_RE.sub("", value))
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _sheet_name(name: str) -> str:
    """As Excel takes it: at most 31 signs, none of those that stand in formulas."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:31]


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
