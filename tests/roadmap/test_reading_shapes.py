"""Plans in text of other shapes than the five: other columns, no heading, lists in a line, rows that go on."""

from __future__ import annotations

import pytest

from roadmap.outline import Column, Outline
from roadmap.reading import read_document
from roadmap.reading.headers import recognise

TITLE = "Дорожная карта наставничества\n\n"


def outline_of(text: str) -> Outline:
    return read_document((TITLE + text).encode(), "plan.txt").outline


def rows(outline: Outline) -> list[tuple[str | None, ...]]:
    return [
        (stage.number, one.number, one.text, one.term.text, one.responsible.text)
        for stage in outline.stages
        for one in stage.activities
    ]


def codes(outline: Outline) -> list[str]:
    return [warning.code for warning in outline.warnings]


@pytest.mark.parametrize(
    ("titles", "kinds"),
    [
        ("№ п/п|Мероприятие|Сроки|Ответственный", "number activity term responsible"),
        ("№ п/п|Направления работы, планируемые мероприятия|Сроки|Ответственные", "number activity term responsible"),
        ("№|Наименование этапа|Мероприятия|Содержания деятельности|Сроки|Ответственные", "number stage activity content term responsible"),
        ("№|Наименование этапа|Содержание деятельности и примерный план мероприятий|Срок реализации|Ответственный за исполнение", "number stage content term responsible"),
        ("Этап|Содержание деятельности", "stage content"),
        ("п/п|Наименование мероприятия|Дата проведения|Исполнители|Предполагаемый результат", "number activity term responsible result"),
        ("Номер|Планируемые мероприятия|Период|Ответственный исполнитель/ соисполнители|Вид документа", "number activity term responsible document"),
        ("Cроки|Mероприятия|Oтветственные", "term activity responsible"),
        ("Ожидаемый результат|Виды деятельности|Сроки реализации мероприятий", "result activity term"),
        ("№|Направление|Сроки|Ответственный", "number activity term responsible"),
        ("№|Мероприятие|Сроки|Примечание", "number activity term other"),
        ("№|Тема мероприятия|Форма проведения|Участники|Дата|Ф.И.О., должность ответственного", "number activity other other2 term responsible"),
        ("№ п/п|Содержание работы|Плановый срок|Фактический срок|Отв.|Отметка о выполнении", "number content term other responsible other2"),
        ("Мероприятие / событие|Когда|Кто проводит|Для кого", "activity term responsible other"),
        ("Месяц|Мероприятия|Соисполнители", "term activity responsible"),
        ("№|Мероприятие|Срок|Ответственный исполнитель|Исполнители|Показатели|Форма отчётности", "number activity term responsible partner result document"),
        ("№ этапа|Этап|Задачи|Мероприятия|Сроки", "number stage other activity term"),
        ("Направления деятельности, мероприятия|Дата начала|Дата окончания|Ответственное лицо", "activity term responsible"),
        ("№|Мероприятие|Класс|Место|Охват|Ресурсы|Срок", "number activity other other2 other3 term"),
        ("№|ФИО наставника|Класс|Предмет", None),
        ("№\n п/п|Меро­приятие|Сроки", None),
        ("1|Обучение наставников|Сентябрь 2024|Куратор", None),
        ("Мероприятие|Информирование родителей", None),
        ("Фамилия|Класс|Срок", None),
        ("Сроки|Ответственный", None),
        ("Мероприятие", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_titles(titles, kinds):
    header = recognise(titles.split("|"))
    assert (header and " ".join(column.kind for column in header.columns)) == kinds


def test_titles_that_share_a_column_or_a_wording_are_told_apart():
    many = recognise(["Мероприятие", "Срок", "Класс", "Место", "Охват", "Ресурсы", "Класс"])
    same = recognise(["Мероприятие", "Срок", "Примечание", "Примечание"])

    assert many
    assert same
    assert [column.title for column in many.columns[2:]] == ["Класс", "Место", "Охват; Ресурсы; Класс"]
    assert [column.title for column in same.columns[2:]] == ["Примечание", "Примечание (2)"]


def test_columns_beyond_the_third_unknown_share_the_last():
    outline = outline_of(
        "Мероприятие\tСрок\tКласс\tМесто\tОхват\tРесурсы\nОпрос\tмай 2025\t5 «А»\tЗал\t30 человек\tБланки\n"
    )
    assert [one.extra for stage in outline.stages for one in stage.activities] == [
        (("other", "5 «А»"), ("other2", "Зал"), ("other3", "30 человек\nБланки"))
    ]


def test_a_table_without_a_heading_is_known_by_what_stands_in_it():
    outline = outline_of(
        "1\tОбучение наставников\tСентябрь 2024\tКуратор\n"
        "2\tОрганизация групповой встречи наставников и наставляемых\tОктябрь 2024\tКуратор\n"
        "3\tПроведение мониторинга качества реализации Программы наставничества\tМай 2025\tДиректор\n"
    )
    assert rows(outline) == [
        ("4", "1", "Обучение наставников", "Сентябрь 2024", "Куратор"),
        ("5", "2", "Организация групповой встречи наставников и наставляемых", "Октябрь 2024", "Куратор"),
        ("7", "3", "Проведение мониторинга качества реализации Программы наставничества", "Май 2025", "Директор"),
    ]
    assert codes(outline) == ["stages_guessed", "heading_lost"]
    assert (outline.columns, outline.dropped) == ((), ())


def test_stages_and_entries_without_any_table():
    outline = outline_of(
        "I. Подготовка условий для запуска программы наставничества\n1) Педсовет\n2) Приказ\n\n"
        "II. Формирование базы наставляемых\n- Анкетирование\n\nIII. Формирование базы\nнаставников\n- Беседы с\nродителями\n"
    )
    assert rows(outline) == [
        ("I", "1", "Педсовет", "", ""),
        ("I", "2", "Приказ", "", ""),
        ("II", None, "Анкетирование", "", ""),
        ("III", None, "Беседы с родителями", "", ""),
    ]
    assert outline.stages[2].name == "Формирование базы наставников"


def test_standard_activities_one_under_the_other_are_a_plan():
    outline = outline_of(
        "1. Поиск экспертов и материалов для проведения обучения наставников\n"
        "2. Организация групповой встречи наставников и наставляемых\n"
        "3. Регулярные встречи наставника и наставляемого\n"
    )
    assert [(stage, number) for stage, number, *_ in rows(outline)] == [("4", "1"), ("5", "2"), ("6", "3")]


def test_a_list_in_one_line_is_several_activities():
    outline = outline_of(
        "№\tЭтап\tСодержание\tСрок\n1\tОтбор и обучение\t1) Анализ базы. 2) Обучение; 3) Беседы\tмай 2025, июнь 2025\n"
    )
    assert [(number, text) for _, number, text, *_ in rows(outline)] == [
        ("1", "Анализ базы."),
        ("2", "Обучение;"),
        ("3", "Беседы"),
    ]


def test_a_list_in_a_numbered_row_stays_one_activity():
    outline = outline_of("№\tМероприятие\tСрок\n1\tПроведение: 1) анкет; 2) бесед\tмай 2025\n")
    assert rows(outline) == [("1", "1", "Проведение: 1) анкет; 2) бесед", "май 2025", "")]


def test_a_further_column_is_named_and_its_texts_stay_with_the_activities():
    outline = outline_of("№\tМероприятие\tСрок\tВид документа\n1\tОбучение наставников\tмай 2025\tПриказ\n")
    assert outline.columns[3] == Column("document", "Вид документа")
    assert outline.dropped == ("№\tМероприятие\tСрок\tВид документа",)
    assert [one.extra for stage in outline.stages for one in stage.activities] == [(("document", "Приказ"),)]
    assert codes(outline) == ["stages_guessed"]


def test_what_stands_beside_a_section_and_belongs_to_no_activity_is_left_out_with_a_warning():
    outline = outline_of(
        "№\tМероприятие\tСрок\tДокументы\n1\tПодготовка условий для запуска программы наставничества\t\tПакет\n"
        "1.1\tПедсовет\tмай 2025\tПротокол\n"
    )
    assert outline.dropped == ("№\tМероприятие\tСрок\tДокументы", "Пакет")
    assert [(one.code, one.where, one.quote) for one in outline.warnings] == [("column_left", 4, "Документы")]


def test_results_beside_stages_are_the_results_of_the_stages():
    outline = outline_of(
        "№\tЭтап\tМероприятия\tСодержание деятельности\tСрок\tРезультат\n"
        "1\tОтбор и обучение\tОбучение\t1. Лекции\tмай 2025\tНаставники обучены\n"
        "\t\tПрактика\t1. Занятия\tиюнь 2025\t\n"
    )
    assert outline.stages[0].result == "Наставники обучены"
    assert outline.dropped == ("№\tЭтап\tМероприятия\tСодержание деятельности\tСрок\tРезультат",)


def test_a_plan_with_columns_and_no_activity_is_read_with_a_warning():
    outline = outline_of("№\tМероприятие\tСроки\tОтветственный\n")
    assert (outline.title, outline.stages) == ("Дорожная карта наставничества", ())
    assert codes(outline) == ["no_activities"]


def test_activities_above_the_first_stage_are_put_into_it():
    outline = outline_of(
        "№\tМероприятие\tСроки\n1\tПедсовет\tмай 2025\n\tФормирование базы наставляемых\t\n2\tАнкетирование\tиюнь 2025\n"
    )
    assert [(stage.name, [one.number for one in stage.activities]) for stage in outline.stages] == [
        ("Формирование базы наставляемых", ["1", "2"])
    ]
    assert [(one.code, one.where) for one in outline.warnings] == [("stage_unclear", "1")]


def test_an_empty_cell_of_a_numbered_row_is_empty_and_noted():
    outline = outline_of("№\tМероприятие\tСроки\tОтветственный\n1\tПедсовет\tмай 2025\tДиректор\n2\tПриказ\t\t\n")
    assert rows(outline) == [("1", "1", "Педсовет", "май 2025", "Директор"), ("1", "2", "Приказ", "", "")]
    noted = [(one.code, one.where) for one in outline.warnings if one.code.startswith("missing")]
    assert noted == [("missing_term", "2"), ("missing_responsible", "2")]


def test_rows_in_small_letters_are_rows_of_their_own():
    outline = outline_of("Мероприятия\tСроки\nпедсовет\tмай 2025\nанкетирование\tиюнь 2025\n\nбеседы\tиюнь 2025\n")
    assert [text for _, _, text, *_ in rows(outline)] == ["педсовет", "анкетирование", "беседы"]


def test_lines_of_a_cell_without_tabs_go_on_in_it():
    outline = outline_of("№\tМероприятие\tСроки\tОтветственный\n1\tПедсовет и\nсобрание\tмай 2025\tДиректор\nКуратор\n")
    assert rows(outline) == [("1", "1", "Педсовет и собрание", "май 2025", "Директор Куратор")]


def test_a_repeated_number_and_a_step_back_are_noted():
    outline = outline_of(
        "№\tМероприятие\tСроки\n3\tПедсовет\tмай\n3\tПриказ\tмай\n2\tБеседа\tмай\n1\tИтоги\tмай\n2\tВстреча\tмай\n"
    )
    numbering = [(one.code, one.where, one.quote) for one in outline.warnings if one.code.startswith("numbering")]
    assert numbering == [
        ("numbering_start", 4, "3"),
        ("numbering_repeat", 5, "3 → 3"),
        ("numbering_repeat", 6, "3 → 2"),
    ]


def test_a_hyphen_at_the_end_of_a_line_is_kept_only_where_it_belongs():
    outline = outline_of(
        "\t№\n\tМероприятие\n\tСрок\n\n\t1\n\tВстреча педагога-психолога и настав-\nника, педагога-\nпсихолога\n\tмай 2025\n"
    )
    assert rows(outline)[0][2] == "Встреча педагога-психолога и наставника, педагога-психолога"
