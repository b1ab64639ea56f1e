"""Cells with an error in an .ods or an .xls, which the library that reads them gives as empty ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from struct import unpack_from
from xml.etree import ElementTree as ET

Place = tuple[int, int]
"""A row and a column, counted from 1."""

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
ERROR = "#REF!"
SECTOR_END = 0xFFFFFFFA
"""From here on the number of a sector says that there is none."""
BOUND_SHEET, FORMULA, BOOL_ERROR, END = 0x85, 0x06, 0x205, 0x0A


def lost_in_ods(data: bytes) -> dict[str, dict[Place, str]]:
    """The cells with an error by the name of the sheet. Raises ValueError for a text that declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml")
    if b'"error"' not in content:
        return {}
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("entities")
    root = ET.fromstring(content)  # noqa: S314  in a confined process, without entities
    return {
        table.get(f"{TABLE}name", ""): dict.fromkeys(_errors_of(table), ERROR) for table in root.iter(f"{TABLE}table")
    }


def _errors_of(table: ET.Element) -> Iterator[Place]:
    row = 0
    for line in table.iter(f"{TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.get(f"{CALC}value-type") == "error" or cell.get(f"{OFFICE}value-type") == "error":
                yield row + 1, column + 1
            column += int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        row += int(line.get(f"{TABLE}number-rows-repeated", "1"))


def lost_in_xls(data: bytes) -> list[dict[Place, str]]:
    """The cells with an error in each sheet of an .xls, in the order of the sheets ([MS-XLS] 2.4)."""
    stream = _workbook(data)
    starts = [unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == BOUND_SHEET]
    return [dict.fromkeys(_errors_from(stream, start), ERROR) for start in starts]


def _errors_from(stream: bytes, start: int) -> Iterator[Place]:
    for kind, body in _records(stream, start):
        is_error = (kind == BOOL_ERROR and body[7] == 1) or (
            kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2
        )
        if is_error:
            row, column = unpack_from("<HH", body)
            yield row + 1, column + 1


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        if kind == END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """The stream of the workbook out of its container ([MS-CFB] 2.6); a small one lies in the stream of small ones."""
    size, small = (1 << shift for shift in unpack_from("<HH", data, 30))
    table: list[int] = []
    for sector in unpack_from("<109I", data, 76):
        if sector < SECTOR_END:
            table += unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    body = data[size:]
    folder = _chain(body, table, size, unpack_from("<I", data, 48)[0])
    root, least = unpack_from("<I", folder, 116)[0], unpack_from("<I", data, 56)[0]
    for at in range(0, len(folder), 128):
        name = folder[at : at + unpack_from("<H", folder, at + 64)[0]].decode("utf-16-le", "ignore").rstrip("\0")
        if name not in {"Workbook", "Book"}:
            continue
        start, length = unpack_from("<II", folder, at + 116)
        if length >= least:
            return _chain(body, table, size, start)[:length]
        small_table = _chain(body, table, size, unpack_from("<I", data, 60)[0])
        numbers = list(unpack_from(f"<{len(small_table) // 4}I", small_table))
        return _chain(_chain(body, table, size, root), numbers, small, start)[:length]
    return b""


def _chain(body: bytes, table: list[int], size: int, sector: int) -> bytes:
    found: list[bytes] = []
    while sector < SECTOR_END and len(found) <= len(table):
        found.append(body[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(found)
