"""The roadmap as a spreadsheet: the school's own table, with what stands above it on its paper.

Only the worker imports this module.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.sheets import write_text
from core.typography import untied
from roadmap.papers.layout import PaperLayout, lay_out_paper
from roadmap.papers.shapes import RoadmapPaper
from roadmap.papers.stamps import Stamp
from roadmap.papers.table import Body, Cell
from roadmap.papers.widths import column_widths

SHEET = "Дорожная карта"
SIGNS_A_MM = 0.5
"""A column's width is counted in signs, and two millimetres hold one digit."""
LETTERS_A_MM = 0.55
"""Of running text a little more goes into a line; of bold capitals a third less."""
POINTS_A_LINE = 15
BOLD = Font(name="Times New Roman", size=11, bold=True)
PLAIN = Font(name="Times New Roman", size=11)
EDGE = Side(style="thin")
FRAME = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)


def write_xlsx(paper: RoadmapPaper) -> bytes:
    """The workbook of one sheet; what is read from it again is the same roadmap."""
    layout = lay_out_paper(paper)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _Sheet(sheet, layout).write()
    book.properties.title, book.properties.creator = untied(paper.title)[:255], untied(paper.organisation)[:255]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Sheet:
    """The sheet as far as it is written; `row` is the last one."""

    def __init__(self, sheet: Worksheet, layout: PaperLayout) -> None:
        self.sheet, self.layout, self.row = sheet, layout, 0
        self.widths = column_widths(layout.columns, is_wide=layout.is_wide)

    def write(self) -> None:
        for place, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(place)].width = width * SIGNS_A_MM
        if self.layout.organisation:
            self._across(self.layout.organisation, BOLD, CENTRE)
        if self.layout.sides:
            self._stamps(self.layout.sides)
        self._across(self.layout.heading, BOLD, CENTRE)
        for block in self.layout.preamble:
            for text in [f"{mark} {text}" for mark, text in block.items] or [block.text]:
                self._across(text, BOLD if block.kind == "heading" else PLAIN, TOP)
        self._head()
        for body in self.layout.bodies:
            self._body(body)
        self._page()

    def _across(self, text: str, font: Font, alignment: Alignment) -> None:
        self.row += 1
        self._put(text, 1, 1, len(self.widths), font=font, alignment=alignment)
        self.sheet.row_dimensions[self.row].height = POINTS_A_LINE * _lines(text, sum(self.widths), font)

    def _stamps(self, sides: Sequence[Sequence[Stamp]]) -> None:
        """Agreement over the left half of the columns, approval over the right."""
        self.row += 1
        half = max(len(self.widths) // 2, 1)
        texts = [
            "\n\n".join("\n".join((stamp.word, *(text for _, text in stamp.lines))) for stamp in side) for side in sides
        ]
        for text, place, span in zip(texts, (1, half + 1), (half, len(self.widths) - half), strict=True):
            if text and span:
                self._put(text, place, 1, span, font=PLAIN, alignment=TOP)
        self.sheet.row_dimensions[self.row].height = POINTS_A_LINE * (max(text.count("\n") for text in texts) + 3)

    def _head(self) -> None:
        self.row += 1
        for place, column in enumerate(self.layout.columns, 1):
            self._put(column.title, place, 1, 1, font=BOLD, alignment=CENTRE, framed=True)
        lines = [
            _lines(column.title, width, BOLD) for column, width in zip(self.layout.columns, self.widths, strict=True)
        ]
        self.sheet.row_dimensions[self.row].height = POINTS_A_LINE * max(lines)
        self.sheet.print_title_rows = f"{self.row}:{self.row}"
        self.sheet.freeze_panes = f"A{self.row + 1}"

    def _body(self, body: Body) -> None:
        hanging = [0] * len(self.widths)
        for row in body.rows:
            self.row += 1
            font = BOLD if row.kind in {"stage", "section"} else PLAIN
            lines, place, own = 1, 0, iter(row.cells)
            while place < len(self.widths):
                if hanging[place]:
                    hanging[place] -= 1
                    place += 1
                    continue
                cell = next(own)
                text = _text(cell)
                self._put(text, place + 1, cell.rowspan, cell.colspan, font=font, alignment=TOP, framed=True)
                if cell.rowspan == 1:
                    lines = max(lines, _lines(text, sum(self.widths[place : place + cell.colspan]), font))
                hanging[place : place + cell.colspan] = [cell.rowspan - 1] * cell.colspan
                place += cell.colspan
            self.sheet.row_dimensions[self.row].height = POINTS_A_LINE * lines

    def _put(
        self,
        text: str,
        place: int,
        rows: int,
        columns: int,
        *,
        font: Font,
        alignment: Alignment,
        framed: bool = False,
    ) -> None:
        first = self.sheet.cell(self.row, place)
        assert isinstance(first, SheetCell)
        first.font, first.alignment = font, alignment
        write_text(first, untied(text))
        area = [
            self.sheet.cell(row, column)
            for row in range(self.row, self.row + rows)
            for column in range(place, place + columns)
        ]
        if framed:
            for part in area:
                part.border = FRAME
        if len(area) > 1:
            self.sheet.merge_cells(
                start_row=self.row,
                end_row=self.row + rows - 1,
                start_column=place,
                end_column=place + columns - 1,
            )

    def _page(self) -> None:
        page = self.sheet.page_setup
        page.paperSize, page.orientation = self.sheet.PAPERSIZE_A4, "landscape" if self.layout.is_wide else "portrait"
        page.fitToWidth, page.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        assert self.sheet.oddHeader is not None
        self.sheet.oddHeader.center.text = "&P"


def _text(cell: Cell) -> str:
    return "\n".join(f"{line.mark} {line.text}".strip() for line in cell.lines)


def _lines(text: str, width: int, font: Font) -> int:
    """How many lines the text takes in columns of this width; merged cells do not find their height themselves."""
    letters = max(width * LETTERS_A_MM * (0.75 if font.b else 1), 1)
    return sum(max(ceil(len(line) / letters), 1) for line in text.split("\n"))
