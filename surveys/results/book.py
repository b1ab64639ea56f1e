"""The workbook of answers: the sheet of the answers, and the codebook that says what stands in each column."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.sheets import write_text
from surveys.content import Content
from surveys.results.sheet import Column, Value

Line = list[Value]
ANSWERS, CODEBOOK = "Ответы", "Что значат столбцы"
CODEBOOK_HEAD = ("Столбец", "Раздел", "Вопрос", "Что стоит в столбце", "Коды")
CODEBOOK_WIDTHS = (18, 24, 48, 36, 48)
LONGEST_CELL = 32_767
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def answers_book(
    heads: Sequence[str],
    lines: Iterable[Line],
    *,
    about: Sequence[tuple[str, str]],
    content: Content,
    columns: Sequence[Column],
) -> bytes:
    """The workbook; `about` stands above the codebook. Text is put down as text: a formula is not worked out."""
    book = Workbook(write_only=True)
    answers = _sheet(book, ANSWERS, [20] * len(heads))
    answers.freeze_panes = "B2"
    answers.append([_text(answers, head, is_bold=True) for head in heads])
    for line in lines:
        answers.append([_text(answers, value) if isinstance(value, str) else value for value in line])
    codes = _sheet(book, CODEBOOK, CODEBOOK_WIDTHS)
    for name, value in about:
        codes.append([_text(codes, name, is_bold=True), _text(codes, value)])
    codes.append([])
    codes.append([_text(codes, head, is_bold=True) for head in CODEBOOK_HEAD])
    titles = {question.key: section.title for section in content.sections for question in section.questions}
    for column in columns:
        part = column.part.text if column.part else ""
        told = (column.code, titles[column.question.key], column.question.text, part, column.codes)
        codes.append([_text(codes, text) for text in told])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, name: str, widths: Sequence[int]) -> Any:
    """A sheet that is written row by row; the stubs of openpyxl know nothing of its columns."""
    sheet: Any = book.create_sheet(name)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _text(sheet: Any, text: str, *, is_bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    write_text(cell, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
    cell.alignment = WRAPPED
    if is_bold:
        cell.font = BOLD
    return cell
