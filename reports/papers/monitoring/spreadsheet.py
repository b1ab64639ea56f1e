"""The figures of a report, and those of many schools, as spreadsheets that go on being reckoned with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.sheets import write_text
from reports.papers.monitoring.blocks import Block, Cell, Table
from reports.papers.monitoring.frame import Frame

BOLD = Font(bold=True)
TOP = Alignment(wrap_text=True, vertical="top")
NARROW, WIDE = 16, 48
SHEETS = {"1": "Участники", "2": "Этап 1. Качество", "3": "Этап 2. Влияние", "4": "Показатели"}
"""By the number of the section whose tables stand on them."""


def write_figures(frame: Frame, blocks: Sequence[Block]) -> bytes:
    """Every table of the report, a sheet for each section; figures are numbers, and nobody is named."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Any = None
    for block in blocks:
        if block.kind == "heading":
            name = SHEETS.get(block.text[:1])
            sheet = _new_sheet(book, name, frame) if name else None
        elif sheet is not None and block.table is not None:
            _put_table(sheet, block.text, block.table)
    return _bytes(book, frame.title)


def write_schools(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One row for each school."""
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "Школы"
    for number, row in enumerate([head, *rows], 1):
        _put_row(sheet, number, row, is_bold=number == 1)
    for column in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDE if column == 1 else NARROW
    sheet.freeze_panes = "B2"
    return _bytes(book, title)


def _new_sheet(book: Workbook, name: str, frame: Frame) -> Any:
    sheet: Any = book.create_sheet(name)
    for number, text in enumerate(filter(None, (frame.organisation, frame.title, frame.mark)), 1):
        _put(sheet.cell(number, 1), text)
    sheet.column_dimensions["A"].width = WIDE
    for column in range(2, 13):
        sheet.column_dimensions[get_column_letter(column)].width = NARROW
    return sheet


def _put_table(sheet: Any, title: str, table: Table) -> None:
    start = sheet.max_row + 2
    _put(sheet.cell(start, 1), title)
    sheet.cell(start, 1).font = BOLD
    for number, row in enumerate([table.head, *table.rows], start + 1):
        _put_row(sheet, number, row, is_bold=number == start + 1)


def _put_row(sheet: Any, number: int, row: Sequence[Cell], *, is_bold: bool) -> None:
    for column, value in enumerate(row, 1):
        cell = sheet.cell(number, column)
        _put(cell, value)
        cell.alignment = TOP
        if is_bold:
            cell.font = BOLD


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        write_text(cell, ILLEGAL_CHARACTERS_RE.sub("", value.replace("\N{NO-BREAK SPACE}", " ")))
    else:
        cell.value = value


def _bytes(book: Workbook, title: str) -> bytes:
    book.properties.title = title[:255]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
