"""Text that stands in columns without any rules: the gaps that run down the page are taken for them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from roadmap.reading.headers import recognise
from roadmap.reading.pdf.layout import Line, Word

GAP = 9.0  # points between words that are more than a space, as justified lines have it
CROSSED = 0.15  # of the lines may cross a gap: names of stages do
HEADING_LINES = 4
APART = 1.5  # times the usual step from line to line
Cells = list[list[Line]]


def is_split(line: Line) -> bool:
    """Whether a line stands in several columns."""
    return any(after.x0 - before.x1 > GAP for before, after in pairwise(line.words))


def gutters(lines: Sequence[Line]) -> list[float]:
    """The middles of the gaps that run down through nearly all of these lines."""
    edges: list[tuple[float, int]] = []
    for line in lines:
        for first, last in _segments(line):
            edges += [(first, 1), (last, -1)]
    found, depth, opened = [], 0, 0.0
    allowed = int(CROSSED * len(lines))
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for place, step in sorted(edges):
        before, depth = depth, depth + step
        if before > allowed >= depth:
            opened = place
        elif before <= allowed < depth and place - opened > GAP and left < opened < place < right:
            found.append((opened + place) / 2)
    return found


def _segments(line: Line) -> list[tuple[float, float]]:
    """From where to where words stand that only a space divides."""
    found = [(line.words[0].x0, line.words[0].x1)]
    for word in line.words[1:]:
        if word.x0 - found[-1][1] > GAP:
            found.append((word.x0, word.x1))
        else:
            found[-1] = (found[-1][0], max(found[-1][1], word.x1))
    return found


def shared_out(line: Line, middles: Sequence[float]) -> list[Line | None]:
    """The part of a line in each column; a line that runs over a gap stands in its first column as a whole."""
    found: list[list[Word]] = [[] for _column in range(len(middles) + 1)]
    for first, last in _segments(line):
        column = sum(middle <= first for middle in middles)
        found[column] += [word for word in line.words if first <= word.x0 < last or word.x0 == first]
    return [Line(tuple(words)) if words else None for words in found]


def crosses(line: Line, middles: Sequence[float]) -> bool:
    """Whether the line runs over one of the gaps."""
    return any(first < middle < last for first, last in _segments(line) for middle in middles)


def plan_of(lines: Sequence[Line]) -> tuple[int, list[Cells], list[float]] | None:
    """The rows of a plan without rules: the place of its heading among the lines, its rows, the gaps; else None."""
    for place, line in enumerate(lines):
        if is_split(line) and len(_segments(line)) > 1:
            middles = gutters(lines[place:])
            if middles and (height := _heading(lines[place : place + HEADING_LINES], middles)):
                heading = _row(lines[place : place + height], middles)
                return place, [heading, *_rows(lines[place + height :], middles)], middles
    return None


def _heading(lines: Sequence[Line], middles: Sequence[float]) -> int:
    """How many of these lines are the heading of a plan; 0 when they are none."""
    known = 0
    for height in range(1, len(lines) + 1):
        texts = [" ".join(line.text for line in cell) for cell in _row(lines[:height], middles)]
        if recognise(texts) is None:
            break
        if known and not _goes_down(lines[height - 2], lines[height - 1], lines):
            break
        known = height
    return known


def _goes_down(line: Line, following: Line, lines: Sequence[Line]) -> bool:
    """Whether the next line stands so near that it is more of the same heading."""
    begins = following.words[0].text[:1]
    return following.top - line.bottom < line.bottom - line.top and not begins.isdigit() and following in lines


def _row(lines: Sequence[Line], middles: Sequence[float]) -> Cells:
    cells: Cells = [[] for _column in range(len(middles) + 1)]
    for line in lines:
        for cell, part in zip(cells, shared_out(line, middles), strict=True):
            if part is not None:
                cell.append(part)
    return cells


def _rows(lines: Sequence[Line], middles: Sequence[float]) -> list[Cells]:
    """A row begins where something stands in its first column, or below a space that is wider than others."""
    steps = [below.top - above.top for above, below in pairwise(lines) if below.top > above.top]
    usual = median(steps) if steps else 0.0
    groups: list[list[Line]] = []
    for place, line in enumerate(lines):
        begins = shared_out(line, middles)[0] is not None or crosses(line, middles)
        if groups and not begins and line.top - lines[place - 1].top < APART * usual:
            groups[-1].append(line)
        elif groups and not begins and line.top < lines[place - 1].top:
            groups[-1].append(line)  # the next page
        else:
            groups.append([line])
    return [_row(group, middles) for group in groups]
