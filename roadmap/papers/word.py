"""The roadmap as a Word document with real styles and one real table, so that a school can go on in Word.

Only the worker imports this module.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.typography import untied
from roadmap.papers.layout import PaperLayout, lay_out_paper
from roadmap.papers.preamble import Block
from roadmap.papers.shapes import RoadmapPaper
from roadmap.papers.stamps import Stamp
from roadmap.papers.table import Body, Cell, Line, Row
from roadmap.papers.widths import LANDSCAPE, PORTRAIT, column_widths

FONT = "Times New Roman"
TWIPS_A_MM = 1440 / 25.4
STAMP_MM = 80
SIGNATURE = "_" * 16


def write_docx(paper: RoadmapPaper) -> bytes:
    """The document; what is read from it again is the same roadmap."""
    layout = lay_out_paper(paper)
    document = docx.Document()
    _set_properties(document, paper)
    _set_styles(document)
    _set_page(document, is_wide=layout.is_wide)
    if layout.organisation:
        document.add_paragraph(untied(layout.organisation), style="Subtitle")
    if layout.sides:
        _add_stamps(document, layout)
    document.add_paragraph(untied(layout.heading), style="Title")
    for block in layout.preamble:
        _add_block(document, block)
    _add_table(document, layout)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_properties(document: Document, paper: RoadmapPaper) -> None:
    known = document.core_properties
    known.title, known.author, known.language = untied(paper.title)[:255], untied(paper.organisation)[:255], "ru-RU"
    known.comments = ""


def _set_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    for name, size in (("Title", 14), ("Subtitle", 12), ("Heading 2", 12)):
        style = document.styles[name]
        _plain(style, size)
        style.font.bold, style.font.italic = True, False
        if name != "Heading 2":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(12)


def _plain(style: Any, size: int) -> None:
    """The fonts of a theme and the line under a title go, for a paper of a school has neither."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for spacing in style.element.findall(f".//{qn('w:spacing')}"):
        if spacing.getparent().tag == qn("w:rPr"):
            spacing.getparent().remove(spacing)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _set_page(document: Document, *, is_wide: bool) -> None:
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENTATION.LANDSCAPE if is_wide else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _add_stamps(document: Document, layout: PaperLayout) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    room = LANDSCAPE if layout.is_wide else PORTRAIT
    for cell, side, width in zip(table.rows[0].cells, layout.sides, (room - STAMP_MM, STAMP_MM), strict=True):
        cell.width = Mm(width)
        lines = [line for stamp in side for line in (*_stamp_lines(stamp), "")][:-1]
        cell.paragraphs[0].text = lines[0] if lines else ""
        for line in lines[1:]:
            cell.add_paragraph(line)


def _stamp_lines(stamp: Stamp) -> Iterator[str]:
    yield untied(stamp.word)
    for kind, text in stamp.lines:
        yield untied(f"{SIGNATURE} {text}" if kind == "person" else text)


def _add_block(document: Document, block: Block) -> None:
    if block.kind == "heading":
        document.add_paragraph(untied(block.text), style="Heading 2")
        return
    for text in [f"{mark} {text}" for mark, text in block.items] if block.kind == "list" else [block.text]:
        paragraph = document.add_paragraph(untied(text))
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _add_table(document: Document, layout: PaperLayout) -> None:
    """The rows are put in as XML: the library looks through the whole table for every cell that is asked for."""
    widths = [round(width * TWIPS_A_MM) for width in column_widths(layout.columns, is_wide=layout.is_wide)]
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    titles = tuple(Cell("title", (Line(column.title),)) for column in layout.columns)
    table._tbl.append(_row(Row("title", titles), titles, widths))
    for body in layout.bodies:
        for row, cells in _with_merged(body, len(widths)):
            table._tbl.append(_row(row, cells, widths))


def _with_merged(body: Body, width: int) -> Iterator[tuple[Row, list[Cell | None]]]:
    """Each row with a cell or, below a cell that reaches over it, None for every column it begins in."""
    hanging = [0] * width
    for row in body.rows:
        cells: list[Cell | None] = []
        own, place = iter(row.cells), 0
        while place < width:
            if hanging[place]:
                hanging[place] -= 1
                cells.append(None)
                place += 1
                continue
            cell = next(own)
            cells.append(cell)
            hanging[place] = cell.rowspan - 1
            place += cell.colspan
        yield row, cells


def _row(row: Row, cells: Sequence[Cell | None], widths: Sequence[int]) -> Any:
    made = OxmlElement("w:tr")
    properties = _child(made, "w:trPr")
    _child(properties, "w:cantSplit")
    if row.kind == "title":
        _child(properties, "w:tblHeader")
    place = 0
    for cell in cells:
        span = cell.colspan if cell else 1
        made.append(_cell(cell, sum(widths[place : place + span]), keep_with_next=row.kind in {"stage", "section"}))
        place += span
    return made


def _cell(cell: Cell | None, width: int, *, keep_with_next: bool) -> Any:
    made = OxmlElement("w:tc")
    properties = _child(made, "w:tcPr")
    _child(properties, "w:tcW", w=str(width), type="dxa")
    if cell and cell.colspan > 1:
        _child(properties, "w:gridSpan", val=str(cell.colspan))
    if cell is None:
        _child(properties, "w:vMerge")
    elif cell.rowspan > 1:
        _child(properties, "w:vMerge", val="restart")
    for line in (cell.lines if cell else ()) or (Line(""),):
        made.append(_paragraph(line, cell, keep_with_next=keep_with_next))
    return made


def _paragraph(line: Line, cell: Cell | None, *, keep_with_next: bool) -> Any:
    made = OxmlElement("w:p")
    properties = _child(made, "w:pPr")
    if keep_with_next:
        _child(properties, "w:keepNext")
    kind = cell.kind if cell else ""
    if kind in {"title", "number"} or (kind == "over" and line.kind == "name"):
        _child(properties, "w:jc", val="center")
    is_bold = kind == "title" or line.kind == "name"
    if line.mark:
        _run(made, f"{line.mark} ", is_bold=is_bold or line.kind == "said")
    if line.text:
        _run(made, line.text, is_bold=is_bold)
    return made


def _run(paragraph: Any, text: str, *, is_bold: bool) -> None:
    run = _child(paragraph, "w:r")
    properties = _child(run, "w:rPr")
    if is_bold:
        _child(properties, "w:b")
    _child(properties, "w:sz", val="22")
    made = _child(run, "w:t")
    made.text = untied(text)
    made.set(qn("xml:space"), "preserve")


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made
