"""Bars that lie: the label above each, the number at its end."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.charts.marks import INK_2, LINE, WIDTH, Mark, drawing, longest, rectangle, words, wrapped

RIGHT, TALL, GAP = 96, 16, 12
SIGNS = 43


def draw_bars(title: str, marks: Sequence[Mark], *, most: float | None = None) -> str:
    """One bar for each mark, from above; `most` is what a bar over the whole width stands for."""
    full = most or longest(mark.value for mark in marks)
    parts: list[str] = []
    top = 4.0
    for mark in marks:
        lines = wrapped(mark.label, SIGNS)
        parts += [words(0, top + LINE * place + 13, text) for place, text in enumerate(lines)]
        top += LINE * len(lines) + 4
        width = (WIDTH - RIGHT) * min(mark.value / full, 1)
        parts.append(rectangle(0, top, width, TALL))
        parts.append(words(width + 8, top + 13, mark.text, name="value", fill=INK_2))
        top += TALL + GAP
    return drawing(title, top, parts)
