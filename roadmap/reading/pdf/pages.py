"""The pages of a PDF as one flow: what every page repeats put aside, tables that go on over pages made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmap.reading.pdf.grid import Box, Grid, append, grid_of
from roadmap.reading.pdf.layout import Line, lines_of, words_of

PAGE_NUMBER = re.compile(r"[-–—\s]*(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
MARGIN = 0.12  # of the page's height in which what is repeated stands


@dataclass(slots=True)
class Text:
    """Lines between tables of one page."""

    lines: list[Line]


Item = Text | Grid


@dataclass(slots=True)
class Flow:
    """Texts and tables in order, what stood at the edges of pages, and the numbers of pages that are only pictures."""

    items: list[Item] = field(default_factory=list)
    margins: list[Line] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    height: float
    tables: list[list[Box]]
    lines: list[Line]
    margins: list[Line] = field(default_factory=list)


def flow_of(found: Sequence[dict[str, Any]]) -> Flow:
    """The flow of pages as the program that opened the file gave them."""
    pages = [_page(page) for page in found]
    flow = Flow()
    flow.pictures = [
        number
        for number, (page, raw) in enumerate(zip(pages, found, strict=True), start=1)
        if raw["pictures"] and not page.lines and not page.tables
    ]
    _put_margins_aside(pages)
    for page in pages:
        flow.margins += page.margins
        for place, item in enumerate(_in_order(page)):
            last = flow.items[-1] if flow.items else None
            if place == 0 and isinstance(item, Grid) and isinstance(last, Grid) and last.goes_on_in(item):
                append(last, item)
            else:
                flow.items.append(item)
    return flow


def _page(found: dict[str, Any]) -> _Page:
    tables = [
        [Box(x0, top, x1, bottom, words_of(words)) for x0, top, x1, bottom, words in table] for table in found["tables"]
    ]
    ruled = [table for table in tables if any(box.words for box in table)]
    return _Page(found["size"][1], ruled, lines_of(words_of(found["words"])))


def _put_margins_aside(pages: Sequence[_Page]) -> None:
    """What stands at the upper or lower edge of a page and is its number or is said on most of the pages."""
    said = Counter(key for page in pages for key in {_same(line) for line in _outermost(page)})
    for page in pages:
        for line in _outermost(page):
            if PAGE_NUMBER.fullmatch(line.text) or (said[_same(line)] > 1 and 2 * said[_same(line)] >= len(pages)):
                page.margins.append(line)
        page.lines = [line for line in page.lines if line not in page.margins]


def _outermost(page: _Page) -> list[Line]:
    """The lines in the margins, above and below whatever is ruled, that a space divides from the rest."""
    upper = min([page.height * MARGIN, *(box.top for table in page.tables for box in table)])
    lower = max([page.height * (1 - MARGIN), *(box.bottom for table in page.tables for box in table)])
    above = [line for line in page.lines if line.bottom <= upper + 1]
    below = [line for line in page.lines if line.top >= lower - 1]
    return _apart(above, page.lines) + _apart(below[::-1], page.lines[::-1])


def _apart(edge: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Of the lines at an edge, from it inwards, those before the first space; the number of a page needs none."""
    for count, (line, following) in enumerate(zip(edge, [*lines[1:], None], strict=False), start=1):
        space = 0.0 if following is None else max(following.top - line.bottom, line.top - following.bottom)
        if following is None or space > line.bottom - line.top:
            return list(edge[:count])
    return [line for line in edge[:1] if PAGE_NUMBER.fullmatch(line.text)]


def _same(line: Line) -> str:
    return DIGITS.sub("#", line.text)


def _in_order(page: _Page) -> Iterator[Item]:
    lines = page.lines
    for table in page.tables:
        top = min(box.top for box in table)
        above = [line for line in lines if (line.top + line.bottom) / 2 < top]
        if above:
            yield Text(above)
        lines = lines[len(above) :]
        yield grid_of(table)
    if lines:
        yield Text(lines)
