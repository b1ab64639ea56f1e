"""The hostile spreadsheet collection: each either comes in right or is refused by row, with a reason, or as a whole."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from participants.sheets.opening import open_book
from participants.sheets.refusals import SheetRefused
from participants.sheets.rows import RowRead, rows_of
from participants.sheets.table import find_table
from tests.participants.spreadsheets import HEAD, OFFICE, ROW, by_office, ods, saved, text, workbook, xlsx

TODAY = date(2026, 11, 23)
ZOYA = {
    "surname": "Ёлкина",
    "given_name": "Зоя",
    "patronymic": "Петровна",
    "birth_date": "2012-03-05",
    "class_name": "7 «Б»",
}
BORN = ("ФИО", "Дата рождения")


def read(data: bytes, side: str = "mentee") -> list[RowRead]:
    return list(rows_of(find_table(open_book(data), side), side, TODAY))


def only(data: bytes) -> RowRead:
    (row,) = read(data)
    return row


def refusal(data: bytes) -> str:
    with pytest.raises(SheetRefused) as refused:
        read(data)
    return refused.value.code


# ---------------------------------------------------------------- where the headings stand


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([("Список 7 «Б» класса", None, None, None, None), HEAD, ROW], ["A1:E1"]),
        ([("ФИО", None, None, "Дата рождения", "Класс"), ROW], ["A1:C1"]),
        ([("ФИО", "", "", "Дата рождения", "Класс"), ("", "", "", "", ""), ROW], ["A1:C2", "D1:D2", "E1:E2"]),
    ],
    ids=["a title over all", "over the parts of a name", "over two rows"],
)
def test_merged_headings_are_read(rows: Any, merged: list[str]) -> None:
    assert only(xlsx(rows, merged=merged)).values == ZOYA


@pytest.mark.parametrize("above", [0, 1, 4, 12])
def test_headings_are_found_wherever_the_table_begins(above: int) -> None:
    title = [("МБОУ «Школа № 4»",), (), ("Сведения об учениках на 1 сентября",), ("Исполнитель: Лесная А. П.",)]
    rows = [*title, *[()] * 8][:above]

    row = only(xlsx([*rows, HEAD, ROW]))

    assert (row.number, row.values) == (above + 2, ZOYA)


@pytest.mark.parametrize(
    ("title", "merged"),
    [(("Список",), []), ((None, None, "Список"), []), (("Список",), ["A1:E1"]), ((None, "Список"), ["B1:D1"])],
)
def test_a_title_right_above_the_headings_is_no_part_of_them(title: tuple[str | None, ...], merged: list[str]) -> None:
    table = find_table(open_book(xlsx([title, HEAD, ROW], merged=merged)), "mentee")

    assert [column.header for column in table.columns] == list(HEAD)


def test_a_group_that_stands_alone_over_some_headings_is_read_with_them() -> None:
    row = only(
        xlsx(
            [(*[None] * 5, "Родитель"), (*HEAD, "ФИО", "Телефон"), (*ROW, "Ёлкина Анна Ивановна", "89001234567")],
            merged=["F1:G1"],
        )
    )

    assert (row.values, [one["surname"] for one in row.signers]) == (ZOYA, ["Ёлкина"])


@pytest.mark.parametrize("merged", [["B1:F1", "G1:H1", "A1:A2"], []], ids=["merged", "not merged"])
def test_two_rows_of_headings_are_read_together(merged: list[str]) -> None:
    groups = ("№", "Обучающийся", None, None, None, None, "Родитель", None)
    below = (None, *HEAD, "ФИО", "Телефон")

    row = only(xlsx([groups, below, (1, *ROW, "Ёлкина Анна Ивановна", "89001234567")], merged=merged))

    assert row.values == ZOYA
    assert [(one["surname"], one["phone"], one["authority"]) for one in row.signers] == [
        ("Ёлкина", "+7 900 123-45-67", "mother")
    ]


def test_the_row_of_numbers_beneath_the_headings_is_nobody() -> None:
    assert [row.number for row in read(xlsx([HEAD, (1, 2, 3, 4, 5), ROW]))] == [3]


def test_headings_repeated_on_each_printed_page_are_nobody() -> None:
    assert [row.number for row in read(xlsx([HEAD, ROW, HEAD, ROW]))] == [2, 4]


def test_a_sheet_without_headings_is_refused() -> None:
    assert refusal(xlsx([ROW, ROW])) == "header"


# ---------------------------------------------------------------- sheets


def test_hidden_sheets_are_passed_over_and_named() -> None:
    data = xlsx([HEAD, ("Скрытый", "Иван", "", "05.03.2012", "7Б")], [HEAD, ROW], hidden=(1,))

    assert only(data).values == ZOYA
    assert open_book(data).hidden == ("Лист1",)


def test_the_first_sheet_with_people_is_read() -> None:
    assert only(xlsx([("Пояснения к таблице",)], [HEAD], [HEAD, ROW])).values == ZOYA


def test_a_book_whose_sheets_are_all_hidden_but_empty_is_refused() -> None:
    assert refusal(xlsx([HEAD, ROW], [()], hidden=(1,))) == "empty"


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    "said",
    [
        "05.03.2012", "5.3.2012", "05/03/2012", "2012-03-05", "5 марта 2012 г.", "05.03.12", "5-мар-2012", "05.03.2012 г.",
        "2012-03-05 00:00:00", "05 03 2012", "5.III.2012", "40973", "«5» марта 2012 года",
        40973, 40973.0, date(2012, 3, 5), datetime(2012, 3, 5, 0, 0),
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(said: Any) -> None:
    assert only(xlsx([BORN, ("Ёлкина Зоя", said)])).values["birth_date"] == "2012-03-05"


@pytest.mark.parametrize("said", [39511, date(2012, 3, 5)])
def test_days_of_a_book_that_counts_from_1904_are_right(said: Any) -> None:
    data = xlsx([BORN, ("Ёлкина Зоя", said)], epoch=CALENDAR_MAC_1904)

    assert only(data).values["birth_date"] == "2012-03-05"


@pytest.mark.parametrize("said", ["31.02.2012", "05.13.2012", "вчера", "05.03.1812", "05.03.2027", "7Б", 3, "12.2012"])
def test_what_is_no_birth_date_is_refused_at_its_cell(said: Any) -> None:
    assert list(only(xlsx([BORN, ("Ёлкина Зоя", said)])).errors) == ["birth_date"]


def test_a_year_alone_is_a_year() -> None:
    assert only(xlsx([BORN, ("Ёлкина Зоя", 2012)])).values["birth_year"] == 2012


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ЁЛКИНА ЗОЯ ПЕТРОВНА", ("Ёлкина", "Зоя", "Петровна")),
        ("ёлкина зоя", ("Ёлкина", "Зоя", "")),
        ("  Ёлкина   Зоя\u00a0 Петровна ", ("Ёлкина", "Зоя", "Петровна")),
        ("Ёлкина\nЗоя Петровна", ("Ёлкина", "Зоя", "Петровна")),
        ("САЛТЫКОВ-ЩЕДРИН ЛЕВ", ("Салтыков-Щедрин", "Лев", "")),
        ("Зоя Петровна Ёлкина", ("Ёлкина", "Зоя", "Петровна")),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Ёлкинa Зоя", ("Ёлкина", "Зоя", "")),  # the last letter of the surname is Latin
    ],
)
def test_names_are_read_however_they_are_written(said: str, name: tuple[str, ...]) -> None:
    row = only(xlsx([("ФИО",), (said,)]))

    assert (row.values["surname"], row.values["given_name"], row.values["patronymic"]) == name


@pytest.mark.parametrize("missing", [None, "", "-", "нет", "—"])
def test_a_patronymic_may_be_missing(missing: Any) -> None:
    assert only(xlsx([HEAD, (*ROW[:2], missing, *ROW[3:])])).values == ZOYA | {"patronymic": ""}


@pytest.mark.parametrize(
    "said",
    [
        "Ёлкина Зоя Петровна, Белых Лев Ильич",
        "Ёлкина Зоя и Белых Лев",
        "Ёлкина Зоя\nБелых Лев",
        "Ёлкина Зоя Петровна Белых Лев Ильич",
        "Ёлкина Зоя / Белых Лев",
    ],
)
def test_two_people_in_a_cell_are_refused(said: str) -> None:
    assert only(xlsx([("ФИО",), (said,)])).errors == {
        "full_name": "Здесь больше одного человека: каждому нужна своя строка."
    }


@pytest.mark.parametrize("said", ["Ёлкина З. П.", "Ёлкина", "12345", "Ёлкина <b>Зоя</b>", "=1+1 Зоя"])
def test_what_is_no_whole_name_is_refused(said: str) -> None:
    book = workbook([("ФИО",), ("",)])
    cell = book.active["A2"]
    cell.value, cell.data_type = said, "s"

    assert list(only(saved(book)).errors) == ["full_name"]


# ---------------------------------------------------------------- rows, formulas, errors


def test_empty_rows_are_nobody_and_keep_the_numbers() -> None:
    rows = read(xlsx([HEAD, ROW, (), ("", None, " "), ROW, ()]))

    assert [row.number for row in rows] == [2, 5]


def test_thirty_thousand_empty_rows_cost_nothing() -> None:
    book = workbook([HEAD, ROW])
    page = book.active
    for number in range(3, 30_003):
        page.cell(number, 1).font = Font(bold=True)
    page.cell(30_010, 1, "Белых")
    page.cell(30_010, 2, "Лев")

    assert [row.number for row in read(saved(book))] == [2, 30_010]


def with_cell(kind: str, inside: str) -> bytes:
    """A sheet whose cell B2 is written by hand, as Excel writes formulas."""
    data = io.BytesIO(xlsx([BORN, ("Ёлкина Зоя", "XX")]))
    made = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                begin = content.index(b'<c r="B2"')
                end = content.index(b"</c>", begin) + 4
                content = content[:begin] + f'<c r="B2"{kind}>{inside}</c>'.encode() + content[end:]
            new.writestr(part, content)
    return made.getvalue()


def test_the_value_of_a_formula_is_taken() -> None:
    assert only(with_cell("", "<f>A1+1</f><v>40973</v>")).values["birth_date"] == "2012-03-05"
    assert only(with_cell(' t="str"', "<f>A1</f><v>05.03.2012</v>")).values["birth_date"] == "2012-03-05"


@pytest.mark.parametrize("inside", ["<f>A1</f><v></v>", "<f>A1</f><v/>", "<f>A1</f>", '<f t="shared" si="0"/>'])
def test_a_formula_nobody_has_worked_out_is_refused_at_its_cell(inside: str) -> None:
    assert list(only(with_cell("", inside)).errors) == ["birth_date"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_of_the_spreadsheet_is_refused_at_its_cell(error: str) -> None:
    assert list(only(with_cell(' t="e"', f"<f>A1</f><v>{error}</v>")).errors) == ["birth_date"]
    assert list(only(with_cell(' t="e"', f"<v>{error}</v>")).errors) == ["birth_date"]


def test_an_error_in_an_open_document_is_refused_at_its_cell() -> None:
    assert list(only(ods([BORN, ("Ёлкина Зоя", "#REF!")])).errors) == ["birth_date"]


@pytest.mark.skipif(OFFICE is None, reason="nobody writes an .xls here")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_old_book_is_read_with_its_days_its_formulas_and_its_errors(ending: str) -> None:
    head = (*BORN, "Класс", "Телефон матери", "ФИО матери", "Год рождения")
    rows = [
        ("Ёлкина Зоя", date(2012, 3, 5), "7Б", 89001234567, "Ёлкина Анна Ивановна", "=2000+12"),
        ("Белых Лев", "=1/0", "7Б", "", "", ""),
    ]

    first, second = read(by_office(xlsx([("Список",), head, *rows], [("",)], hidden=(2,)), ending))

    assert first.values == ZOYA | {"patronymic": "", "birth_year": 2012}
    assert first.signers[0]["phone"] == "+7 900 123-45-67"
    assert (second.number, list(second.errors)) == (4, ["birth_date"])


@pytest.mark.parametrize("error", ["#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "Err:502", "########"])
def test_an_error_in_a_text_is_refused_at_its_cell(error: str) -> None:
    assert list(only(text([BORN, ("Ёлкина Зоя", error)])).errors) == ["birth_date"]


def test_a_cell_longer_than_any_is_refused_at_its_place() -> None:
    assert list(only(xlsx([("ФИО", "Запрос"), ("Ёлкина Зоя", "а" * 5000)])).errors) == ["request"]


# ---------------------------------------------------------------- encodings and kinds


@pytest.mark.parametrize("divider", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "cp866"]
)
def test_text_is_read_in_every_usual_encoding(encoding: str, divider: str) -> None:
    assert only(text([HEAD, ROW], divider=divider, encoding=encoding)).values == ZOYA


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_capitals_do_not_mislead_about_the_encoding(encoding: str) -> None:
    rows = [[one.upper() for one in row] for row in (HEAD, ROW)]

    assert only(text(rows, encoding=encoding)).values == ZOYA


def test_a_line_that_names_the_divider_is_obeyed() -> None:
    row = only(b"sep=,\r\n" + text([HEAD, ROW], divider=","))

    assert (row.number, row.values) == (3, ZOYA)


@pytest.mark.parametrize(
    "data",
    [
        text([HEAD, ROW]).decode("cp1251", "replace").encode(),  # read in a wrong encoding and saved so
        text([HEAD, ROW], encoding="cp1251").decode("latin-1").encode(),
        text([HEAD, ROW], encoding="cp1251").decode("utf-8", "replace").encode(),
    ],
    ids=["utf-8 as cp1251", "cp1251 as latin-1", "letters lost"],
)
def test_letters_that_are_lost_are_refused(data: bytes) -> None:
    assert refusal(data) in {"header", "letters"}


def test_a_name_whose_letters_were_lost_is_refused_at_its_cell() -> None:
    assert list(only(text([("ФИО",), ("Ёлк\ufffdна Зоя",)])).errors) == ["full_name"]


def test_an_open_document_is_read_and_its_endless_rows_are_not() -> None:
    assert only(ods([HEAD, ROW])).values == ZOYA


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0" * 1000, "letters"),
        (b"%PDF-1.7 something", "kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "kind"),
        (b"<html><table><tr><td>\xd0\xa4\xd0\x98\xd0\x9e</td></tr></table></html>", "markup"),
        (b"PK\x03\x04" + b"\0" * 50, "torn"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kind"),
        (xlsx([HEAD, ROW])[:-200], "torn"),
        (xlsx([()]), "empty"),
        (b"x" * (20 * 1024 * 1024 + 1), "size"),
    ],
    ids=["nothing", "zeros", "pdf", "png", "web page", "torn zip", "empty ole", "cut short", "no row", "too large"],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    assert refusal(data) == code


# ---------------------------------------------------------------- bombs


def packed(**parts: bytes) -> bytes:
    """A sound workbook with parts put in or put in the place of others."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([HEAD, ROW]))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part, old.read(part))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(b'<!ENTITY b%d "%s">' % (n, (b"&b%d;" % (n - 1) if n else b"&b;") * 10) for n in range(12))
    + b']><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b11;</t></is></c></row></sheetData></worksheet>'
)
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (packed(**{"xl/media/a.bin": b"\0" * 60_000_000}), {"bloated"}),
        (packed(**{f"xl/media/{n}.bin": b"" for n in range(600)}), {"bloated"}),
        (packed(**{"xl/vbaProject.bin": b"x"}), {"macros"}),
        (packed(**{"xl/worksheets/sheet1.xml": ENTITIES}), {"torn", "bloated", "header", "empty"}),
        (packed(**{"xl/worksheets/sheet1.xml": FAR}), {"torn", "bloated", "wide"}),
        (xlsx([HEAD, *[ROW] * 20_001]), {"long"}),
        (xlsx([[*HEAD, *["x"] * 60], ROW]), {"wide"}),
        (text([HEAD, *[ROW] * 20_001]), {"long"}),
    ],
    ids=[
        "swells",
        "many parts",
        "macros",
        "entities",
        "a cell at the end of the world",
        "rows",
        "columns",
        "rows of text",
    ],
)
def test_bombs_are_refused(data: bytes, codes: set[str]) -> None:
    assert refusal(data) in codes


def test_a_book_under_a_password_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage\0".encode("utf-16-le")

    assert refusal(ole) == "password"


def test_twenty_thousand_rows_are_read() -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for row in ([HEAD], *([ROW] for _ in range(19_999))):
        page.append(row[0])

    assert len(read(saved(book))) == 19_999
