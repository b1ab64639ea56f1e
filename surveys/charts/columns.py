"""Columns that stand: the marks of a scale from left to right, the number above each."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.charts.marks import GRID, INK_2, WIDTH, Mark, drawing, line, longest, rectangle, words

TOP, TALL, FOOT = 22, 120, 24
WIDEST = 72


def draw_columns(title: str, marks: Sequence[Mark], *, width: int = WIDTH) -> str:
    """One column for each mark; a column of full height stands for the greatest value."""
    full = longest(mark.value for mark in marks)
    step = min(width / max(len(marks), 1), WIDEST)
    parts = [line(0, TOP + TALL, step * len(marks), TOP + TALL, stroke=GRID)]
    for place, mark in enumerate(marks):
        middle = step * (place + 0.5)
        tall = TALL * mark.value / full
        parts.append(rectangle(middle - step * 0.35, TOP + TALL - tall, step * 0.7, tall))
        parts.append(words(middle, TOP + TALL - tall - 6, mark.text, name="value", anchor="middle", fill=INK_2))
        parts.append(words(middle, TOP + TALL + 17, mark.label, anchor="middle"))
    return drawing(title, TOP + TALL + FOOT, parts, width=width)
