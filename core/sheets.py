"""Writing spreadsheets that hold text and nothing that a reader would work out."""

from __future__ import annotations

from openpyxl.cell import Cell

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text, whatever its first sign. Raises IllegalCharacterError for a control sign."""
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
