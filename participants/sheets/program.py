"""The program that opens a spreadsheet a stranger sent: a process of its own, with nothing of ours in it.

Input: the file on stdin; `{"rows", "columns", "letters", "memory", "seconds"}` as JSON in the first argument. Output:
JSON, either `{"refused": reason}` or `{"sheets": [sheet, …], "hidden": [name, …], "is_1904": bool}`. A sheet is
`{"name", "rows": [[number, [text, …]], …], "merged": [[top, left, bottom, right], …]}`: rows with something in them
under the numbers that a person sees, merged ranges in rows and columns counted from 1. A formula nobody has worked
out is the text `UNCOUNTED`.
"""

from __future__ import annotations

import codecs
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import filetype
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

# A program that is started by itself finds nothing of ours by itself.
sys.path.append(str(Path(__file__).resolve().parents[2]))
from core.confinement import confine
from participants.sheets.lost_cells import Place, lost_in_ods, lost_in_xls
from participants.sheets.texts import Undecodable, rows_of_text

MAX_ENTRIES = 500
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
UNCOUNTED = "=?"
MACROS = ("vbaproject.bin", "basic/script-lc.xml", "basic/dialog-lc.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED, WORKBOOK, BOOK = (f"{name}\0".encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book"))
DATEMODE_1904 = b"\x22\x00\x02\x00\x01\x00"
MARKUP = re.compile(rb"<!doctype|<html|<\?xml|<table|<meta", re.IGNORECASE)
SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
MARKED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>(.*?)</c>', re.DOTALL)
VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")


class Refused(Exception):
    """The reason, for which `participants.sheets.refusals` has the words."""


def read(data: bytes, limits: Mapping[str, int]) -> dict[str, Any]:
    """The sheets that are seen, each with its texts; text itself is one sheet without a name."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _book(data, _package(data), limits)
    if data.startswith(OLE):
        return _book(data, {}, limits, is_1904=_old(data))
    head = data[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if MARKUP.match(head):
        raise Refused("markup")
    if head.startswith((b"%PDF", b"{\\rtf")) or filetype.guess(data[:8192]) is not None:
        raise Refused("kind")
    try:
        rows = list(_limited(enumerate(rows_of_text(data), 1), limits, 0))
    except Undecodable:
        raise Refused("letters") from None
    return {"sheets": [{"name": "", "rows": rows, "merged": []}], "hidden": [], "is_1904": False}


def _package(data: bytes) -> dict[str, bytes]:
    """The parts of a container that are looked into beside the library; refuses what would swell."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = package.infolist()
        names = {entry.filename for entry in entries}
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
            raise Refused("bloated")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("password")
        if any(name.lower().endswith(MACROS) for name in names):
            raise Refused("macros")
        if "xl/workbook.xml" in names:
            return {name: package.read(name) for name in names if name.startswith("xl/") and _is_told(name)}
        if "mimetype" in names and b"spreadsheet" in package.read("mimetype")[:100]:
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise Refused("password")
            return {}
    raise Refused("kind")


def _is_told(name: str) -> bool:
    return name in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} or name.startswith("xl/worksheets/sheet")


def _old(data: bytes) -> bool:
    """Whether the days of an .xls are counted from 1904."""
    if ENCRYPTED in data:
        raise Refused("password")
    if WORKBOOK not in data and BOOK not in data:
        raise Refused("kind")
    return DATEMODE_1904 in data


def _book(
    data: bytes, parts: Mapping[str, bytes], limits: Mapping[str, int], *, is_1904: bool = False
) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets: list[dict[str, Any]] = []
    hidden, count = [], 0
    lost = _lost(data, parts, [about.name for about in book.sheets_metadata])
    for about in book.sheets_metadata:
        if about.visible != SheetVisibleEnum.Visible:
            hidden.append(about.name)
        elif about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            rows = list(_limited(_texts(sheet, lost.get(about.name, {})), limits, count))
            count += len(rows)
            ranges = sheet.merged_cell_ranges or []
            merged = [[top + 1, left + 1, low + 1, right + 1] for (top, left), (low, right) in ranges]
            sheets.append({"name": about.name, "rows": rows, "merged": merged})
    workbook = parts.get("xl/workbook.xml", b"")
    return {
        "sheets": sheets,
        "hidden": hidden,
        "is_1904": is_1904 or bool(re.search(rb'date1904="(1|true)"', workbook)),
    }


def _lost(data: bytes, parts: Mapping[str, bytes], names: Sequence[str]) -> Mapping[str, dict[Place, str]]:
    """The errors and the formulas nobody has worked out, by sheet and place, which the library gives as nothing."""
    if parts:
        return _marked(parts)
    if not data.startswith(OLE):
        return lost_in_ods(data)
    try:
        return dict(zip(names, lost_in_xls(data), strict=False))
    except (struct.error, IndexError):  # a book laid out as only the library knows
        return {}


def _marked(parts: Mapping[str, bytes]) -> dict[str, dict[Place, str]]:
    targets = {
        _attribute(relation, b"Id"): _attribute(relation, b"Target").removeprefix("/xl/")
        for relation in RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    found = {}
    for sheet in SHEET.findall(parts["xl/workbook.xml"]):
        part = parts.get(f"xl/{targets.get(_attribute(sheet, b'r:id'), '')}", b"")
        if b"<f" in part or b't="e"' in part:
            found[_attribute(sheet, b"name")] = dict(_marks(part))
    return found


def _attribute(element: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + re.escape(name) + rb'="([^"]*)"', element)
    text = found[1].decode("utf-8", "replace") if found else ""
    for sign, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(sign, plain)
    return re.sub(r"&#(\d{1,7});", lambda code: chr(int(code[1])), text)


def _marks(part: bytes) -> Iterator[tuple[Place, str]]:
    for letters, row, about, inside in MARKED.findall(part.replace(b"/><c", b"></c><c")):
        value = VALUE.search(inside)
        if b't="e"' in about:
            yield (int(row), _column(letters)), value[1].decode() if value else "#REF!"
        elif b"<f" in inside and not value and b"<t" not in inside and b't="str"' not in about:
            yield (int(row), _column(letters)), UNCOUNTED


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _texts(sheet: Any, marked: Mapping[Place, str]) -> Iterator[tuple[int, list[str]]]:
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in marked.items():
        by_row.setdefault(row, []).append((column, text))
    number = 0
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, _with_marks([shown(value) for value in values], by_row.pop(number, ()))
    for row, marks in sorted(by_row.items()):
        yield row, _with_marks([], marks)


def _with_marks(texts: list[str], marks: Iterable[tuple[int, str]]) -> list[str]:
    for column, text in marks:
        texts += [""] * (column - len(texts))
        texts[column - 1] = text
    return texts


def shown(value: object) -> str:
    """A value as a text: whole numbers without a point, days as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def _limited(
    rows: Iterable[tuple[int, list[str]]], limits: Mapping[str, int], before: int
) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, cells cut where they are too long to be looked at further."""
    for number, texts in rows:
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        before += 1
        if before > limits["rows"] or len(texts) > limits["columns"]:
            raise Refused("long" if before > limits["rows"] else "wide")
        yield number, [text[: limits["letters"] + 1] for text in texts]


def answer(limits: dict[str, int]) -> None:
    """Read the one file from stdin within the limits, and write what it was to stdout."""
    confine(limits["memory"], limits["seconds"])
    said: dict[str, Any]
    try:
        said = read(sys.stdin.buffer.read(), limits)
    except Refused as refused:
        said = {"refused": str(refused)}
    except PasswordError:
        said = {"refused": "password"}
    except MemoryError:
        said = {"refused": "bloated"}
    except Exception:  # whatever the library stumbles over, the file is at fault
        said = {"refused": "torn"}
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))


def make_ready() -> None:
    """Load what is loaded at need only."""
    for letters in ("cp437", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        codecs.lookup(letters)


if __name__ == "__main__":
    make_ready()
    answer(json.loads(sys.argv[1]))
