"""Headings in a plan: which of them are stages, which the school's own sections, and what stands under none."""

from __future__ import annotations

import pytest

from roadmap.outline import Outline
from roadmap.reading import read_document
from roadmap.reading.cues import stage_by_cues, stage_by_name
from roadmap.reading.guess import Planned, guess_stages
from tests.roadmap.documents import draw

TITLE = "Дорожная карта наставничества\n"
HEADING = "| № | Мероприятие | Сроки | Ответственный |\n"


def outline_of(drawing: str) -> Outline:
    return read_document(draw(TITLE + drawing), "plan.docx").outline


def placed(outline: Outline) -> list[tuple[str | None, str | None, str | None, str]]:
    """Where each activity stands: number of its stage, its section, its number, what it says."""
    return [(stage.number, one.section, one.number, one.text) for stage in outline.stages for one in stage.activities]


def test_stages_sections_and_activities_are_told_apart_by_their_numbers():
    outline = outline_of(
        HEADING + "| 1 | Подготовка условий для запуска программы наставничества | | |\n"
        "| 1.1 | Работа с педагогами | | |\n| 1.1.1 | Педсовет | май 2025 | Директор |\n"
        "| 1.2 | Работа с родителями | | |\n| 1.2.1 | Собрание | май 2025 | Директор |\n"
        "| 2 | Поиск наставляемых | | |\n| 2.1 | Опрос | июнь 2025 | Куратор |\n"
    )
    assert placed(outline) == [
        ("1", "1.1 Работа с педагогами", "1.1.1", "Педсовет"),
        ("1", "1.2 Работа с родителями", "1.2.1", "Собрание"),
        ("2", None, "2.1", "Опрос"),
    ]
    assert [stage.name for stage in outline.stages] == [
        "Подготовка условий для запуска программы наставничества",
        "Поиск наставляемых",
    ]


def test_headings_of_one_look_are_stages_when_half_of_them_are_called_so():
    outline = outline_of(
        HEADING + "| I | Подготовка условий | | |\n| 1 | Педсовет | май 2025 | Директор |\n"
        "| II | Формирование базы наставляемых | | |\n| 2 | Опрос | май 2025 | Директор |\n"
        "| III | Информационное сопровождение | | |\n| 3 | Сайт | май 2025 | Директор |\n"
    )
    assert [(stage.number, stage.name) for stage in outline.stages] == [
        ("I", "Подготовка условий"),
        ("II", "Формирование базы наставляемых"),
        ("III", "Информационное сопровождение"),
    ]
    assert outline.warnings == ()


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        (("Раздел 1.", "Раздел 2.", "Раздел 3."), ["Раздел 1", "Раздел 2", "Раздел 3"]),
        (("I блок.", "II блок.", "III блок."), ["I блок", "II блок", "III блок"]),
        (("Этап 1.", "2 этап.", "III этап."), ["1", "2", "III"]),
    ],
)
def test_what_the_school_calls_its_stages_stays_with_their_number(numbers, read):
    names = ["Подготовка условий", "Формирование базы наставляемых", "Формирование базы наставников"]
    lines = [
        f"| {said} {name} | < | < | < |\n| {place} | Дело | май 2025 | Директор |\n"
        for place, (said, name) in enumerate(zip(numbers, names, strict=True), 1)
    ]
    outline = outline_of(HEADING + "".join(lines))
    assert [stage.name for stage in outline.stages] == names
    assert [stage.number for stage in outline.stages] == read


def test_one_standard_name_among_the_schools_own_is_a_section_and_says_the_stage():
    outline = outline_of(
        HEADING + "| I. Нормативная работа | < | < | < |\n| 1 | Педсовет | май 2025 | Директор |\n"
        "| II. Отбор и обучение наставников | < | < | < |\n| 2 | Лекции | май 2025 | Директор |\n"
        "| III. Мониторинг | < | < | < |\n| 3 | Отчёт | май 2025 | Директор |\n"
    )
    assert [(stage, section) for stage, section, *_ in placed(outline)] == [
        ("1", "I. Нормативная работа"),
        ("4", "II. Отбор и обучение наставников"),
        ("7", "III. Мониторинг"),
    ]
    assert [(one.code, one.where) for one in outline.warnings] == [("stages_guessed", 10), ("stage_unclear", "1")]


def test_tables_under_headings_of_their_own_are_sections():
    outline = outline_of(
        "на 2025-2026 учебный год\nРабота с учениками\n| Мероприятие | Сроки |\n| Опрос учеников | май 2026 |\n"
        "Эту часть ведёт психолог.\nРабота с учителями\n| Мероприятие | Сроки |\n| Круглый стол | май 2026 |\n"
        "Работа с родителями\n| Собрание | май 2026 |\nВсе даты могут быть изменены.\n"
    )
    assert outline.title == "Дорожная карта наставничества на 2025-2026 учебный год"
    assert [(section, text) for _, section, _, text in placed(outline)] == [
        ("Работа с учениками", "Опрос учеников"),
        ("Работа с учителями", "Круглый стол"),
        ("Работа с родителями", "Собрание"),
    ]
    assert [text for text in outline.dropped if text not in {"Мероприятие", "Сроки"}] == [
        "Эту часть ведёт психолог.",
        "Все даты могут быть изменены.",
    ]


def test_a_heading_inside_a_heading_keeps_both():
    outline = outline_of(
        HEADING + "| Раздел 1. Организация | < | < | < |\n| Работа с кадрами | < | < | < |\n"
        "| 1 | Педсовет | май 2025 | Директор |\n| Работа с детьми | < | < | < |\n| 2 | Опрос | май 2025 | Куратор |\n"
        "| Раздел 2. Итоги | < | < | < |\n| 3 | Отчёт | май 2025 | Куратор |\n"
    )
    assert [(number, section) for _, section, number, _ in placed(outline)] == [
        ("1", "Раздел 1. Организация. Работа с кадрами"),
        ("2", "Раздел 1. Организация. Работа с детьми"),
        ("3", "Раздел 2. Итоги"),
    ]


def test_a_column_of_directions_holds_sections_and_one_of_stages_holds_stages():
    rows = (
        "| Работа с кадрами | Школа молодого педагога | октябрь 2025 |\n| ^ | Неделя открытых дверей | ноябрь 2025 |\n"
        "| Работа с детьми | Клуб наставников | май 2026 |\n"
    )
    directions = outline_of("| Направление | Мероприятие | Сроки |\n" + rows)
    stages = outline_of("| Этап | Мероприятие | Сроки |\n" + rows)
    assert [(section, text) for _, section, _, text in placed(directions)] == [
        ("Работа с кадрами", "Школа молодого педагога"),
        ("Работа с кадрами", "Неделя открытых дверей"),
        ("Работа с детьми", "Клуб наставников"),
    ]
    assert [column.kind for column in directions.columns] == ["activity", "content", "term"]
    assert [stage.name for stage in stages.stages] == ["Работа с кадрами", "Работа с детьми"]


def test_three_columns_of_words_are_headings_sections_and_what_they_hold():
    outline = outline_of(
        "| № | Направление | Мероприятия | Содержание | Сроки |\n"
        "| 1 | Работа с кадрами | Школа педагога | 1. Лекции¶2. Практикум | октябрь 2025 |\n"
        "| ^ | ^ | Неделя открытых дверей | Уроки | ноябрь 2025 |\n"
        "| 2 | Работа с детьми | Клуб | Встречи | май 2026 |\n"
    )
    assert [(number, section, text) for _, section, number, text in placed(outline)] == [
        ("1", "1 Работа с кадрами. Школа педагога", "Лекции"),
        ("2", "1 Работа с кадрами. Школа педагога", "Практикум"),
        (None, "1 Работа с кадрами. Неделя открытых дверей", "Уроки"),
        (None, "2 Работа с детьми. Клуб", "Встречи"),
    ]
    assert [column.title for column in outline.columns] == [*("№", "Направление. Мероприятия", "Содержание", "Сроки")]


def test_a_content_beside_every_activity_is_a_detail_of_it():
    outline = outline_of(
        "| № | Мероприятие | Содержание | Сроки |\n| 1 | Школа педагога | Лекции | октябрь 2025 |\n"
        "| 2 | Неделя открытых дверей | Уроки | ноябрь 2025 |\n"
    )
    assert [(one.text, one.extra) for stage in outline.stages for one in stage.activities] == [
        ("Школа педагога", (("other", "Лекции"),)),
        ("Неделя открытых дверей", (("other", "Уроки"),)),
    ]


def test_headings_of_months_are_the_terms_where_no_column_says_when():
    outline = outline_of(
        "| № | Мероприятие | Ответственный |\n| Сентябрь 2025 г. | < | < |\n| 1 | Педсовет | Директор |\n"
        "| 2 | Опрос учеников | Куратор |\n| II квартал 2026 года | < | < |\n| 3 | Круглый стол | Куратор |\n"
    )
    assert [
        (one.number, one.section, [(str(first), str(last)) for first, last in one.term.windows])
        for stage in outline.stages
        for one in stage.activities
    ] == [
        ("1", "Сентябрь 2025 г.", [("2025-09-01", "2025-09-30")]),
        ("2", "Сентябрь 2025 г.", [("2025-09-01", "2025-09-30")]),
        ("3", "II квартал 2026 года", [("2026-04-01", "2026-06-30")]),
    ]


def test_a_colon_after_a_heading_is_no_part_of_its_name():
    outline = outline_of(HEADING + "| 1. | Организация: | | | \n| 1.1. | Педсовет | май 2025 | Директор |\n")
    assert placed(outline) == [("1", "1. Организация", "1.1", "Педсовет")]


def test_a_first_column_of_numbers_without_a_title_counts_the_activities():
    outline = outline_of("| | Мероприятие | Сроки |\n| 1 | Педсовет | май 2025 |\n| 2 | Опрос учеников | май 2025 |\n")
    assert [number for *_, number, _ in placed(outline)] == ["1", "2"]
    assert [column.title for column in outline.columns] == ["№", "Мероприятие", "Сроки"]


def test_letters_inside_a_numbered_entry_are_part_of_it():
    outline = outline_of(
        "| Этап | Содержание | Сроки |\n| Основной этап | 1) Диагностика:¶а) анкета;¶б) беседа¶2) Занятия | май 2025 |\n"
    )
    assert [(one.number, one.text) for one in outline.stages[0].activities] == [
        ("1", "Диагностика:\nа) анкета;\nб) беседа"),
        ("2", "Занятия"),
    ]


@pytest.mark.parametrize(
    ("text", "stage", "alone"),
    [
        ("Приказ о назначении куратора и составление базы наставников", 1, False),
        ("Назначение куратора", 1, True),
        ("Опрос молодых педагогов", 2, True),
        ("Опрос будущих наставников", 3, True),
        ("Тренинг для наставников", 4, True),
        ("Закрепление пар", 5, True),
        ("Индивидуальные встречи", 6, True),
        ("Награждение", 7, True),
        ("Закрепление пар и итоги", 5, False),
        ("Субботник", None, False),
    ],
)
def test_words_that_only_one_stage_knows_name_it(text, stage, alone):
    assert stage_by_cues(text) == (stage, alone)


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("II. Формирование базы наставляемых", 2),
        ("Формирование банка наставников", 3),
        ("Завершение программы", 7),
        ("Организация и осуществление работы наставнических пар / групп", 6),
        ("Организационная работа", None),
    ],
)
def test_a_section_called_like_a_stage_is_known(heading, stage):
    assert stage_by_name(heading) == stage


def test_what_says_nothing_goes_where_its_section_or_the_activity_before_is_and_is_not_sure():
    guesses = guess_stages(
        [
            Planned("Обучение наставников", None),
            Planned("Субботник", None),
            Planned("Субботник", "Работа в парах"),
            Planned("Субботник", "III. Завершение наставничества"),
        ]
    )
    assert [(guess.stage, guess.sure) for guess in guesses] == [(4, True), (4, False), (6, False), (7, True)]


def test_the_title_above_the_first_of_several_tables_stays_the_title():
    outline = outline_of(
        "| Мероприятие | Сроки |\n| Опрос учеников | май 2026 |\nРабота с учителями\n"
        "| Мероприятие | Сроки |\n| Круглый стол | май 2026 |\n"
    )
    assert outline.title == "Дорожная карта наставничества"
    assert [(section, text) for _, section, _, text in placed(outline)] == [
        (None, "Опрос учеников"),
        ("Работа с учителями", "Круглый стол"),
    ]


def test_roman_numbers_of_all_rows_are_the_numbers_of_activities():
    outline = outline_of(
        "| № | Мероприятие | Результат |\n| I | Педсовет | Протокол |\n| II | Опрос учеников | Анкеты |\n"
    )
    assert [(number, text) for *_, number, text in placed(outline)] == [("I", "Педсовет"), ("II", "Опрос учеников")]
