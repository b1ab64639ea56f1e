"""The program that opens a spreadsheet a stranger sent: a process of its own, with nothing of ours in it.

Input: the file on stdin; `{"cells", "memory", "seconds"}` as JSON in the first argument. Output: JSON, either
`{"refused": reason}` or `{"sheets": [sheet, …], "hidden": [name, …]}`. A sheet is `{"name", "rows", "merged",
"hidden_rows", "hidden_columns"}`: its rows as texts by column, all counted from 1, `merged` as `[column, row, last
column, last row]`.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
import warnings
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

# A program that is started by itself finds nothing of ours by itself.
sys.path.append(str(Path(__file__).resolve().parents[2]))
from core.confinement import confine

MONTHS = (
    *("Январь", "Февраль", "Март", "Апрель", "Май", "Июнь"),
    *("Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"),
)
ASIDE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")
"""In a format: colours and languages, words of its own, single signs."""
DIGITS = 10
"""Of a number: what a spreadsheet shows of 1.1000000000000001."""


class Refused(Exception):
    """The reason, for which `roadmap.reading.refusals` has the words."""


def read(data: bytes, most: int) -> dict[str, Any]:
    """The sheets that are seen, each with its texts as they are seen; at most so many cells."""
    book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if sum(len(sheet._cells) for sheet in seen) > most:
        raise Refused("bloated")
    return {
        "sheets": [_sheet(sheet) for sheet in seen],
        "hidden": [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"],
    }


def _sheet(sheet: Any) -> dict[str, Any]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if not isinstance(cell, MergedCell) and (text := shown(cell.value, cell.number_format, first=column == 1)):
            rows.setdefault(row, {})[column] = text
    columns = [sheet.column_dimensions[letter] for letter in sheet.column_dimensions]
    return {
        "name": sheet.title,
        "rows": rows,
        "merged": [list(found.bounds) for found in sheet.merged_cells.ranges],
        "hidden_rows": [row for row, dimension in sheet.row_dimensions.items() if dimension.hidden],
        "hidden_columns": [
            column
            for dimension in columns
            if dimension.hidden and dimension.min and dimension.max
            for column in range(dimension.min, min(dimension.max, sheet.max_column) + 1)
        ],
    }


def shown(value: object, form: str, *, first: bool) -> str:
    """A value as a person sees it; `first` in the first column, where «1.1» is a number though Excel took it for a day."""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, date):
        return _day(value, ASIDE.sub("", form).lower(), first=first)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _number(value: float, form: str) -> str:
    main = ASIDE.sub("", form).split(";")[0]
    percent = "%" in main
    decimals = len(main.split(".")[1].rstrip("%")) if "." in main and set(main) <= set("0#.,% ") else None
    number = value * 100 if percent else value
    if decimals is not None:
        return f"{number:.{decimals}f}" + "%" * percent
    return f"{number:.{DIGITS}g}" + "%" * percent


def _day(value: date, form: str, *, first: bool) -> str:
    if "d" not in form and "y" in form:
        return f"{MONTHS[value.month - 1]} {value.year}"
    if "y" not in form and "d" in form and "h" not in form:
        return f"{value.day}.{value.month}" if first else f"{value:%d.%m}"
    if isinstance(value, datetime) and "h" in form:
        return f"{value:%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}"


def answer(limits: dict[str, int]) -> None:
    """Read the one file from stdin within the limits, and write what it was to stdout."""
    confine(limits["memory"], limits["seconds"])
    try:
        said = read(sys.stdin.buffer.read(), limits["cells"])
    except Refused as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        said = {"refused": "bloated"}
    except InvalidFileException:
        said = {"refused": "torn"}
    except Exception:  # whatever the library stumbles over, the file is at fault
        said = {"refused": "torn"}
    sys.stdout.write(json.dumps(said))


def make_ready() -> None:
    """Be silent about what is wrong with a file: the parent asks for one answer. Load what is loaded at need only."""
    warnings.simplefilter("ignore")
    for letters in ("cp437", "cp1252", "utf-16"):  # names in an archive, texts in a workbook
        codecs.lookup(letters)


if __name__ == "__main__":
    make_ready()
    answer(json.loads(sys.argv[1]))
