"""The pieces a report is put together of, the same for the page, print, Word and a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Cell = str | int | float
SHORT, HALF, THIRD = 9, 0.45, 0.25
Kind = Literal["heading", "subheading", "text", "item", "note", "warning", "table", "chart"]
HIDDEN, NOTHING, NO_WHOLE = "скрыто", "–", "не указан"
"""A count that is not shown, a figure that can not be reckoned, a denominator that nobody has typed in."""
MINUS, NBSP = "\u2212", "\u00a0"


@dataclass(frozen=True, slots=True)
class Table:
    """A row of one cell reaches over the whole width; `widths` are parts of it; `has_sum` says the last row is the sum."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    has_sum: bool = False

    @property
    def lines(self) -> list[list[str]]:
        """As it is read."""
        return [[text_of(cell) for cell in row] for row in self.rows]

    @property
    def is_short(self) -> bool:
        """Whether it is rather put on one sheet than divided."""
        return len(self.rows) <= SHORT

    @property
    def lead(self) -> str:
        """How much of the width its first column of words needs: "half", "third", or no more than the others."""
        part = self.widths[0] / sum(self.widths)
        if part >= HALF:
            return "half"
        return "third" if part >= THIRD else ""

    @property
    def shown(self) -> list[list[tuple[str, bool]]]:
        """The same, and of each cell whether it is a figure."""
        return [[(text_of(cell), _is_figure(cell)) for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is the title of a table or of a chart; `name` stands in bold before an item."""

    kind: Kind
    text: str = ""
    table: Table | None = None
    svg: str = ""
    name: str = ""


def count_cell(count: int | None) -> Cell:
    """A count, or that it is hidden."""
    return HIDDEN if count is None else count


def figure_cell(value: float | None) -> Cell:
    """A figure to hundredths, halves away from zero; a dash for what can not be reckoned."""
    return NOTHING if value is None else float(_exact(value))


def text_of(cell: Cell) -> str:
    """«−1,25», without zeros at the end."""
    if isinstance(cell, str):
        return cell
    exact = _exact(cell).normalize()
    text = f"{abs(exact):f}".replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def _is_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or cell in {HIDDEN, NOTHING, NO_WHOLE}


def _exact(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counted(number: int, one: str, few: str, many: str) -> str:
    """«21 балл», «22 балла», «25 баллов»."""
    tens, ones = number % 100, number % 10
    if 10 < tens < 15 or ones not in {1, 2, 3, 4}:
        return f"{number}{NBSP}{many}"
    return f"{number}{NBSP}{one if ones == 1 else few}"
