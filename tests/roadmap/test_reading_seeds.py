"""Five documents as schools write them, each as it stands and as a twin with invented names."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from roadmap.outline import Approval, Column, Outline, Person
from roadmap.reading import read_document
from tests.roadmap.documents import TWINS, seed, twin


def outline_of(data: bytes, name: str = "plan.txt") -> Outline:
    return read_document(data, name).outline


@cache
def read(name: str) -> Outline:
    return outline_of(twin(name))


def counts(outline: Outline) -> tuple[int, ...]:
    return tuple(len(stage.activities) for stage in outline.stages)


def activity(outline: Outline, number: str, stage: int | None = None):
    stages = outline.stages if stage is None else outline.stages[stage - 1 : stage]
    (found,) = [one for each in stages for one in each.activities if one.number == number]
    return found


def places(outline: Outline, code: str) -> list[str | int]:
    return [warning.where for warning in outline.warnings if warning.code == code]


def quotes(outline: Outline, code: str) -> list[str]:
    return [warning.quote for warning in outline.warnings if warning.code == code]


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_has_the_activities_of_its_stages(name):
    assert counts(outline_of(twin(name))) == TWINS[name][1]


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("name", TWINS)
def test_a_seed_has_the_activities_of_its_stages(name):
    assert counts(outline_of(seed(name))) == TWINS[name][1]


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("name", TWINS)
def test_a_seed_is_read_like_its_twin(name):
    """Invented names apart: numbers, terms, places, roles and warnings are the same."""
    real, invented = outline_of(seed(name)), outline_of(twin(name))

    def skeleton(outline):
        return [
            (one.number, one.line, one.term, len(one.responsible.people), one.section is None)
            for stage in outline.stages
            for one in stage.activities
        ]

    assert skeleton(real) == skeleton(invented)
    assert [(one.code, one.where) for one in real.warnings] == [(one.code, one.where) for one in invented.warnings]
    assert real.columns == invented.columns
    assert real.period == invented.period
    assert len(real.dropped) == len(invented.dropped)
    assert [(one.date, one.number) for one in real.approvals] == [(one.date, one.number) for one in invented.approvals]


def test_one_list_the_flat_list_gets_the_official_stages_and_says_that_they_were_guessed():
    outline = read("one_list")
    assert [stage.name for stage in outline.stages] == [
        "Подготовка условий для запуска программы наставничества",
        "Формирование базы наставляемых",
        "Формирование базы наставников",
        "Отбор и обучение наставников",
        "Формирование наставнических пар или групп",
        "Организация работы наставнических пар или групп",
        "Завершение наставничества",
    ]
    assert [stage.number for stage in outline.stages] == list("1234567")
    assert {(stage.goal, stage.task, stage.result) for stage in outline.stages} == {(None, None, None)}
    codes = ["stages_guessed", "rows_joined", "rows_joined", "after_dependent", "rows_joined"]
    assert [warning.code for warning in outline.warnings] == codes


def test_one_list_every_number_from_1_to_35_is_there_in_order():
    outline = read("one_list")
    numbers = [one.number for stage in outline.stages for one in stage.activities]
    assert numbers == [str(count) for count in range(1, 36)]


def test_one_list_rows_broken_over_pages_are_whole_again():
    outline = read("one_list")
    assert places(outline, "rows_joined") == ["6", "16", "28"]
    assert activity(outline, "6").text == (
        "Сбор дополнительной информации о запросах наставляемых (обучающиеся/педагоги) от третьих лиц: классный "
        "руководитель, психолог, сотрудник, родители. Сбор согласий на сбор и обработку персональных данных от "
        "законных представителей несовершеннолетних участников"
    )
    assert activity(outline, "6").responsible.people == tuple(
        Person(role, None)
        for role in ("Куратор Программы", "Классные руководители", "Педагог-психолог", "Социальный педагог")
    )
    assert activity(outline, "16").term.text == "Сентябрь 2023"
    assert activity(outline, "16").responsible.text == "Куратор Программы"
    assert activity(outline, "28").text == (
        "Анкетирование участников. Проведение мониторинга личной удовлетворенности участием в Программе наставничества"
    )


def test_one_list_the_front_is_read():
    outline = read("one_list")
    assert outline.title == "ДОРОЖНАЯ КАРТА ВНЕДРЕНИЯ ПРОГРАММЫ НАСТАВНИЧЕСТВА В МКОУ СОШ №7"
    assert outline.organisation == (
        "МУНИЦИПАЛЬНОЕ КАЗЕННОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ СРЕДНЯЯ ОБЩЕОБРАЗОВАТЕЛЬНАЯ ШКОЛА №7"
    )
    assert outline.preamble is None
    assert outline.approvals == (
        Approval("СОГЛАСОВАНО", "Педагогическим советом МКОУ СОШ №7", None, "протокол", date(2023, 8, 31), "1"),
        Approval(
            "УТВЕРЖДАЮ",
            "И.о. директора МКОУ СОШ №7",
            "Н.П.Ручейкова",
            "Приказ МКОУ СОШ №7",
            date(2023, 8, 31),
            "137/к",
        ),
    )


def test_one_list_the_period_runs_from_the_first_to_the_last_window():
    outline = read("one_list")
    assert outline.period == (date(2023, 6, 1), date(2024, 6, 30))
    assert activity(outline, "24").term.windows == ((date(2023, 10, 1), date(2024, 5, 31)),)


def test_one_list_the_columns_keep_their_titles_and_only_the_headings_were_left_out():
    outline = read("one_list")
    assert outline.columns == (
        Column("number", "№ п/п"),
        Column("activity", "Мероприятие"),
        Column("term", "Сроки"),
        Column("responsible", "Ответственный"),
    )
    assert outline.dropped == ("№ п/п\tМероприятие\tСроки\tОтветственный",) * 4


def test_three_years_stages_have_task_and_result():
    outline = read("three_years")
    assert [stage.number for stage in outline.stages] == list("1234567")
    assert all(stage.task and stage.result and stage.goal is None for stage in outline.stages)
    third = outline.stages[2]
    assert third.name == "Формирование базы наставников"
    assert third.task == "поиск потенциальных наставников для формирования базы наставников"
    assert third.result == (
        "сформированы базы наставников, которые потенциально могут участвовать как в текущей программе "
        "наставничества с одаренными и высокомотивированными детьми «Ступенька за ступенькой», так и в будущих "
        "программах (по запросу и с разрешения наставников) МБОУ «Лицей № 48»"
    )


def test_three_years_a_term_of_three_years_has_three_windows():
    outline = read("three_years")
    assert activity(outline, "2.1").term.windows == tuple(
        (date(year, 10, 1), date(year, 10, 31)) for year in (2021, 2022, 2023)
    )
    assert activity(outline, "6.5").term.windows == tuple(
        (date(year, 2, 1), date(year, 5, 31)) for year in (2022, 2023, 2024)
    )
    assert activity(outline, "6.4").term.windows == ((date(2022, 2, 1), date(2022, 5, 31)),)


def test_three_years_rows_broken_over_pages_are_whole_again():
    outline = read("three_years")
    assert places(outline, "rows_joined") == ["1.4", "3.1", "4.3"]
    assert activity(outline, "1.4").text == (
        "Встреча с обучающимися МБОУ «Лицей №48» с информированием о реализуемой программе наставничества с "
        "одаренными и высокомотивированными детьми «Ступенька за ступенькой»"
    )
    assert activity(outline, "1.4").term.text == "Сентябрь 2021, 2022, 2023"
    assert activity(outline, "1.4").responsible.people == (
        Person("директор МБОУ «Лицей№48»", "О.В.Калинкина"),
        Person("зам. директора по УВР", "Т.С.Журавкина"),
        Person("зам. директора по УВР", "Л.А.Берёзкина"),
        Person("педагог- психолог", "Р.К.Ветрова"),
    )
    assert activity(outline, "4.3").responsible.people == (
        Person("зам. директора по ВР", "Д.Ф.Полянская"),
        Person("зам. директора по УВР", "Т.С.Журавкина"),
        Person("зам. директора по УВР", "Л.А.Берёзкина"),
    )


def test_three_years_people_are_told_apart_however_they_are_written():
    outline = read("three_years")
    assert activity(outline, "6.7").responsible.people == (
        Person("зам. директора по ВР", "Д.Ф.Полянская"),
        Person("зам. директора по УВР", "Т.С.Журавкина"),
    )
    assert activity(outline, "6.8").responsible.people == (Person("педагог-психолог", "Ветрова Р.К."),)
    assert activity(outline, "7.3").responsible.people == (Person("зам. директора по УВР", None),)
    assert places(outline, "ambiguous_role") == ["7.3"]


def test_three_years_gap_and_blank_date_and_markup_are_noted():
    outline = read("three_years")
    assert [(one.code, one.where) for one in outline.warnings] == [
        ("blank_date", 5),
        ("markup", 25),
        ("rows_joined", "1.4"),
        ("rows_joined", "3.1"),
        ("rows_joined", "4.3"),
        ("after_dependent", "5.2"),
        ("one_year_only", "6.4"),
        ("missing_standard", 78),
        ("ambiguous_role", "7.3"),
        ("numbering_gap", "7.7"),
        ("after_dependent", "7.8"),
    ]
    assert quotes(outline, "numbering_gap") == ["7.5 → 7.7"]


def test_three_years_stamps_are_read_and_the_blank_one_keeps_its_line():
    outline = read("three_years")
    assert outline.approvals == (
        Approval(
            "СОГЛАСОВАНО",
            "Председатель комитета образования г. Светлоречинска",
            "П.Н.Осокин",
            None,
            None,
            None,
        ),
        Approval(
            "УТВЕРЖДЕНО",
            "Директор МБОУ «Лицей №48»",
            "О.В. Калинкина",
            "Приказом МБОУ «Лицей №48»",
            date(2021, 8, 30),
            "376/а",
        ),
    )
    assert outline.dropped == (
        "От « _____ » 2021 г.",
        "№ п/п\tНаправления работы, планируемые мероприятия\tСроки\tОтветственные",
    )
    assert outline.organisation == "МБОУ «Лицей №48»"
    assert outline.title is not None
    assert "*" not in outline.title


def test_with_sections_there_are_sixteen_sections():
    outline = read("with_sections")
    sections = [{one.section for one in stage.activities} for stage in outline.stages]
    assert [len(found) for found in sections] == [4, 2, 2, 2, 2, 2, 2]
    assert sections[6] == {"Отчеты по итогам наставнической программы", "Мотивация и поощрения наставников"}


def test_with_sections_the_last_stage_has_a_goal_of_its_own():
    outline = read("with_sections")
    assert [stage.goal is None for stage in outline.stages] == [True] * 6 + [False]
    assert outline.stages[6].goal == (
        "усилить программу наставничества и расширить базу лояльных к программам наставничества людей, привлечь "
        "потенциальных наставников, будущих кураторов, потенциальных компаний-партнеров"
    )
    assert outline.stages[6].result is not None
    assert outline.stages[6].result.startswith("достигнуты цели программы наставничества, собраны лучшие")


def test_with_sections_numbers_are_as_written_and_their_gaps_are_noted():
    outline = read("with_sections")
    numbers = [[one.number for one in stage.activities] for stage in outline.stages]
    assert numbers[0] == ["1", "2", "1", "2", "4", "5", "1", "2", "3", "4", "1", "2", "3"]
    assert numbers[6] == ["1", "2", "3", "1", "2", "3", "4", "6", "7"]
    assert quotes(outline, "numbering_gap") == ["2 → 4", "1 → 3", "4 → 6"]
    assert quotes(outline, "numbering_start") == ["2"]


def test_with_sections_goals_and_expected_results_are_in_the_preamble():
    outline = read("with_sections")
    assert outline.preamble is not None
    assert outline.preamble.startswith("План мероприятий («дорожная карта») МБООУ СТД")
    assert "2. Формы наставничества" in outline.preamble.split("\n")
    assert "6. Рост числа молодых специалистов" in outline.preamble
    assert outline.preamble.endswith("5. Планируемые мероприятия")


def test_with_sections_rubbish_at_the_end_is_left_out():
    outline = read("with_sections")
    assert len(outline.dropped) == 25
    assert outline.dropped[:7] == (
        "№",
        "Наименование этапа",
        "Мероприятия",
        "Содержания деятельности",
        "Сроки",
        "Ответственные",
        ".",
    )
    assert outline.dropped[7].startswith("M PEATIAIN METOX0I0TII")
    assert outline.dropped[-1] == "HaCHHHOCTS,"
    assert places(outline, "foreign_lines") == [263]


def test_with_sections_empty_cells_below_a_section_are_filled_from_above_and_a_blank_one_is_not():
    outline = read("with_sections")
    assert places(outline, "inherited") == [99, 106]
    inherited = outline.stages[0].activities[-1]
    assert inherited.term.text == "Сентябрь 2024г."
    assert inherited.responsible.people == (Person("Зам.директор по УВР", None),)
    assert inherited.section == "Выбор форм и программ наставничества исходя из потребностей"
    assert places(outline, "missing_responsible") == [71]
    assert outline.stages[0].activities[2].responsible.people == ()


def test_with_sections_terms_of_a_cell_go_to_its_activities_in_order_or_all_to_each():
    outline = read("with_sections")
    reports = [one.term.text for one in outline.stages[6].activities[:3]]
    assert reports == ["Февраль 2025г.", "Март 2025г.", "Апрель 2025г."]
    control = [one.term.text for one in outline.stages[5].activities[5:]]
    assert control == ["Ноябрь 2024г.", "В течение года", "Май 2025г."]
    assert places(outline, "terms_shared") == [197, 251]
    assert {len(one.term.windows) for one in outline.stages[5].activities[:5]} == {4}
    assert outline.stages[6].activities[-1].term.windows == tuple(
        (date(2025, month, 1), date(2025, month, days)) for month, days in ((4, 30), (5, 31), (6, 30), (8, 31))
    )


def test_with_sections_period_is_the_school_year_of_the_title_and_other_years_are_noted():
    outline = read("with_sections")
    assert outline.period == (date(2024, 9, 1), date(2025, 8, 31))
    assert quotes(outline, "outside_period") == ["Октябрь 2021г.", "Октябрь 2021г."]


def test_with_sections_what_was_left_over_from_elsewhere_is_noted():
    outline = read("with_sections")
    assert quotes(outline, "other_school") == ["МБОУ «СОШ №63»"]
    assert quotes(outline, "missing_space") == ["Зам.директор", "поУ", "Зам.директора"]
    assert len(quotes(outline, "missing_requisites")) == 3
    assert quotes(outline, "unfinished_text") == [
        "Подготовка нормативной базы реализации целевой модели наставничества в"
    ]


def test_kindergarten_bullets_are_activities_under_the_line_that_introduces_them():
    outline = read("kindergarten")
    first = outline.stages[0].activities
    assert {one.section for one in first} == {
        "Подготовка и принятие локальных нормативных правовых актов образовательной организации"
    }
    assert {one.number for one in first} == {None}
    assert first[0].text == "Приказ «О внедрении региональной системы (целевой модели) наставничества»;"
    assert first[5].text == "Подготовка персонализированных программ наставничества."


def test_kindergarten_bullets_below_a_number_belong_to_it():
    outline = read("kindergarten")
    assert outline.stages[3].activities[1].text == (
        "Обучение наставников для работы с наставляемыми:\n"
        "· подготовка методических материалов для сопровождения наставнической деятельности;"
    )


def test_kindergarten_people_with_the_name_first():
    outline = read("kindergarten")
    assert outline.stages[0].activities[0].responsible.people == (
        Person("заведующий", "Мостовая Е.Л."),
        Person("куратор целевой модели наставничества", "Тропинина А.Д."),
    )
    assert outline.stages[5].activities[0].responsible.people == (
        Person("куратор целевой модели наставничества", "Тропинина А.Д."),
        Person("руководителям наставнической пары (педагог-педагог)", "Седых О.Н."),
        Person("руководителям наставнической пары (педагог-педагог)", "Звонарёвой И.П."),
    )


def test_kindergarten_wrong_years_a_gap_and_a_mark_of_a_converter_are_noted():
    outline = read("kindergarten")
    assert outline.period == (date(2023, 9, 1), date(2024, 8, 31))
    assert quotes(outline, "outside_period") == ["Май 2023", "Май 2022"]
    assert places(outline, "numbering_gap") == ["7"]
    assert quotes(outline, "bookmark") == ["[bookmark: _GoBack]"]
    assert outline.dropped[-1] == "[bookmark: _GoBack]"


def test_kindergarten_the_term_is_kept_as_written():
    outline = read("kindergarten")
    assert outline.stages[4].activities[0].term.text.split("\n")[0] == "Октябрь  2023"


def test_lost_columns_stage_names_broken_over_lines_are_whole_again():
    outline = read("lost_columns")
    assert [(stage.number, stage.name) for stage in outline.stages] == [
        ("1", "Подготовкаусловий дляреализации системы наставничества"),
        ("2", "Формирование банка наставляемых"),
        ("3", "Формирование банка наставников"),
        ("4", "Отбор и обучение"),
        ("5", "Организация и осуществление работы наставнических пар/групп"),
        ("6", "Завершение персонализированных программ наставничества"),
        ("7", "Информационная поддержка системы наставничества"),
    ]


def test_lost_columns_entries_are_numbered_or_not_as_written():
    outline = read("lost_columns")
    numbers = [[one.number for one in stage.activities] for stage in outline.stages]
    assert numbers == [[None] * 4, [None] * 2, [None] * 2, ["1", "2"], ["1", None], ["1", "2"], [None]]
    assert outline.stages[4].activities[0].text == "Формирование наставнических пар/групп."


def test_lost_columns_there_are_no_windows_and_no_people():
    outline = read("lost_columns")
    everything = [one for stage in outline.stages for one in stage.activities]
    assert {(one.term.text, one.term.kind, one.term.windows) for one in everything} == {("", "none", ())}
    assert {one.responsible.people for one in everything} == {()}
    assert outline.period is None


def test_lost_columns_misread_and_run_together_words_are_kept_and_noted():
    outline = read("lost_columns")
    assert quotes(outline, "ocr_noise") == ["iieaaroi ическихработПй^рв"]
    assert quotes(outline, "missing_space") == [
        "Подготовкаусловий",
        "дляреализации",
        "запросахпедагогов",
        "потенциальныхнаставников",
        "наставников,обеспечение",
    ]


def test_lost_columns_the_stamp_of_a_signature_is_left_out():
    outline = read("lost_columns")
    assert places(outline, "signature_stamp") == [95]
    assert outline.dropped == (
        "№ Наименование",
        "этапа",
        "Содержание деятельности",
        "2022-11-08T08:29:24+0300",
        'МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ  УЧРЕЖДЕНИЕ "СРЕДНЯЯ  ОБЩЕОБРАЗОВАТЕЛЬНАЯ  ШКОЛА № 34" ГОРОДА СВЕТЛОЯРА',
    )
