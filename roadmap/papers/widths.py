"""How wide the columns of a roadmap are on a sheet of A4, in millimetres; as `static/documents/roadmap.css` has them."""

from __future__ import annotations

from collections.abc import Sequence

from roadmap.papers.layout import CROWDED_FROM_COLUMNS
from roadmap.papers.shapes import PaperColumn

PORTRAIT, LANDSCAPE = 180, 267
"""What is left of a sheet between the margins (ГОСТ Р 7.0.97-2016, 3.3)."""
LEAST = 40
"""A column of activities narrower than this cannot be read."""

_WIDTHS = {"number": 13, "stage": 46, "section": 46, "term": 29, "responsible": 42}
FURTHER, CROWDED_FURTHER = 34, 25


def column_widths(columns: Sequence[PaperColumn], *, is_wide: bool) -> list[int]:
    """A width for each column; those of the activities share what the others leave."""
    kinds = {column.kind for column in columns}
    text = "content" if "content" in kinds else "activity"
    further = FURTHER if len(columns) < CROWDED_FROM_COLUMNS else CROWDED_FURTHER
    given = [0 if column.kind == text else _width(column.kind, further) for column in columns]
    left = (LANDSCAPE if is_wide else PORTRAIT) - sum(given)
    texts = max(given.count(0), 1)
    return [width or max(left // texts, LEAST) for width in given]


def _width(kind: str, further: int) -> int:
    return _WIDTHS["section"] if kind == "activity" else _WIDTHS.get(kind, further)
