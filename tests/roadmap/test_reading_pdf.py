"""PDF: tables over pages, what pages repeat, pages that are turned, columns without rules, stamps, scans."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from html import escape

import pypdf
import pytest
import weasyprint
from PIL import Image

from core.pictures.binding import as_pdf
from roadmap.outline import Approval, Outline
from roadmap.reading import DocumentRefused, read_document
from roadmap.reading.refusals import EmptyDocument, PasswordProtected, PicturesOnly, TooManyPages

TITLE = "Дорожная карта программы наставничества на 2026-2027 учебный год"
HEADING = ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]
LONG = "Проведение анкетирования среди потенциальных наставников, желающих принять участие в программе"
RULED = "td,th{border:1px solid;padding:3px;text-align:left;font-weight:400}table{border-collapse:collapse;width:100%}"


def printed(body: str, style: str = RULED) -> bytes:
    page = f'<html lang="ru"><style>body{{font:11pt sans-serif}}{style}</style><body>{body}</body></html>'
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def table(rows: Iterable[Sequence[str]], heading: Sequence[str] = HEADING, *, repeated: bool = True) -> str:
    tag = "thead" if repeated else "tbody"
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    return (
        f"<table><{tag}><tr>{''.join(f'<th>{text}</th>' for text in heading)}</tr></{tag}><tbody>{body}</tbody></table>"
    )


def plan(count: int) -> list[list[str]]:
    months = ("Октябрь 2026", "Ноябрь 2026", "Май 2027")
    return [
        [str(n), f"{LONG}, часть {n}", months[n % 3], "Куратор, классные руководители"] for n in range(1, count + 1)
    ]


def outline_of(data: bytes) -> Outline:
    return read_document(data, "plan.pdf").outline


def rows_of(outline: Outline) -> list[list[str | None]]:
    found = sorted((one for stage in outline.stages for one in stage.activities), key=lambda one: one.line or 0)
    return [[one.number, one.text, one.term.text, one.responsible.text] for one in found]


def changed(data: bytes, change: Callable[[pypdf.PageObject], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        change(page)
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def scan() -> bytes:
    jpeg = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(jpeg, "JPEG")
    return as_pdf([jpeg.getvalue()])


@pytest.mark.parametrize("repeated", [True, False], ids=["heading repeated", "heading once"])
def test_a_table_goes_on_over_pages_with_what_each_page_repeats_aside(repeated: bool) -> None:
    edges = (
        "@page{@top-center{content:'МБОУ СОШ № 5, план работы'}"
        "@bottom-right{content:'Страница ' counter(page) ' из ' counter(pages)}}"
    )
    rows = plan(60)
    data = printed(f"<h3>{TITLE}</h3>{table(rows, repeated=repeated)}", RULED + edges)
    outline = outline_of(data)
    pages = len(pypdf.PdfReader(io.BytesIO(data)).pages)
    assert pages > 3
    assert rows_of(outline) == rows
    assert outline.title == TITLE
    assert [line for line in outline.dropped if line.startswith("Страница")] == [
        f"Страница {number} из {pages}" for number in range(1, pages + 1)
    ]
    assert outline.dropped.count("МБОУ СОШ № 5, план работы") == pages


def test_a_row_that_a_page_cuts_is_whole_and_a_merged_cell_goes_on_over_pages() -> None:
    lines = [f"{n}) {LONG}, часть {n}" for n in range(1, 61)]
    stage = "<tr><td rowspan=2>1</td><td rowspan=2>Отбор и обучение</td><td>{}</td><td rowspan=2>Май 2027</td></tr>"
    other = "<tr><td>{}</td></tr>"
    heading = "".join(f"<th>{text}</th>" for text in ("№", "Этап", "Содержание", "Сроки"))
    body = f"<tr>{heading}</tr>" + stage.format("<br>".join(lines[:40])) + other.format("<br>".join(lines[40:]))
    outline = outline_of(printed(f"<h3>{TITLE}</h3><table>{body}</table>"))
    (found,) = outline.stages
    assert [(one.number, one.text) for one in found.activities] == [
        (str(n), f"{LONG}, часть {n}") for n in range(1, 61)
    ]
    assert {one.term.text for one in found.activities} == {"Май 2027"}


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("how", ["page turned", "text turned", "both"])
def test_a_turned_page_is_turned_back(degrees: int, how: str) -> None:
    def turn(page: pypdf.PageObject) -> None:
        page.rotate(degrees)
        if how != "page turned":
            page.transfer_rotation_to_content()
        if how == "both":
            page.rotate(-degrees)

    rows = plan(20)
    assert rows_of(outline_of(changed(printed(f"<p>{TITLE}</p>{table(rows)}"), turn))) == rows


def test_a_heading_that_stands_on_its_side_is_read() -> None:
    narrow = "<th style='width:20px;height:120px'><div style='transform:rotate(-90deg);white-space:nowrap;width:20px'>{}</div></th>"
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in plan(3))
    heading = "<th>№ п/п</th><th>Мероприятие</th>" + narrow.format("Сроки") + "<th>Ответственный</th>"
    outline = outline_of(printed(f"<p>{TITLE}</p><table><tr>{heading}</tr>{rows}</table>"))
    assert [column.title for column in outline.columns] == HEADING


def test_words_that_were_divided_are_whole() -> None:
    text = "Информирование педагогического сообщества образовательной организации о наставничестве"
    style = RULED + "td{hyphens:auto}td:nth-child(2){width:70px}table{table-layout:fixed}"
    data = printed(
        f"<p>{TITLE}</p>{table([['1', text, 'Май 2027', 'Куратор'], ['2', text, 'Май 2027', 'Куратор']])}", style
    )
    said = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "-\n" in said.replace("\u2010", "-")
    assert [row[1] for row in rows_of(outline_of(data))] == [text, text]


def test_stamps_stand_side_by_side_without_rules() -> None:
    left = "СОГЛАСОВАНО<br>Председатель профкома<br>Лугова Н.Н."
    right = "УТВЕРЖДАЮ<br>Директор МБОУ СОШ № 5<br>Полев П.П."
    stamps = f"<table class=s><tr><td>{left}</td><td>{right}</td></tr></table>"
    style = RULED + ".s td{border:0;width:50%}"
    outline = outline_of(printed(f"{stamps}<p>{TITLE}</p>{table(plan(2))}", style))
    assert outline.approvals == (
        Approval("СОГЛАСОВАНО", "Председатель профкома", "Лугова Н.Н.", None, None, None),
        Approval("УТВЕРЖДАЮ", "Директор МБОУ СОШ № 5", "Полев П.П.", None, None, None),
    )
    assert outline.title == TITLE


def test_the_stamp_of_a_signature_is_put_aside() -> None:
    stamp = (
        "<div style='border:2px solid;width:300px;padding:5px'>ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ<br>"
        "Сертификат: 00E5A1<br>Владелец: Полев Пётр<br>Действителен: с 01.09.2026 до 01.12.2027</div>"
    )
    rows = plan(3)
    outline = outline_of(printed(f"<p>{TITLE}</p>{table(rows)}<br>{stamp}"))
    assert rows_of(outline) == rows
    assert [one.code for one in outline.warnings if one.code == "signature_stamp"] == ["signature_stamp"]


def test_columns_without_rules_are_columns() -> None:
    rows = plan(30)
    style = "td,th{padding:4px 10px;text-align:left;font-weight:400;vertical-align:top}th:nth-child(3){width:90px}"
    assert rows_of(outline_of(printed(f"<p>{TITLE}</p>{table(rows, repeated=False)}", style))) == rows


def test_a_plan_without_columns_is_read_from_its_lines() -> None:
    stages = ("Подготовка условий для запуска программы наставничества", "Формирование базы наставляемых",
              "Формирование базы наставников")  # fmt: skip
    body = "".join(f"<p>{n} этап. {name}<br>1) {LONG}<br>2) Приказ</p>" for n, name in enumerate(stages, 1))
    outline = outline_of(printed(f"<p>{TITLE}</p>{body}"))
    assert [(stage.name, [one.text for one in stage.activities]) for stage in outline.stages] == [
        (name, [LONG, "Приказ"]) for name in stages
    ]


def test_a_scan_says_that_it_is_one() -> None:
    with pytest.raises(PicturesOnly) as refused:
        read_document(scan(), "plan.pdf")
    assert refused.value.message == (
        "В файле только картинки страниц, текста в нём нет: загрузите тот файл, с которого печатали скан "
        "(.docx, .xlsx, .pdf, .txt, .odt, .doc, .rtf), или сначала распознайте текст."
    )


def test_a_page_that_is_only_a_picture_is_named_among_what_was_left_out() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(printed(f"<p>{TITLE}</p>{table(plan(3))}")))
    writer.append(io.BytesIO(scan()))
    outline = outline_of(written(writer))
    assert len(rows_of(outline)) == 3
    assert outline.dropped[-1] == "Страница 2 – только картинка: что на ней написано, прочитать не удалось."


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(printed(f"<p>{TITLE}</p>{table(plan(3))}")))
    writer.encrypt(user_password=password, owner_password="владелец")
    return written(writer)


def empty(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    return written(writer)


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: encrypted("тайна"), PasswordProtected),
        (lambda: empty(61), TooManyPages),
        (lambda: empty(2), EmptyDocument),
    ],
    ids=["password", "pages", "empty"],
)
def test_what_is_not_read_is_refused_in_words(made: Callable[[], bytes], refusal: type[DocumentRefused]) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document(made(), "plan.pdf")
    assert type(refused.value) is refusal


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert len(rows_of(outline_of(encrypted("")))) == 3
