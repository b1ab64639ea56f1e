"""What is set out on the roadmap's paper, by plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadmap.papers import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper, paper_context
from roadmap.papers.preamble import Block, preamble_blocks
from roadmap.papers.stamps import BLANK_DATE, stamps
from roadmap.papers.table import Cell, printed_columns, table_bodies

NBSP = "\u00a0"
FLAT = (
    PaperColumn("number", "№ п/п"),
    PaperColumn("activity", "Мероприятие"),
    PaperColumn("term", "Сроки"),
    PaperColumn("responsible", "Ответственный"),
)
WITH_STAGES = (
    PaperColumn("number", "№"),
    PaperColumn("stage", "Наименование этапа"),
    PaperColumn("activity", "Мероприятия"),
    PaperColumn("content", "Содержания деятельности"),
    PaperColumn("term", "Сроки"),
    PaperColumn("responsible", "Ответственные"),
)


def activity(text: str, **fields: Any) -> PaperActivity:
    return PaperActivity(**{"number": "", "section": "", "text": text, "term": "", "responsible": "", **fields})


def stage(*activities: PaperActivity, **fields: str) -> PaperStage:
    given = {"number": "1", "name": "Подготовка", "goal": "", "task": "", "result": "", **fields}
    return PaperStage(activities=activities, **given)


def paper(*stages: PaperStage, columns: tuple[PaperColumn, ...] = FLAT) -> RoadmapPaper:
    return RoadmapPaper("Школа", "Дорожная карта", "", columns, (), stages)


def texts(cell: Cell) -> list[str]:
    return [f"{line.mark} {line.text}".strip() for line in cell.lines]


def grid(*stages: PaperStage, columns: tuple[PaperColumn, ...] = FLAT) -> list[tuple[str, list[list[str]]]]:
    """Every row as its kind and the texts of its cells."""
    bodies = table_bodies(paper(*stages, columns=columns))
    return [(row.kind, [texts(cell) for cell in row.cells]) for body in bodies for row in body.rows]


def test_the_schools_columns_keep_their_order_and_wording() -> None:
    columns = (PaperColumn("term", "Когда"), PaperColumn("activity", "Что делаем"), PaperColumn("number", "№"))
    line = activity("Встреча", number="3", term="Май 2027")

    assert printed_columns(paper(stage(line), columns=columns)) == columns
    assert grid(stage(line), columns=columns)[-1] == ("activity", [["Май 2027"], ["Встреча"], ["3"]])


def test_a_programme_without_columns_gets_the_usual_four() -> None:
    titles = [column.title for column in printed_columns(paper(stage(activity("Встреча")), columns=()))]

    assert titles == ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]


def test_what_has_no_column_gets_one_so_that_nothing_entered_is_lost() -> None:
    columns = (PaperColumn("number", "№"), PaperColumn("content", "Содержание"))
    line = activity("Встреча", term="Май 2027", responsible="Куратор")

    titles = [column.title for column in printed_columns(paper(stage(line), columns=columns))]

    assert titles == ["№", "Содержание", "Сроки", "Ответственный"]


def test_a_stage_spans_the_table_with_its_task_above_and_its_result_below() -> None:
    rows = grid(stage(activity("Встреча", number="1.1"), goal="рост", task="информирование", result="готово"))

    assert rows == [
        ("stage", [["1"], ["Подготовка", "Цель: рост", "Задача: информирование"]]),
        ("activity", [["1.1"], ["Встреча"], [], []]),
        ("result", [["Результат: готово"]]),
    ]


def test_in_a_list_counted_through_the_number_of_a_stage_is_not_taken_for_one_of_a_line() -> None:
    rows = grid(stage(activity("Встреча", number="4")), stage(activity("Опрос", number="5"), number="2", name="База"))

    assert [cells for kind, cells in rows if kind == "stage"] == [[["Этап 1. Подготовка"]], [["Этап 2. База"]]]


def test_a_section_without_a_column_is_a_row_above_its_lines() -> None:
    rows = grid(stage(activity("Встреча", section="Сбор данных"), activity("Опрос", section="Сбор данных")))

    assert [row for row in rows if row[0] != "stage"] == [
        ("section", [["Сбор данных"]]),
        ("activity", [[], ["Встреча"], [], []]),
        ("activity", [[], ["Опрос"], [], []]),
    ]


def test_a_stage_with_a_column_stands_beside_its_lines_and_equal_terms_share_a_row() -> None:
    lines = (
        activity("Совет", number="1", section="Информирование", term="Август", responsible="Завуч"),
        activity("Собрания", number="2", section="Информирование", term="Август", responsible="Завуч"),
        activity("Сайт", number="3", section="Информирование", term="Май", responsible="Завуч"),
        activity("Приказ", section="Документы", term="Май", responsible="Завуч"),
    )
    [body] = table_bodies(paper(stage(*lines, task="информирование"), columns=WITH_STAGES))

    assert [[texts(cell) for cell in row.cells] for row in body.rows] == [
        [["1"], ["Подготовка"], ["Задача: информирование"]],
        [["Информирование"], ["1. Совет", "2. Собрания"], ["Август"], ["Завуч"]],
        [["3. Сайт"], ["Май"], ["Завуч"]],
        [["Документы"], ["Приказ"], ["Май"], ["Завуч"]],
    ]
    assert [cell.rowspan for cell in body.rows[0].cells] == [4, 4, 1]
    assert body.rows[1].cells[0].rowspan == 2


@pytest.mark.parametrize("said", [{}, {"task": "информирование"}, {"goal": "рост", "result": "готово"}])
def test_every_row_fills_the_table_exactly(said: dict[str, str]) -> None:
    lines = [activity(str(n), section=f"р{n // 3}", term=f"т{n // 2}", number=str(n)) for n in range(12)]
    for columns in (FLAT, WITH_STAGES, WITH_STAGES[:2] + WITH_STAGES[3:], FLAT[1:]):
        document = paper(stage(*lines, **said), stage(**said), columns=columns)
        for body in table_bodies(document):
            width, filled = len(printed_columns(document)), [0] * len(body.rows)
            for place, row in enumerate(body.rows):
                for cell in row.cells:
                    for below in range(cell.rowspan):
                        filled[place + below] += cell.colspan
            assert filled == [width] * len(body.rows)


def test_only_a_stage_without_a_row_of_its_own_is_kept_on_one_page() -> None:
    lines = (activity("Встреча", term="Май"), activity("Опрос", term="Июнь"))

    bodies = table_bodies(paper(stage(*lines), stage(*lines, task="задача"), columns=WITH_STAGES))

    assert [body.is_whole for body in bodies] == [True, False]


def test_five_columns_lie_across_the_sheet() -> None:
    line = stage(activity("Встреча"))

    widths = {len(columns): paper_context(paper(line, columns=columns))["is_wide"] for columns in (FLAT, WITH_STAGES)}

    assert widths == {4: False, 6: True}


def stamped(**fields: object) -> list[tuple[str, str]]:
    blank = PaperApproval("УТВЕРЖДАЮ", "", "", "", None, "")
    _left, [stamp] = stamps([replace(blank, **fields)])  # type: ignore[arg-type]
    return list(stamp.lines)


def test_agreement_stands_left_and_approval_right() -> None:
    words = ("СОГЛАСОВАНО", "УТВЕРЖДЕНА", "ПРИНЯТО", "Утверждаю", "РАССМОТРЕНО")

    left, right = stamps([PaperApproval(word, "", "", "", None, "") for word in words])

    assert [stamp.word for stamp in left] == ["СОГЛАСОВАНО", "ПРИНЯТО", "РАССМОТРЕНО"]
    assert [stamp.word for stamp in right] == ["УТВЕРЖДЕНА", "Утверждаю"]


def test_a_stamp_names_its_paper_with_day_and_number() -> None:
    lines = stamped(by="Директор", person="И. А. Лугова", basis="Приказ", date=date(2026, 8, 31), number="137/к")

    assert lines == [
        ("by", "Директор"),
        ("person", f"И.{NBSP}А.{NBSP}Лугова"),
        ("ground", "Приказ от 31 августа 2026 г. № 137/к".replace(" ", NBSP).replace(NBSP, " ", 1)),
    ]


def test_a_stamp_of_an_order_names_the_order_before_the_person() -> None:
    lines = stamped(word="УТВЕРЖДЕНО", by="Директор", person="Лугова", basis="Приказом", date=date(2026, 8, 31))

    assert [kind for kind, _text in lines] == ["ground", "by", "person"]


def test_what_is_not_filled_in_gets_a_line_to_write_on() -> None:
    assert stamped(by="Директор", person="Лугова")[-1] == ("ground", BLANK_DATE)
    assert stamped(basis="протокол")[-1] == ("ground", f"протокол от{NBSP}{BLANK_DATE}{NBSP}№{NBSP}_____")


def test_a_preamble_is_set_as_headings_paragraphs_and_lists() -> None:
    text = "План разработан.\n· рост;\n·опыт.\n2. Формы\nФорма – это способ.\n4. Итог\n\n1. Климат\n2. Опыт\n5. План"

    assert preamble_blocks(text) == [
        Block("paragraph", "План разработан."),
        Block("list", items=(("–", "рост;"), ("–", "опыт."))),
        Block("heading", "2. Формы"),
        Block("paragraph", f"Форма{NBSP}– это способ."),
        Block("heading", "4. Итог"),
        Block("list", items=(("1.", "Климат"), ("2.", "Опыт"))),
        Block("heading", "5. План"),
    ]


def test_an_empty_preamble_is_nothing() -> None:
    assert preamble_blocks("\n \n") == []


def test_the_organisation_heads_the_paper_unless_the_title_names_it() -> None:
    line = replace(paper(stage(activity("Встреча"))), organisation="МБОУ «Лицей № 3»")

    headed = [
        paper_context(replace(line, title=title))["organisation"] for title in ("Карта", "КАРТА в МБОУ «ЛИЦЕЙ № 3»")
    ]

    assert headed == [f"МБОУ «Лицей{NBSP}№{NBSP}3»", ""]
