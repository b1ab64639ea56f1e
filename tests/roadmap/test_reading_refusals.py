"""What is no roadmap is refused with one sentence that says what it was and what to bring."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import docx
import pytest

from roadmap.reading import DocumentRefused, read_document
from roadmap.reading.kinds import accepted_endings
from roadmap.reading.refusals import (
    Bloated,
    BrokenDocument,
    CarriesMacros,
    EmptyDocument,
    Misnamed,
    NeedsOffice,
    NotARoadmap,
    OtherSheets,
    PasswordProtected,
    TooLarge,
    TooLong,
    Undecodable,
    UnknownFormat,
)
from tests.roadmap.documents import saved, twin, twin_as_word, word

OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 2, 0, 0, 0) + b"\0" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 64
HEADING = ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]
PLAN = word([HEADING, ["1", "Обучение наставников", "май 2025", "Куратор"]], before=["Дорожная карта"])
RELATION = b"""<Relationships><Relationship Type="x/officeDocument" Target="word/document2.xml"/></Relationships>"""


def ole(stream: str) -> bytes:
    return OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def package(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """A Word file with parts added or put in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (kept | named).items():
            made.writestr(name, content)
    return file.getvalue()


def many_entries() -> bytes:
    return with_parts(PLAN, **{f"word__media__{count}_dot_png": b"" for count in range(500)})


def with_doctype() -> str:
    """The text of a good document, below a document type that declares an entity."""
    with zipfile.ZipFile(io.BytesIO(PLAN)) as opened:
        text = opened.read("word/document.xml").decode()
    return '<!DOCTYPE w:document [<!ENTITY a "aaaa">]>' + text[text.index("<w:document") :]


REFUSED = {
    "nothing": (b"", "plan.txt", EmptyDocument),
    "nothing but spaces": (b" \n\t\n", "plan.txt", EmptyDocument),
    "fifty megabytes": (b"a" * (50 * 1024 * 1024), "plan.txt", TooLarge),
    "a book": (("слово " * 400_000).encode(), "plan.txt", TooLong),
    "a log": (b"1\n" * 30_000, "plan.txt", TooLong),
    "a picture": (PNG, "plan.png", UnknownFormat),
    "a torn PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "plan.pdf", BrokenDocument),
    "a PDF named .docx is read as what it is": (b"%PDF-1.7\n", "plan.docx", BrokenDocument),
    "a web page": (b"<!DOCTYPE html><html></html>", "plan.html", UnknownFormat),
    "a torn spreadsheet": (package(xl__workbook_dot_xml=b"<x/>"), "plan.xlsx", BrokenDocument),
    "a spreadsheet in binary": (package(xl__workbook_dot_bin=b"x"), "plan.xlsb", OtherSheets),
    "an open spreadsheet": (package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "x.ods", OtherSheets),
    "an open presentation": (package(mimetype=b"application/vnd.oasis.opendocument.graphics"), "x.odg", UnknownFormat),
    "a picture named .docx": (PNG, "plan.docx", Misnamed),
    "another picture named .docx": (JPEG, "ПЛАН.DOCX", Misnamed),
    "bytes named .docx": (bytes(range(256)) * 8, "plan.docx", Misnamed),
    "an old spreadsheet": (ole("Workbook\0"), "plan.xls", OtherSheets),
    "a spreadsheet of the nineties": (ole("Book\0"), "plan.xls", OtherSheets),
    "an old message": (ole("__substg1.0_\0"), "plan.msg", UnknownFormat),
    "a document under a password": (ole("EncryptedPackage\0"), "plan.docx", PasswordProtected),
    "a zip": (package(readme_dot_txt=b"x"), "plan.zip", UnknownFormat),
    "a zip named .docx": (package(readme_dot_txt=b"x"), "plan.docx", Misnamed),
    "a zip named .pdf": (package(readme_dot_txt=b"x"), "plan.pdf", Misnamed),
    "a torn .docx": (PLAN[: len(PLAN) // 2], "plan.docx", BrokenDocument),
    "a .docx of a few bytes": (b"PK\x03\x04", "plan.docx", BrokenDocument),
    "a .docx whose text is no XML": (with_parts(PLAN, word__document_dot_xml=b"<w:document"), "x.docx", BrokenDocument),
    "a .docx whose text is missing": (
        package(word__styles_dot_xml=b"<a/>", _rels___dot_rels=RELATION),
        "x.docx",
        BrokenDocument,
    ),
    "a .docx without a body": (with_parts(PLAN, word__document_dot_xml=b"<a/>"), "x.docx", BrokenDocument),
    "a .docx with entities": (
        with_parts(PLAN, word__document_dot_xml=with_doctype().encode()),
        "x.docx",
        BrokenDocument,
    ),
    "a .docx with entities in UTF-16": (
        with_parts(PLAN, word__document_dot_xml=with_doctype().encode("utf-16")),
        "x.docx",
        BrokenDocument,
    ),
    "a .docx with macros": (with_parts(PLAN, word__vbaProject_dot_bin=b"x"), "x.docx", CarriesMacros),
    "a bomb of one part": (with_parts(PLAN, word__bomb_dot_bin=b"\0" * (40 << 20)), "x.docx", Bloated),
    "a bomb of XML": (with_parts(PLAN, word__styles_dot_xml=b"<a>" + b" " * (11 << 20)), "x.docx", Bloated),
    "five hundred parts": (many_entries(), "x.docx", Bloated),
    "a .docx without a word": (saved(docx.Document()), "x.docx", NotARoadmap),
    "a letter": ("Уважаемые коллеги! Приглашаем вас на совещание.".encode(), "x.txt", NotARoadmap),
    "a letter in Word": (word([["Фамилия", "Класс"], ["Иванов", "5"]], before=["Список"]), "x.docx", NotARoadmap),
    "two stages are not enough": (
        "1. Формирование базы наставляемых\n2. Формирование базы наставников\n".encode(),
        "x.txt",
        NotARoadmap,
    ),
    "Latin letters of another code page": ("Zażółć gęślą jaźń".encode("cp1250") * 9, "x.txt", Undecodable),
    "UTF-8 with a broken byte": (twin("one_list").replace("й".encode(), b"\xd0", 1), "x.txt", Undecodable),
    "half a letter of UTF-16": ("Дорожная карта".encode("utf-16")[:-1], "x.txt", Undecodable),
    "bytes that are no text": (b"\x00\x01\x02\x03plan" * 50, "x.txt", Undecodable),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_for_its_own_reason(what):
    data, name, refusal = REFUSED[what]
    with pytest.raises(DocumentRefused) as refused:
        read_document(data, name)
    assert type(refused.value) is refusal


@pytest.mark.parametrize("refusal", DocumentRefused.__subclasses__())
def test_the_reason_is_one_plain_russian_sentence(refusal):
    message = re.sub(r"\.(docx|xlsx|doc|odt|pdf|rtf|txt)\b", "", refusal().message)
    assert re.fullmatch(r"[А-ЯЁ][^.!?]*\.", message), message


def test_an_unknown_kind_of_file_is_told_what_is_accepted():
    assert UnknownFormat().message == (
        "Файлы этого вида прочитать нельзя: загрузите дорожную карту в одном из этих видов – "
        ".docx, .xlsx, .pdf, .txt, .odt, .doc, .rtf."
    )


def test_where_libreoffice_is_missing_its_kinds_are_not_accepted(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert accepted_endings() == (".docx", ".xlsx", ".pdf", ".txt")
    for data in (ole("WordDocument\0"), rb"{\rtf1 plan}", package(mimetype=OPEN_TEXT)):
        with pytest.raises(NeedsOffice) as refused:
            read_document(data, "plan")
        assert refused.value.message == (
            "Для таких файлов нужен LibreOffice, а на этом сервере его нет: откройте файл в Word, "
            "сохраните как .docx и загрузите (здесь принимаются: .docx, .xlsx, .pdf, .txt)."
        )


def test_codes_are_different():
    refusals = DocumentRefused.__subclasses__()
    assert len({refusal.code for refusal in refusals}) == len(refusals)


def test_the_size_written_in_a_package_is_not_believed():
    """A part that says it is small and unpacks to more does not get through."""
    listed = docx.Document()
    listed.add_paragraph("Дорожная карта", style="List Bullet")
    data = bytearray(with_parts(saved(listed), word__numbering_dot_xml=b"<a>" + b"x" * 100_000 + b"</a>"))
    size = struct.pack("<I", 100_007)
    place = data.find(size)
    while place >= 0:
        data[place : place + 4] = struct.pack("<I", 50)
        place = data.find(size, place + 4)
    with pytest.raises(BrokenDocument):
        read_document(bytes(data), "x.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("name", ["plan.txt", "plan.docx", "plan", "план.pdf"])
def test_a_text_is_read_in_any_of_its_encodings_and_under_any_name(encoding, name):
    text = twin("kindergarten").decode()
    outline = read_document(text.encode(encoding), name).outline
    assert outline == read_document(twin("kindergarten"), "plan.txt").outline


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_machine_are_the_same(ending):
    data = twin("with_sections").decode().replace("\n", ending).encode()
    assert read_document(data, "plan.txt") == read_document(twin("with_sections"), "plan.txt")


def test_a_word_file_is_read_under_any_name():
    data = twin_as_word("kindergarten")
    assert read_document(data, "plan.txt") == read_document(data, "plan.docx")
