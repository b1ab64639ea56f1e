"""Before and after on one line of a sheet of paper: a pale dot, a dark dot, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.charts.marks import (
    INK,
    INK_2,
    LINE,
    PAPER_WIDTH,
    PINE,
    PINE_MID,
    Shift,
    drawing,
    line,
    words,
    wrapped,
)

LEFT, SIDE, GAP = 264, 52, 16
SIGNS = 34
CLOSE = 44  # nearer than this the two numbers would touch


def draw_shifts(title: str, shifts: Sequence[Shift], *, least: float, most: float) -> str:
    """One line for each shift, on one scale from `least` to `most`."""
    span = (most - least) or 1
    width = PAPER_WIDTH - LEFT - 2 * SIDE
    parts: list[str] = []
    top = 4.0
    for shift in shifts:
        lines = wrapped(shift.label, SIGNS)
        height = max(LINE * len(lines), 34)
        middle = top + height / 2
        parts += [words(0, top + LINE * place + 13, text) for place, text in enumerate(lines)]
        parts.append(line(LEFT + SIDE, middle, LEFT + SIDE + width, middle))
        at = [LEFT + SIDE + width * (value - least) / span for value in (shift.before, shift.after)]
        parts += _dots(at[0], at[1], middle, shift)
        top += height + GAP
    return drawing(title, top, parts, width=PAPER_WIDTH)


def _dots(before: float, after: float, middle: float, shift: Shift) -> list[str]:
    """The two dots; numbers that would touch stand one above and one below the line."""
    up, down = (middle - 10, middle + 21) if abs(before - after) < CLOSE else (middle - 10, middle - 10)
    return [
        line(before, middle, after, middle, name="way", stroke=PINE_MID, width=4),
        _dot(before, middle, "before", fill="#ffffff", edge=PINE_MID),
        _dot(after, middle, "after", fill=PINE, edge=PINE),
        words(before, up, shift.before_text, name="value", anchor="middle", fill=INK_2),
        words(after, down, shift.after_text, name="value", anchor="middle", fill=INK),
    ]


def _dot(x: float, y: float, name: str, *, fill: str, edge: str) -> str:
    return f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}" stroke="{edge}" stroke-width="3"/>'
