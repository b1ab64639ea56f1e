"""Spreadsheets as schools keep them, in each format, made for the tests."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Sequence[Any]]
HEAD = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Класс")
ROW = ("Ёлкина", "Зоя", "Петровна", "05.03.2012", "7Б")


def workbook(*sheets: Rows, merged: Sequence[str] = (), hidden: Sequence[int] = (), epoch: Any = None) -> Any:
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    if epoch:
        book.epoch = epoch
    for place, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Лист{place}")
        for row in rows:
            sheet.append(list(row))
        if place == 1:
            for area in merged:
                sheet.merge_cells(area)
        if place in hidden:
            sheet.sheet_state = "hidden"
    return book


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(*sheets: Rows, **more: Any) -> bytes:
    return saved(workbook(*sheets, **more))


def text(rows: Rows, *, divider: str = ";", encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=divider, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode(encoding)


def ods_cell(text: str) -> str:
    """A cell of text; «#REF!» is an error, which is a text with a mark."""
    mark = ' calcext:value-type="error"' if text == "#REF!" else ""
    kind = f'office:value-type="string" office:string-value=""{mark}' if mark else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(text)}</text:p></table:table-cell>"


def ods(rows: Rows) -> bytes:
    """An OpenDocument sheet of texts, as LibreOffice writes it, the columns it does not use repeated."""
    cells = "".join(
        "<table:table-row>"
        + "".join(ods_cell(str(one)) for one in row)
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Лист1">{cells}<table:table-row table:number-rows-repeated="900000">'
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


OFFICE = shutil.which("soffice")


def by_office(data: bytes, ending: str) -> bytes:
    """An .xlsx as LibreOffice writes it anew, in a folder of its own."""
    assert OFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.xlsx").write_bytes(data)
        home = f"-env:UserInstallation=file://{folder}/home"
        command = [OFFICE, home, "--headless", "--convert-to", ending, "--outdir", folder, f"{folder}/a.xlsx"]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return (Path(folder) / f"a.{ending}").read_bytes()
