"""Word files: the same plans as tables, and what only Word has: merged cells, lists it numbers itself, boxes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from roadmap.outline import Approval, Column, Outline, Person
from roadmap.reading import read_document
from tests.roadmap.documents import TWINS, add_table, draw, saved, twin, twin_as_word, word

TITLE = "Дорожная карта программы наставничества"
HEADING = ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]


def outline_of(data: bytes) -> Outline:
    return read_document(data, "plan.docx").outline


def texts(outline: Outline) -> list[list[str]]:
    return [[one.text for one in stage.activities] for stage in outline.stages]


def planned(outline: Outline) -> list[list[tuple[object, ...]]]:
    return [
        [(one.number, one.section, one.text, one.term, one.responsible) for one in stage.activities]
        for stage in outline.stages
    ]


def numbered(paragraph, *, number: int, level: int = 0) -> None:
    """Put a paragraph into one of Word's own lists."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number
    properties.get_or_add_ilvl().val = level


def list_of(document, *levels: tuple[str, str]) -> int:
    """A list of one's own with these formats and texts of levels; gives its number."""
    root = document.part.numbering_part.element
    key = 90 + len(root.findall(qn("w:abstractNum")))
    described = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{described}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    return key


@pytest.mark.parametrize("name", ["one_list", "three_years", "with_sections", "kindergarten"])
def test_a_twin_as_word_file_gives_the_same_plan(name):
    from_word, from_text = outline_of(twin_as_word(name)), read_document(twin(name), "plan.txt").outline
    assert tuple(len(stage.activities) for stage in from_word.stages) == TWINS[name][1]
    assert planned(from_word) == planned(from_text)
    assert [(s.number, s.name, s.goal, s.task, s.result) for s in from_word.stages] == [
        (s.number, s.name, s.goal, s.task, s.result) for s in from_text.stages
    ]
    assert (from_word.title, from_word.organisation, from_word.preamble, from_word.period, from_word.approvals) == (
        from_text.title,
        from_text.organisation,
        from_text.preamble,
        from_text.period,
        from_text.approvals,
    )
    assert from_word.columns == from_text.columns
    # Word says which cells are merged: nothing had to be guessed.
    guessed = {"inherited"}
    assert [one.code for one in from_word.warnings] == [
        one.code for one in from_text.warnings if one.code not in guessed
    ]


def test_the_plan_of_two_columns_is_read_from_a_word_table():
    lines = twin("lost_columns").decode().split("\n")
    rows = [
        ["№", "Наименование этапа", "Содержание деятельности"],
        ["1.", "\n".join(lines[10:14])[3:], "\n".join(lines[15:30])],
        ["2.", "\n".join(lines[31:34])[3:], "\n".join(lines[35:39])],
        ["3.", "\n".join(lines[40:42])[3:], "\n".join(lines[43:50])],
        ["4.", "Отбор и обучение", "\n".join([lines[52][20:], *lines[53:60]])],
        ["5.", "\n".join(lines[61:66])[3:], "\n".join(lines[67:71])],
        ["6.", "\n".join(lines[72:76])[3:], "\n".join(lines[77:83])],
        ["7.", "\n".join(lines[84:88])[3:], "\n".join(lines[89:92])],
    ]
    outline = outline_of(word(rows, before=lines[:4]))
    assert planned(outline) == planned(read_document(twin("lost_columns"), "plan.txt").outline)
    assert outline.stages[5].name == "Завершение персонализированных программ наставничества"


def test_stamps_side_by_side_columns_in_another_order_and_a_row_of_column_numbers():
    document = docx.Document()
    left = "СОГЛАСОВАНО\nПредседатель профкома\n________ Лугова Н.Н.\n«30» августа 2024 г."
    right = "УТВЕРЖДАЮ\nДиректор МБОУ СОШ № 5\n___________ /Полев П.П./\nПриказ № 78-Д от 02.09.2024 г."
    add_table(document, [[left, right]])
    for text in ("План мероприятий («дорожная карта»)", "по внедрению целевой модели", "на 2024/2025 учебный год"):
        document.add_paragraph(text)
    heading = ["№", "Наименование мероприятия", "Ответственный исполнитель/ соисполнители", "Срок исполнения"]
    add_table(
        document,
        [
            [*heading, "Результат. Вид документа"],
            ["1", "2", "3", "4", "5"],
            ["1.", "Издание приказа о внедрении целевой модели наставничества", "Директор", "сентябрь", "Приказ"],
            ["2.", "Обучение наставников", "Куратор", "октябрь", "Программа"],
        ],
    )
    outline = outline_of(saved(document))
    assert outline.title == "План мероприятий («дорожная карта») по внедрению целевой модели на 2024/2025 учебный год"
    assert outline.approvals == (
        Approval("СОГЛАСОВАНО", "Председатель профкома", "Лугова Н.Н.", None, date(2024, 8, 30), None),
        Approval("УТВЕРЖДАЮ", "Директор МБОУ СОШ № 5", "Полев П.П.", "Приказ", date(2024, 9, 2), "78-Д"),
    )
    assert [column.kind for column in outline.columns] == ["number", "activity", "responsible", "term", "result"]
    assert texts(outline)[0] == ["Издание приказа о внедрении целевой модели наставничества"]
    assert outline.stages[3].activities[0].term.windows == ((date(2024, 10, 1), date(2024, 10, 31)),)
    assert outline.dropped[5:] == ("1", "2", "3", "4", "5")
    assert outline.stages[0].activities[0].extra == (("result", "Приказ"),)
    assert outline.stages[3].activities[0].extra == (("result", "Программа"),)
    assert [one.code for one in outline.warnings] == ["stages_guessed"]


def test_roman_headings_over_the_whole_table_are_sections():
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = add_table(
        document,
        [
            HEADING,
            ["I. Нормативная работа", "", "", ""],
            ["1", "Издание приказа о внедрении целевой модели наставничества", "1 квартал 2025", "Директор"],
            ["II. Работа с парами", "", "", ""],
            ["2", "Организация групповой встречи наставников и наставляемых", "2 квартал 2025", "Куратор"],
        ],
    )
    for row in (1, 3):
        table.cell(row, 0).merge(table.cell(row, 3))
    outline = outline_of(saved(document))
    assert [(stage.number, one.number, one.section) for stage in outline.stages for one in stage.activities] == [
        ("1", "1", "I. Нормативная работа"),
        ("5", "2", "II. Работа с парами"),
    ]
    assert [warning.code for warning in outline.warnings] == ["stages_guessed"]
    assert outline.stages[0].activities[0].term.windows == ((date(2025, 1, 1), date(2025, 3, 31)),)


def test_tables_of_stages_with_headings_between_them_are_one_plan():
    document = docx.Document()
    heading = ["Сроки", "Мероприятия", "Ответственные"]
    for text in (TITLE, "Этап 1. Подготовка условий для запуска программы наставничества"):
        document.add_paragraph(text)
    add_table(document, [heading, ["Сентябрь 2024", "Педагогический совет", "Директор"]])
    document.add_paragraph("Этап 2. Формирование базы наставляемых")
    add_table(document, [heading, ["Октябрь 2024", "Анкетирование", "Классные руководители"]])
    document.add_paragraph("Итоги года – III этап")
    document.add_paragraph("III этап. Итоги года")
    add_table(document, [["Май 2025", "Круглый стол", "Куратор"]])
    document.add_paragraph("Исполнитель: Лугова Н.Н.")
    outline = outline_of(saved(document))
    assert [(stage.number, stage.name) for stage in outline.stages] == [
        ("1", "Подготовка условий для запуска программы наставничества"),
        ("2", "Формирование базы наставляемых"),
        ("III", "Итоги года"),
    ]
    assert texts(outline) == [["Педагогический совет"], ["Анкетирование"], ["Круглый стол"]]
    assert outline.columns == (
        Column("term", "Сроки"),
        Column("activity", "Мероприятия"),
        Column("responsible", "Ответственные"),
    )
    assert outline.dropped == (*heading, *heading, "Итоги года – III этап", "Исполнитель: Лугова Н.Н.")


def test_sections_of_the_schools_own_stay_sections():
    rows = [
        HEADING,
        ["1", "Организационная работа", "", ""],
        ["1.1", "Педагогический совет", "август 2024", "Директор"],
        ["2", "Методическая работа", "", ""],
        ["2.1", "Обучение наставников", "октябрь 2024", "Методист"],
    ]
    outline = outline_of(word(rows, before=[TITLE]))
    assert [(stage.number, one.number, one.section) for stage in outline.stages for one in stage.activities] == [
        ("1", "1.1", "1 Организационная работа"),
        ("4", "2.1", "2 Методическая работа"),
    ]
    assert len(outline.stages) == 7
    assert [(one.code, one.where) for one in outline.warnings] == [("stages_guessed", 13), ("stage_unclear", "1.1")]


def test_numbers_that_word_draws_itself_are_counted():
    document = docx.Document()
    rows = [HEADING] + [["", text, "май 2025", "Куратор"] for text in ("Обучение наставников", "Круглый стол")]
    document.add_paragraph(TITLE)
    table = add_table(document, rows)
    own = list_of(document, ("decimal", "%1."))
    for row in table.rows[1:]:
        numbered(row.cells[0].paragraphs[0], number=own)
    outline = outline_of(saved(document))
    assert [one.number for stage in outline.stages for one in stage.activities] == ["1", "2"]


def test_lists_in_a_cell_are_its_activities_and_lists_inside_them_are_not():
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = add_table(
        document,
        [
            ["№", "Этап", "Содержание деятельности", "Срок"],
            ["1", "Отбор и обучение", "Анализ базы\nОбучение наставников\nлекции\nтренинги\nКонсультации", "май 2025"],
        ],
    )
    own = list_of(document, ("decimal", "%1)"), ("bullet", "o"))
    for paragraph, level in zip(table.cell(1, 2).paragraphs, (0, 0, 1, 1, 0), strict=True):
        numbered(paragraph, number=own, level=level)
    outline = outline_of(saved(document))
    assert [(one.number, one.text) for one in outline.stages[0].activities] == [
        ("1", "Анализ базы"),
        ("2", "Обучение наставников\n• лекции\n• тренинги"),
        ("3", "Консультации"),
    ]


def test_a_heading_of_two_rows_and_a_term_in_two_columns():
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = add_table(
        document,
        [
            ["№", "Мероприятие", "Сроки", "", "Ответственный"],
            ["", "", "начало", "окончание", ""],
            ["1", "Обучение наставников", "октябрь 2024", "ноябрь 2024", "Куратор"],
        ],
    )
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    outline = outline_of(saved(document))
    (activity,) = [one for stage in outline.stages for one in stage.activities]
    assert (activity.term.text, activity.term.windows) == (
        "октябрь 2024 – ноябрь 2024",
        ((date(2024, 10, 1), date(2024, 11, 30)),),
    )
    assert activity.responsible.people == (Person("Куратор", None),)
    assert outline.columns[2] == Column("term", "Сроки")
    assert outline.dropped == ("№", "Мероприятие", "Сроки", "Ответственный", "начало", "окончание")


def test_a_term_merged_over_rows_is_every_rows_term_without_a_warning():
    document = docx.Document()
    document.add_paragraph(TITLE)
    rows = [HEADING, ["1", "Обучение наставников", "май 2025", "Куратор"], ["2", "Круглый стол", "", "Директор"]]
    table = add_table(document, rows)
    table.cell(1, 2).merge(table.cell(2, 2))
    outline = outline_of(saved(document))
    assert [one.term.text for stage in outline.stages for one in stage.activities] == ["май 2025"] * 2
    assert [one.code for one in outline.warnings] == ["stages_guessed", "stage_unclear"]


def test_a_title_inside_the_table_above_its_heading_is_the_title():
    document = docx.Document()
    table = add_table(document, [[TITLE, "", "", ""], HEADING, ["1", "Обучение наставников", "май 2025", "Куратор"]])
    table.cell(0, 0).merge(table.cell(0, 3))
    outline = outline_of(saved(document))
    assert outline.title == TITLE
    assert outline.dropped == tuple(HEADING)


def test_deleted_text_is_gone_and_inserted_text_and_boxes_are_read():
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = add_table(document, [HEADING, ["1", "Обучение ", "май 2025", "Куратор"]])
    paragraph = table.cell(1, 1).paragraphs[0]._p
    for tag, text_tag, text in (("w:del", "w:delText", "кураторов"), ("w:ins", "w:t", "наставников")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph.append(change)
    box = parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>УТВЕРЖДАЮ</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Директор П.П. Полев</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    document.paragraphs[0].insert_paragraph_before("")._p.append(box)
    outline = outline_of(saved(document))
    assert texts(outline)[3] == ["Обучение наставников"]
    assert outline.approvals == (Approval("УТВЕРЖДАЮ", "Директор", "П.П. Полев", None, None, None),)


def test_what_is_hidden_in_a_paragraph_does_not_part_its_text():
    document = docx.Document()
    table = add_table(document, [HEADING, ["1", "Встреча", "Октябрь 2026", "Куратор"]])
    document._body._element.insert(0, document.add_paragraph(TITLE)._p)
    paragraph = table.cell(1, 1).paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(100)
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>Приказ № 7</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    paragraph._p.append(parse_xml(f"<w:moveFrom {nsdecls('w')}><w:r><w:t> кураторов</w:t></w:r></w:moveFrom>"))
    paragraph.add_run(" наставников")
    read = read_document(saved(document), "plan.docx")
    assert [line for line in read.lines if "Встреча" in line or "Приказ" in line] == [
        "\tВстреча наставников",
        "Приказ № 7",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_numbers_of_a_list_that_a_style_makes_are_counted(encoding: str):
    document = docx.Document()
    table = add_table(document, [HEADING, *(["", text, "Октябрь 2026", "Куратор"] for text in ("Встреча", "Беседа"))])
    document._body._element.insert(0, document.add_paragraph(TITLE)._p)
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    styled = encoded(saved(document), "word/styles.xml", encoding)
    assert [
        [one.number for one in stage.activities if one.number]
        for stage in outline_of(styled).stages
        if stage.activities
    ] == [["1", "2"]]


def encoded(data: bytes, part: str, encoding: str) -> bytes:
    """A Word file with one of its parts in another encoding."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(
                name, etree.tostring(etree.fromstring(content), encoding=encoding) if name == part else content
            )
    return file.getvalue()


def test_a_plan_without_a_table_is_read_from_the_paragraphs():
    document = docx.Document()
    for text in (
        TITLE,
        "1 этап. Подготовка условий для запуска программы наставничества",
        "1) Педагогический совет",
        "2) Приказ",
        "2 этап. Формирование базы наставляемых",
        "- Анкетирование",
        "3 этап. Формирование базы наставников",
        "- Беседы",
    ):
        document.add_paragraph(text)
    outline = outline_of(saved(document))
    assert [(stage.number, stage.name) for stage in outline.stages] == [
        ("1", "Подготовка условий для запуска программы наставничества"),
        ("2", "Формирование базы наставляемых"),
        ("3", "Формирование базы наставников"),
    ]
    assert texts(outline) == [["Педагогический совет", "Приказ"], ["Анкетирование"], ["Беседы"]]


def test_a_further_cell_merged_with_its_heading_says_nothing():
    paper = draw(
        f"""{TITLE}
| № | Мероприятия | Сроки | Результат |
| 1 | Встреча с педагогами | Октябрь 2023 | ^ |
| 2 | Анкетирование наставников | Октябрь 2023 | Справка |"""
    )
    found = [one for stage in outline_of(paper).stages for one in stage.activities]
    assert [(one.number, one.extra) for one in found] == [("1", ()), ("2", (("result", "Справка"),))]


def test_the_text_is_found_under_another_name_and_without_its_pictures():
    """Some programs call the main part otherwise, and copies lose parts that hold no text."""
    data = word([HEADING, ["1", "Обучение наставников", "май 2025", "Куратор"]], before=[TITLE])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as made:
        for name in old.namelist():
            if name.startswith(("word/document.xml", "_rels", "word/_rels")):
                content = old.read(name).replace(b"document.xml", b"document2.xml")
                made.writestr(name.replace("document.xml", "document2.xml"), content)
    assert texts(outline_of(file.getvalue()))[3] == ["Обучение наставников"]


def test_lines_of_the_source_are_numbered_so_that_an_activity_points_at_its_own():
    reading = read_document(twin_as_word("with_sections"), "plan.docx")
    for stage in reading.outline.stages:
        for activity in stage.activities:
            assert activity.line is not None
            assert activity.text.split()[0] in reading.lines[activity.line - 1]
