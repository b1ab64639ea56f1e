"""A register as a workbook: a sheet for pupils, one for teachers, one for the others. Only the worker imports this."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.sheets import write_text

HEAD_ROW = 3
BOLD, PLAIN = Font(name="Times New Roman", size=11, bold=True), Font(name="Times New Roman", size=11)
EDGE = Side(style="thin")
FRAME = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)
BESIDES = PatternFill("solid", fgColor="F3EFE6")
NARROW, WIDE = 8, 24
"""Widths in signs: what is printed of a register has to be read on a sheet of A4."""
POINTS_A_LINE, HIGHEST = 15, 409
"""Heights in points; a reader that prints without showing the sheet first does not fit them to the text itself."""
MARGIN = 0.4
LONGEST_CELL = 32_767
"""Signs that a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class BaseSheet:
    """One sheet: its name, the two lines above the table, the table; the first `official` columns are printed."""

    name: str
    title: str
    under: str
    headers: Sequence[str]
    lines: Sequence[Sequence[str]]
    official: int


def write_workbook(sheets: Sequence[BaseSheet], *, title: str, creator: str) -> bytes:
    """The workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        _write(book.create_sheet(one.name), one)
    book.properties.title, book.properties.creator = title[:255], creator[:255]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, one: BaseSheet) -> None:
    for row, text in enumerate((one.title, one.under), 1):
        _put(sheet, row, 1, text, font=BOLD if row == 1 else PLAIN)
    for column, header in enumerate(one.headers, 1):
        cell = _put(sheet, HEAD_ROW, column, header, font=BOLD, alignment=CENTRE, border=FRAME)
        if column > one.official:
            cell.fill = BESIDES
    for row, line in enumerate(one.lines, HEAD_ROW + 1):
        for column, text in enumerate(line, 1):
            _put(sheet, row, column, text, font=PLAIN, alignment=TOP, border=FRAME)
    widths = _widths(one)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate((one.headers, *one.lines), HEAD_ROW):
        sheet.row_dimensions[row].height = _height(line[: one.official], widths)
    _page(sheet, one)


def _put(sheet: Worksheet, row: int, column: int, text: str, **looks: object) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    write_text(cell, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
    for name, value in looks.items():
        setattr(cell, name, value)
    return cell


def _widths(one: BaseSheet) -> list[int]:
    """As wide as the longest word of the header or an ordinary text of the column."""
    found = []
    for column, header in enumerate(one.headers):
        longest = max((len(line[column]) for line in one.lines[:200]), default=0)
        words = max(map(len, header.split()), default=0) + 2
        found.append(max(words, min(longest + 2, WIDE), NARROW if column else 5))
    return found


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """As high as the text of the most lines."""
    lines = [sum(_lines(part, width) for part in text.split("\n")) for text, width in zip(texts, widths, strict=False)]
    return min(max(lines) * POINTS_A_LINE, HIGHEST)


def _lines(text: str, width: int) -> int:
    return len(wrap(text, width)) if len(text) > width else 1


def _page(sheet: Worksheet, one: BaseSheet) -> None:
    last = HEAD_ROW + len(one.lines)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3).coordinate
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(one.headers))}{last}"
    sheet.print_area = f"A1:{get_column_letter(one.official)}{last}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=MARGIN)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
