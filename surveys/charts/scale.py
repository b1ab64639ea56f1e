"""Before and after on the scale of one thing."""

from __future__ import annotations

from surveys.charts.marks import INK, INK_2, PINE, PINE_MID, WIDTH, Shift, drawing, line, words

HEIGHT, SIDE, MIDDLE = 74, 30, 34
CLOSE = 44
"""Nearer than this the two numbers would touch, and one of them stands below the line."""


def draw_on_scale(shift: Shift, *, ends: tuple[float, float], end_texts: tuple[str, str]) -> str:
    """A pale dot before, a dark dot after, on a line between the ends of the scale; `label` is what is said of it."""
    least, most = ends
    span = (most - least) or 1
    before, after = (SIDE + (WIDTH - 2 * SIDE) * (value - least) / span for value in (shift.before, shift.after))
    up, down = MIDDLE - 12, MIDDLE + 24
    parts = [
        line(SIDE, MIDDLE, WIDTH - SIDE, MIDDLE),
        line(before, MIDDLE, after, MIDDLE, name="way", stroke=PINE_MID, width=4),
        _dot(before, "before", fill="#ffffff", edge=PINE_MID),
        _dot(after, "after", fill=PINE, edge=PINE),
        words(before, up, shift.before_text, name="value", anchor="middle", fill=INK_2),
        words(after, down if abs(before - after) < CLOSE else up, shift.after_text, anchor="middle", fill=INK),
        words(SIDE, HEIGHT - 2, end_texts[0], name="value", anchor="middle", fill=INK_2),
        words(WIDTH - SIDE, HEIGHT - 2, end_texts[1], name="value", anchor="middle", fill=INK_2),
    ]
    return drawing(shift.label, HEIGHT, parts)


def _dot(x: float, name: str, *, fill: str, edge: str) -> str:
    return f'<circle class="{name}" cx="{x:.1f}" cy="{MIDDLE}" r="6" fill="{fill}" stroke="{edge}" stroke-width="3"/>'
