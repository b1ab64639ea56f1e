"""The report as a Word document with real headings and tables. Only the worker imports this module."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.typography import untied
from reports.papers.monitoring.blocks import Block, Table
from reports.papers.monitoring.frame import Frame

FONT = "Times New Roman"
TEXT_MM = 170
"""Between the margins of ГОСТ Р 7.0.97: 30 mm for the binding, 10 mm at the right."""
HEADINGS = {"heading": ("Heading 1", 13), "subheading": ("Heading 2", 12)}
SIGN = "_" * 16


def write_docx(frame: Frame, blocks: Sequence[Block], pictures: Iterable[bytes]) -> bytes:
    """The document; `pictures` are the charts of the blocks as PNG, in their order."""
    document = docx.Document()
    document.core_properties.title = untied(frame.title)[:255]
    document.core_properties.author = untied(frame.organisation)[:255]
    document.core_properties.language, document.core_properties.comments = "ru-RU", ""
    _set_styles(document)
    _set_page(document)
    _add_head(document, frame)
    drawn = iter(pictures)
    for block in blocks:
        _add_block(document, block, drawn)
    _add_signature(document, frame)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 14), ("Caption", 11), *HEADINGS.values()):
        style = document.styles[name]
        _plain(style, size)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(10 if name != "Caption" else 6)
        style.paragraph_format.space_after = Pt(4)


def _plain(style: Any, size: int) -> None:
    """The fonts and colours of a theme and the line under a title go, for a paper of a school has neither."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
    style.font.bold, style.font.italic = True, False
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for found in style.element.findall(f".//{qn(tag)}"):
            found.getparent().remove(found)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _add_head(document: Document, frame: Frame) -> None:
    for text in filter(None, (frame.founder, frame.organisation)):
        paragraph = document.add_paragraph(untied(text))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].bold = text == frame.organisation
    for text in (*frame.stamp, ""):
        paragraph = document.add_paragraph(untied(text))
        paragraph.paragraph_format.left_indent = Mm(90)
    for text in frame.heading:
        document.add_paragraph(untied(text), style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    if frame.mark:
        document.add_paragraph(untied(frame.mark)).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_block(document: Document, block: Block, pictures: Iterator[bytes]) -> None:
    if block.kind in HEADINGS:
        document.add_paragraph(untied(block.text), style=HEADINGS[block.kind][0])
    elif block.table is not None:
        document.add_paragraph(untied(block.text), style="Caption")
        _add_table(document, block.table)
        document.add_paragraph()
    elif block.kind == "chart":
        document.add_paragraph(untied(block.text), style="Caption")
        picture = document.add_picture(io.BytesIO(next(pictures)), width=Mm(TEXT_MM - 10))
        picture._inline.docPr.set("descr", untied(block.text))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    else:
        _add_words(document, block)


def _add_words(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if block.kind == "text":
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
    name = "Внимание" if block.kind == "warning" else block.name
    if name:
        paragraph.add_run(f"{untied(name)}. " if block.kind == "warning" else f"{untied(name)}: ").bold = True
    run = paragraph.add_run(untied(block.text))
    if block.kind == "note":
        run.font.size = Pt(10)


def _add_table(document: Document, shape: Table) -> None:
    table = document.add_table(rows=0, cols=len(shape.head))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = [TEXT_MM * width / sum(shape.widths) for width in shape.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _add_row(table, [(title, True) for title in shape.head], widths, is_bold=True, points=9.5)
    _mark_head(table.rows[0])
    for place, cells in enumerate(shape.shown, 1):
        is_sum = shape.has_sum and place == len(shape.rows)
        _add_row(table, cells, widths, is_bold=is_sum or len(cells) == 1)


def _add_row(
    table: Any, cells: Sequence[tuple[str, bool]], widths: Sequence[float], *, is_bold: bool, points: float = 10.5
) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if len(cells) == 1:
        row.cells[0].merge(row.cells[-1])
    for cell, (text, is_centred), width in zip(row.cells, cells, widths, strict=False):
        cell.width = Mm(width if len(cells) > 1 else TEXT_MM)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(untied(text))
        run.font.size, run.bold = Pt(points), is_bold or None


def _mark_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_signature(document: Document, frame: Frame) -> None:
    document.add_paragraph()
    for post, name in frame.signatures:
        document.add_paragraph(untied(f"{post}   {SIGN}   {name}".strip()))
