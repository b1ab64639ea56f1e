"""What is drawn, and the pieces of SVG that every chart is put together of.

Lengths are in pixels of the drawing; it scales to the width it is given. Colours are attributes, which print keeps, and
classes, by which a page repaints them in the dark.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, PAPER_WIDTH = 340, 640
"""On a page, where it is read on a telephone as well, and on a sheet of paper."""
LINE = 17
INK, INK_2, PINE, PINE_MID, GRID = "#1b2430", "#55606e", "#0f5c4d", "#8fbdb1", "#e4dfd5"


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or column: how long it is, and what is written at it."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A value before and after, and what is written at each."""

    label: str
    before: float
    after: float
    before_text: str
    after_text: str


def drawing(title: str, height: float, parts: Iterable[str], *, width: int = WIDTH) -> str:
    """The whole picture; `title` is what a screen reader says of it."""
    said = escape(title, {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{said}" '
        f'viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}">{"".join(parts)}</svg>'
    )


def rectangle(x: float, y: float, width: float, height: float, *, name: str = "bar", fill: str = PINE) -> str:
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" '
        f'rx="2" fill="{fill}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, name: str = "grid", stroke: str = GRID, width: int = 1) -> str:
    return (
        f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
        f'stroke-width="{width}"/>'
    )


def words(x: float, y: float, text: str, *, name: str = "label", anchor: str = "start", fill: str = INK) -> str:
    """A line of text whose baseline is at `y`."""
    return (
        f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="13">'
        f"{escape(text)}</text>"
    )


def wrapped(text: str, signs: int) -> list[str]:
    """A label in at most three lines of so many signs; what is longer ends in «…» and stands whole in the table."""
    return textwrap.wrap(text, signs, max_lines=3, placeholder="…") or [""]


def longest(values: Iterable[float]) -> float:
    """What a full bar stands for: the greatest value, 1 where all are nought."""
    return max(values, default=0) or 1
