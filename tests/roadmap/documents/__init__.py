"""Roadmap documents for the tests: five as schools write them, with invented names, and the same as Word files."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import docx
import pytest

HERE = Path(__file__).parent
SEEDS = Path(__file__).parents[3].parent / "shared" / "seeds"

# The twin, the beginning of the seed's name, and the activities of its seven stages.
TWINS = {
    "one_list": ("000", (4, 3, 5, 4, 4, 8, 7)),
    "three_years": ("001", (4, 3, 4, 4, 4, 8, 7)),
    "with_sections": ("002", (13, 5, 4, 5, 6, 8, 9)),
    "kindergarten": ("003", (6, 2, 2, 3, 6, 3, 1)),
    "lost_columns": ("004", (4, 2, 2, 2, 2, 2, 1)),
}
# Documents of other shapes, each with what is to be read in it in the folder `read`; these are drawn with bars.
DRAWN = ("drawn_sections", "drawn_tables", "drawn_columns", "drawn_levels")
COLUMNS = {"with_sections": 6, "kindergarten": 5}


def twin(name: str) -> bytes:
    """A document of the same shape and with the same defects as a seed."""
    return (HERE / f"{name}.txt").read_bytes()


def seed(name: str) -> bytes:
    """The seed of a twin; without the folder of seeds the test says so as a warning and as a skipped test."""
    found = sorted(SEEDS.glob(f"{TWINS[name][0]}_*.txt"))
    if not found:
        reason = f"the seeds are absent: {SEEDS} has no {TWINS[name][0]}_*.txt, only the twins were read"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return found[0].read_bytes()


def word(rows: Sequence[Sequence[str]], *, before: Sequence[str] = (), after: Sequence[str] = ()) -> bytes:
    """A Word file with paragraphs, a table and paragraphs; a cell's lines are its paragraphs."""
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    add_table(document, rows)
    for text in after:
        document.add_paragraph(text)
    return saved(document)


def saved(document) -> bytes:
    """The bytes of a document of python-docx."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add_table(document, rows: Sequence[Sequence[str]]):
    """A table of these cells at the end of a document of python-docx."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            first, *others = text.split("\n")
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
    return table


def twin_as_word(name: str) -> bytes:
    """A twin as a Word file: the same text before the table, the same rows, cells that are empty below merged ones."""
    text = twin(name).decode()
    if name in COLUMNS:
        return _cells_as_word(text, COLUMNS[name])
    lines = text.split("\n")
    heading = next(place for place, line in enumerate(lines) if line.startswith("№ п/п\t"))
    rows = [line.split("\t") for line in lines[heading:] if "\t" in line]
    return word(rows, before=lines[:heading])


def _cells_as_word(text: str, columns: int) -> bytes:
    before, _, table = text.partition("\n\t")
    cells = [cell.strip(" \n") for cell in table.split("\n\t")]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    document = docx.Document()
    for line in before.split("\n"):
        document.add_paragraph(line)
    made = add_table(document, rows)
    for place, row in enumerate(rows[2:], start=2):
        if not row[0]:
            for column in _merged_columns(row):
                made.cell(place - 1, column).merge(made.cell(place, column))
    return saved(document)


def _merged_columns(row: Sequence[str]) -> list[int]:
    """Stage cells are merged with those above; below an unrepeated section, the empty cells beside it too."""
    merged = [0, 1]
    if not row[2]:
        merged += [column for column in (2, 4, 5) if not row[column]]
    return merged


def drawn(name: str) -> bytes:
    """One of the documents that are drawn as text, as a Word file."""
    return draw((HERE / "drawn" / f"{name}.txt").read_text())


def draw(text: str) -> bytes:
    """A Word file of its drawing: `|` parts cells, `¶` their lines, `^` is merged upwards, `<` leftwards."""
    document = docx.Document()
    for is_table, run in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            _add_drawn_table(document, [[cell.strip() for cell in line.split("|")[1:-1]] for line in run])
        else:
            for line in run:
                document.add_paragraph(line)
    return saved(document)


def _add_drawn_table(document, rows: Sequence[Sequence[str]]) -> None:
    table = add_table(document, [["" if cell in "^<" else cell.replace("¶", "\n") for cell in row] for row in rows])
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell == "<":
                table.cell(place, column - 1).merge(table.cell(place, column))
            elif cell == "^":
                table.cell(place - 1, column).merge(table.cell(place, column))
    for row in table.rows:
        for cell in row.cells:
            _drop_empty_lines(cell)


def _drop_empty_lines(cell) -> None:
    """Merging leaves an empty paragraph of each cell that was merged."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
