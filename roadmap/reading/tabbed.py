"""Tables in plain text whose cells are marked by tabs: a row in a line, or a cell in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roadmap.reading.source import Cell, Piece, Row
from roadmap.reading.stages import LABEL, is_stage_name

NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*")


def rows_with_tabs(pieces: Sequence[Piece], columns: int) -> list[Row]:
    """Rows of a table that has one row in a line; a line without tabs goes on in the cell before it.

    A blank line may be the end of a page: the row after it is marked as broken.
    """
    rows: list[Row] = []
    blank = False
    for piece in pieces:
        if piece.blank and "\t" not in piece.text:
            blank = True
            continue
        cells = _cells(piece, columns)
        if rows and _goes_on(rows[-1], cells, piece, columns, blank=blank):
            rows[-1] = _longer(rows[-1], cells)
        else:
            rows.append(Row(tuple(cells), broken=blank, outside="\t" not in piece.text))
        blank = False
    return rows


def _cells(piece: Piece, columns: int) -> list[Cell]:
    # What stands beyond the last column stays together: a line may hold a million tabs.
    return [Cell((Piece(piece.line, text),) if text.strip() else ()) for text in piece.text.split("\t", columns)]


def _goes_on(row: Row, cells: Sequence[Cell], piece: Piece, columns: int, *, blank: bool) -> bool:
    """Whether a line is more of the row above: that row lacks cells, and this line can make it whole."""
    if blank or not cells[0].pieces or NUMBER.fullmatch(cells[0].text) or row.outside:
        return False
    if len(row.cells) < columns:
        return len(row.cells) > 1 and len(row.cells) + len(cells) - 1 <= columns
    heading = LABEL.match(piece.text) or is_stage_name(NUMBER.sub("", piece.text, count=1))
    return "\t" not in piece.text and bool(row.cells[-1].pieces) and not heading


def _longer(row: Row, cells: Sequence[Cell]) -> Row:
    *before, last = row.cells
    return Row((*before, Cell(last.pieces + cells[0].pieces), *cells[1:]), broken=row.broken)


def group_cells(pieces: Sequence[Piece], start: int) -> tuple[list[Cell], int]:
    """Cells from a line that begins with a tab to the next blank line, and the place of that line."""
    cells: list[list[Piece]] = []
    place = start
    while (
        place < len(pieces) and pieces[place].text and (pieces[place].text.startswith("\t") or not pieces[place].blank)
    ):
        _add(cells, pieces[place])
        place += 1
    return [Cell(tuple(cell)) for cell in cells], place


def _add(cells: list[list[Piece]], piece: Piece) -> None:
    if piece.text.startswith("\t"):
        cells += [[Piece(piece.line, text)] for text in piece.text.split("\t")[1:]]
    else:
        cells[-1].append(piece)


def cells_under_each_other(pieces: Sequence[Piece], columns: int) -> list[Row]:
    """Rows of a table that has each cell in a line of its own, begun by a tab; its further lines have none.

    A blank line divides rows, but may also stand inside a cell: groups of cells that make up one row are put
    together, and a group of several rows is divided.
    """
    rows: list[Row] = []
    for group in _together(_groups(pieces, columns), columns):
        for start in range(0, len(group), columns):
            cells = tuple(Cell(tuple(cell)) for cell in group[start : start + columns])
            rows.append(Row(cells, outside=len(group) == 1))
    return rows


def _groups(pieces: Sequence[Piece], columns: int) -> list[list[list[Piece]]]:
    groups: list[list[list[Piece]]] = []
    blank = True
    for piece in pieces:
        begins = piece.text.startswith("\t")
        if piece.blank and not begins:
            blank = True
            continue
        # After a blank line a text without a tab goes on in its cell, but not below a row that is complete.
        complete = not groups or len(groups[-1]) >= columns
        if blank and (begins or complete):
            groups.append([] if begins else [[]])
        _add(groups[-1], piece)
        blank = False
    return groups


def _together(groups: Sequence[list[list[Piece]]], columns: int) -> list[list[list[Piece]]]:
    rows: list[list[list[Piece]]] = []
    for group in groups:
        short = bool(rows) and len(rows[-1]) < columns and not _is_heading(rows[-1])
        if short and len(rows[-1]) + len(group) <= columns:
            rows[-1] += group
        else:
            rows.append(group)
    return rows


def _is_heading(group: Sequence[Sequence[Piece]]) -> bool:
    texts = [piece.text for cell in group for piece in cell if not piece.blank]
    return len(group) == 1 and bool(texts) and is_stage_name(NUMBER.sub("", texts[0], count=1))
