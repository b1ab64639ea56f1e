"""Roadmaps as the files an office program makes: a seed's table written as HTML, and LibreOffice makes the rest."""

from __future__ import annotations

import fcntl
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.roadmap.documents import COLUMNS

HEADING = "№ п/п\t"
NUMBER = re.compile(r"\d+(?:\.\d+)*")
SECONDS = 120
# What LibreOffice is told to read the HTML as, and to write.
FILTERS = {
    "docx": ("HTML (StarWriter)", "docx:MS Word 2007 XML"),
    "odt": ("HTML (StarWriter)", "odt"),
    "pdf": ("HTML (StarWriter)", "pdf"),
    "doc": ("HTML (StarWriter)", "doc:MS Word 97"),
    "rtf": ("HTML (StarWriter)", "rtf"),
    "xlsx": ("HTML (StarCalc)", "xlsx:Calc MS Excel 2007 XML"),
    "xls": ("HTML (StarCalc)", "xls"),
    "ods": ("HTML (StarCalc)", "ods"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell and how far it spans."""

    lines: tuple[str, ...]
    wide: int = 1
    tall: int = 1


def converted(pages: Mapping[str, str | bytes], kind: str, *, brought: str = "html") -> dict[str, bytes]:
    """The files of this kind that LibreOffice makes of HTML pages (or other files) by name, all in one call."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: install libreoffice-writer-nogui and libreoffice-calc-nogui"
    reads, writes = FILTERS[kind]
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages.items():
            Path(folder, f"{name}.{brought}").write_bytes(page.encode() if isinstance(page, str) else page)
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless",
             *([f"--infilter={reads}"] if brought == "html" else []), "--convert-to", writes,
             "--outdir", f"{folder}/made", *(f"{folder}/{name}.{brought}" for name in pages)],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
        return {name: Path(folder, "made", f"{name}.{kind}").read_bytes() for name in pages}


def converted_once(folder: Path, name: str, pages: Mapping[str, str], kind: str) -> dict[str, bytes]:
    """The same, made once for all workers of a run: whoever comes first keeps them in the folder they share."""
    made = folder / f"{name}-{kind}"
    with Path(folder, f"{name}-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = Path(tempfile.mkdtemp(dir=folder))
            for page, data in converted(pages, kind).items():
                (draft / page).write_bytes(data)
            draft.rename(made)
    return {page: (made / page).read_bytes() for page in pages}


def page_of(name: str, data: bytes) -> str:
    """The document of a twin or of its seed as a page: text, table with merged cells, text."""
    text = data.decode()
    if name == "lost_columns":
        before, rows, after = _lost_columns(text.split("\n"))
    elif name in COLUMNS:
        before, rows, after = _cells(text, COLUMNS[name])
    else:
        before, rows, after = _rows(text.split("\n"))
    return as_html(before, rows, after)


def as_html(before: Sequence[str], rows: Sequence[Sequence[Cell]], after: Sequence[str] = ()) -> str:
    """A page of paragraphs, a table whose first row is its heading, and paragraphs."""
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[1:])
    heading = f"<thead><tr>{''.join(map(_cell, rows[0]))}</tr></thead>"
    table = f'<table border="1" cellspacing="0" cellpadding="4">{heading}<tbody>{body}</tbody></table>'
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"></head><body>'
        f"{_paragraphs(before)}{table}{_paragraphs(after)}</body></html>"
    )


def _paragraphs(lines: Sequence[str]) -> str:
    """Lines with nothing between them are one paragraph."""
    texts = re.split(r"\n\s*\n", "\n".join(lines))
    return "".join(
        f"<p>{'<br>'.join(map(html.escape, text.strip().split(chr(10))))}</p>" for text in texts if text.strip()
    )


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.wide}"' * (cell.wide > 1) + f' rowspan="{cell.tall}"' * (cell.tall > 1)
    return f"<td{spans}>{'<br>'.join(map(html.escape, cell.lines))}</td>"


def _rows(lines: Sequence[str]) -> tuple[list[str], list[list[Cell]], list[str]]:
    """A table with a row in a line; rows that a page's end had broken are whole, as they were in the file."""
    start = next(place for place, line in enumerate(lines) if line.startswith(HEADING))
    rows: list[list[list[str]]] = []
    wide = len(lines[start].split("\t"))
    for line in lines[start:]:
        cells = [[text] if text.strip() else [] for text in line.split("\t")]
        if not line.strip() or (rows and line == lines[start]):
            continue
        if rows and _goes_on(cells, rows[-1]):
            rows[-1] = [upper + lower for upper, lower in zip(rows[-1], [[], *cells[1:]], strict=True)]
        else:
            rows.append(cells)
    return list(lines[:start]), [_spread([Cell(tuple(cell)) for cell in row], wide) for row in rows], []


def _goes_on(cells: Sequence[Sequence[str]], above: Sequence[Sequence[str]]) -> bool:
    if len(cells) < len(above) or "".join(cells[1]).startswith("Результат"):
        return False
    return not cells[0] or cells[0] == above[0]


def _spread(row: list[Cell], wide: int) -> list[Cell]:
    """A row of a stage's name or result: its text lies over the columns that it does not use."""
    while len(row) > 1 and not row[-1].lines:
        row.pop()
    return [*row[:-1], Cell(row[-1].lines, wide=wide - len(row) + 1)]


def _cells(text: str, columns: int) -> tuple[list[str], list[list[Cell]], list[str]]:
    """A table with a cell in a group of lines; the stage's cells lie over all its rows."""
    before, _, table = text.partition("\n\t")
    cells = [cell.strip(" \n") for cell in table.split("\n\t")]
    last, _, after = cells[-1].partition("\n")
    cells[-1] = last
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    made: list[list[Cell]] = []
    for place, row in enumerate(rows):
        tall = {column: _height(rows, place, column, columns) for column in range(columns)}
        made.append([_lines(row[column], tall[column]) for column in range(columns) if tall[column]])
    return before.split("\n"), made, after.split("\n")


def _height(rows: Sequence[Sequence[str]], place: int, column: int, columns: int) -> int:
    """How many rows a cell lies over: 0 for one that is hidden by the cell above it."""

    def hidden(below: int) -> bool:
        row = rows[below]
        if below < 2 or row[0] or row[column]:
            return False
        return column < 2 or (columns > 5 and not row[2] and column != 3)

    if hidden(place):
        return 0
    return 1 + next(
        (steps for steps, below in enumerate(range(place + 1, len(rows))) if not hidden(below)), len(rows) - place - 1
    )


def _lines(text: str, tall: int) -> Cell:
    return Cell(tuple(line for line in text.split("\n") if line.strip()), tall=tall)


def _lost_columns(lines: Sequence[str]) -> tuple[list[str], list[list[Cell]], list[str]]:
    """The plan of three columns whose text lost them: where each cell stands in it."""
    stages = ((10, 14), (31, 34), (40, 42), (52, 53), (61, 66), (72, 76), (84, 88))
    contents = ((15, 30), (35, 39), (43, 50), (52, 60), (67, 71), (77, 83), (89, 92))
    rows = [[Cell(("№",)), Cell(("Наименование этапа",)), Cell(("Содержание деятельности",))]]
    for number, (stage, content) in enumerate(zip(stages, contents, strict=True), start=1):
        name, said = "\n".join(lines[slice(*stage)])[3:], "\n".join(lines[slice(*content)])
        if number == 4:
            name, said = "Отбор и обучение", said.removeprefix("4. Отбор и обучение ")
        rows.append([Cell((f"{number}.",)), _lines(name, 1), _lines(said, 1)])
    return list(lines[:5]), rows, list(lines[93:])
