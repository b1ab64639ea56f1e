"""Bars that lie: long labels at the left, the number at the end of each bar."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.charts.marks import INK_2, LINE, WIDTH, Mark, drawing, longest, rectangle, words, wrapped

LEFT, RIGHT = 264, 96
GAP = 12


def draw_bars(title: str, marks: Sequence[Mark], *, most: float | None = None) -> str:
    """One bar for each mark, from above; `most` is what a bar over the whole width stands for."""
    full = most or longest(mark.value for mark in marks)
    parts: list[str] = []
    top = 4.0
    for mark in marks:
        lines = wrapped(mark.label)
        height = LINE * len(lines)
        parts += [words(0, top + LINE * place + 13, text) for place, text in enumerate(lines)]
        width = (WIDTH - LEFT - RIGHT) * min(mark.value / full, 1)
        parts.append(rectangle(LEFT, top + height / 2 - 8, width, 16))
        parts.append(words(LEFT + width + 8, top + height / 2 + 5, mark.text, name="value", fill=INK_2))
        top += height + GAP
    return drawing(title, top, parts)
