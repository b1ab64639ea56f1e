"""Handing a spreadsheet to the process that opens it, and what that says of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from core.confined import TooMuch, ask
from participants.sheets.refusals import SheetRefused

MAX_BYTES = 20 * 1024 * 1024
LONGEST_CELL = 2_000
PROGRAM = Path(__file__).with_name("program.py")
LIMITS = {"rows": 20_000, "columns": 60, "letters": LONGEST_CELL, "memory": 400_000_000, "seconds": 10}
"""`memory` is bytes of address space, a part of which is ever used; `seconds` of work."""

Row = tuple[int, list[str]]
"""The number of a row as a person sees it, and its texts from the first column on."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, rows and columns counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: list[Row]
    merged: tuple[Merged, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """What was in a file: the sheets that are seen, the names of those that are not; from when Excel counted days."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    is_1904: bool


def open_book(data: bytes) -> Book:
    """The sheets of an .xlsx, .xls, .ods or .csv, known by its content. Raises SheetRefused."""
    if not data:
        raise SheetRefused("empty")
    if len(data) > MAX_BYTES:
        raise SheetRefused("size")
    try:
        said = json.loads(ask(PROGRAM, LIMITS, data) or b'{"refused": "torn"}')
    except TooMuch:
        raise SheetRefused("bloated") from None
    if "refused" in said:
        raise SheetRefused(said["refused"])
    sheets = tuple(
        Sheet(sheet["name"], sheet["rows"], tuple(Merged(*bounds) for bounds in sheet["merged"]))
        for sheet in said["sheets"]
    )
    if not any(sheet.rows for sheet in sheets):
        raise SheetRefused("empty")
    return Book(sheets, tuple(said["hidden"]), said["is_1904"])
