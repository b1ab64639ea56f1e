"""Spreadsheets: several sheets, merged cells, text around the table, numbers and days as they are seen, what is hidden."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from roadmap.outline import Approval, Outline
from roadmap.reading import DocumentRefused, read_document
from roadmap.reading.refusals import CarriesMacros, EmptyDocument
from tests.roadmap.test_reading_refusals import with_parts

TITLE = "Дорожная карта программы наставничества на 2026-2027 учебный год"
HEADING = ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]
FIRST = ["1", "Обучение наставников", "Октябрь 2026", "Куратор"]


def book(*rows: Sequence[Any]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    fill(made.worksheets[0], *rows)
    return made


def fill(sheet: Worksheet, *rows: Sequence[Any]) -> None:
    for row in rows:
        sheet.append(list(row))


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def outline_of(made: openpyxl.Workbook) -> Outline:
    return read_document(saved(made), "plan.xlsx").outline


def activities(outline: Outline):
    return [one for stage in outline.stages for one in stage.activities]


def test_text_above_and_below_the_table_is_read_as_text() -> None:
    made = book(
        [TITLE], [], ["Цель карты – внедрение наставничества."], [], HEADING, FIRST, [], ["Исполнитель: Лугова Н.Н."]
    )
    outline = outline_of(made)
    assert (outline.title, outline.preamble) == (TITLE, "Цель карты – внедрение наставничества.")
    assert [(one.number, one.text, one.term.text) for one in activities(outline)] == [
        ("1", "Обучение наставников", "Октябрь 2026")
    ]
    assert "Исполнитель: Лугова Н.Н." in outline.dropped


def test_stamps_stand_side_by_side() -> None:
    made = book(
        ["СОГЛАСОВАНО", None, None, "УТВЕРЖДАЮ"],
        ["Председатель профкома", None, None, "Директор МБОУ СОШ № 5"],
        ["Лугова Н.Н.", None, None, "Полев П.П."],
        [TITLE],
        HEADING,
        FIRST,
    )
    assert outline_of(made).approvals == (
        Approval("СОГЛАСОВАНО", "Председатель профкома", "Лугова Н.Н.", None, None, None),
        Approval("УТВЕРЖДАЮ", "Директор МБОУ СОШ № 5", "Полев П.П.", None, None, None),
    )


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (datetime(2026, 9, 1), "dd.mm.yyyy", "01.09.2026"),
        (date(2026, 9, 1), "m/d/yy", "01.09.2026"),
        (datetime(2026, 9, 1), "mmmm yyyy", "Сентябрь 2026"),
        (datetime(2026, 9, 1), "[$-419]mmmm\\ yyyy;@", "Сентябрь 2026"),
        (datetime(2026, 9, 1), "mmm\\-yy", "Сентябрь 2026"),
        (datetime(2026, 9, 1), "[Red]mmmm yyyy", "Сентябрь 2026"),
        (datetime(2026, 9, 1), "d\\-mmm", "01.09"),
        (2026, "General", "2026"),
        ("IV квартал 2026", "General", "IV квартал 2026"),
    ],
)
def test_a_term_is_read_as_it_is_seen(value: object, form: str, seen: str) -> None:
    made = book([TITLE], HEADING, ["1", "Обучение наставников", value, "Куратор"])
    made.worksheets[0]["C3"].number_format = form
    assert activities(outline_of(made))[0].term.text == seen


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (1, "General", "1"),
        (1.1, "General", "1.1"),
        (1.1 + 2.2, "General", "3.3"),
        (1.1, "0.00", "1.10"),
        (2.0, "0", "2"),
        (datetime(2026, 2, 1), "d\\-mmm", "1.2"),
        ("1.10", "General", "1.10"),
    ],
)
def test_a_number_is_read_as_it_is_seen_even_if_it_was_taken_for_a_day(value: object, form: str, seen: str) -> None:
    made = book([TITLE], HEADING, [value, "Обучение наставников", "Октябрь 2026", "Куратор"])
    made.worksheets[0]["A3"].number_format = form
    assert activities(outline_of(made))[0].number == seen


def test_cells_merged_down_hold_for_every_row_and_cells_merged_across_are_headings() -> None:
    made = book(
        [TITLE],
        HEADING,
        ["I. Работа с наставниками"],
        ["1", "Обучение наставников", "Октябрь 2026", "Куратор"],
        ["2", "Круглый стол наставников", None, "Директор"],
    )
    made.worksheets[0].merge_cells("A3:D3")
    made.worksheets[0].merge_cells("C4:C5")
    found = activities(outline_of(made))
    assert [(one.number, one.section, one.term.text) for one in found] == [
        ("1", "I. Работа с наставниками", "Октябрь 2026"),
        ("2", "I. Работа с наставниками", "Октябрь 2026"),
    ]


def test_sheets_follow_one_another_and_hidden_ones_are_named_among_what_was_left_out() -> None:
    made = book([TITLE], HEADING, FIRST)
    fill(made.create_sheet("Второй год"), HEADING, ["2", "Круглый стол наставников", "Май 2027", "Директор"])
    fill(made.create_sheet("Черновик"), HEADING, ["9", "Старое мероприятие", "Май 2020", "Директор"])
    made.worksheets[2].sheet_state = "hidden"
    outline = outline_of(made)
    assert [one.number for one in activities(outline)] == ["1", "2"]
    assert "Скрытый лист «Черновик» не прочитан." in outline.dropped
    assert "Старое мероприятие" not in str(outline)


def test_hidden_rows_and_columns_stay_out_of_the_plan_but_not_out_of_sight() -> None:
    made = book(
        [TITLE],
        [*HEADING, "Примечание"],
        [*FIRST, "для себя"],
        ["2", "Старое мероприятие", "Май 2020", "Директор"],
        ["3", "Круглый стол наставников", "Май 2027", "Директор"],
    )
    made.worksheets[0].row_dimensions[4].hidden = True
    made.worksheets[0].column_dimensions["E"].hidden = True
    outline = outline_of(made)
    assert [one.number for one in activities(outline)] == ["1", "3"]
    assert [column.title for column in outline.columns] == HEADING
    assert outline.dropped[-2:] == (
        "Скрытая строка 4: 2; Старое мероприятие; Май 2020; Директор",
        "Скрытый столбец 5: Примечание; для себя",
    )


def test_a_merged_cell_whose_first_row_is_hidden_is_still_said() -> None:
    made = book([TITLE], HEADING, FIRST, ["2", "Круглый стол наставников", None, "Директор"])
    made.worksheets[0].merge_cells("C3:C4")
    made.worksheets[0].row_dimensions[3].hidden = True
    assert [(one.number, one.term.text) for one in activities(outline_of(made))] == [("2", "Октябрь 2026")]


def test_lines_of_a_cell_are_its_paragraphs() -> None:
    made = book(
        [TITLE], ["Этап", "Содержание", "Срок"], ["Отбор и обучение", "1) Анализ базы\n2) Обучение", "Май 2027"]
    )
    assert [(one.number, one.text) for one in activities(outline_of(made))] == [("1", "Анализ базы"), ("2", "Обучение")]


def test_a_table_that_begins_lower_and_further_right_is_found() -> None:
    made = book(*[[]] * 20, [None, None, TITLE], [], [None, None, *HEADING], [None, None, *FIRST])
    outline = outline_of(made)
    assert (outline.title, [one.number for one in activities(outline)]) == (TITLE, ["1"])


def test_a_plan_in_one_column_is_read_as_text() -> None:
    lines = ["1 этап. Подготовка условий для запуска программы наставничества", "1) Педагогический совет",
             "2 этап. Формирование базы наставляемых", "- Анкетирование",
             "3 этап. Формирование базы наставников", "- Беседы"]  # fmt: skip
    outline = outline_of(book([TITLE], *[[line] for line in lines]))
    assert [len(stage.activities) for stage in outline.stages] == [1, 1, 1]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (saved(book()), EmptyDocument),
        (with_parts(saved(book(HEADING, FIRST)), xl__vbaProject_dot_bin=b"x"), CarriesMacros),
    ],
    ids=["empty", "macros"],
)
def test_what_is_not_read_is_refused_in_words(data: bytes, refusal: type[DocumentRefused]) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document(data, "plan.xlsx")
    assert type(refused.value) is refusal
