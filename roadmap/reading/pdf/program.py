"""The program that opens a PDF a stranger sent: a process of its own, with nothing of ours in it.

Input: the file on stdin; `{"pages", "memory", "seconds"}` as JSON in the first argument. Output: JSON, either
`{"refused": reason, "pages": number}` or `{"pages": [page, …]}`. A page is `{"size": [width, height], "pictures": number,
"tables": [[cell, …], …], "words": [word, …]}`, a cell `[x0, top, x1, bottom, [word, …]]`, a word
`[x0, top, x1, bottom, text]`, all in points from the upper left corner of the page as it is read.
"""

from __future__ import annotations

import codecs
import json
import logging
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import WordExtractor

# A program that is started by itself finds nothing of ours by itself.
sys.path.append(str(Path(__file__).resolve().parents[3]))
from core.confinement import confine

MOST_LETTERS = 2_000_000
MOST_CELLS = 3_000
"""Of a page: a plan has a hundred."""
ENCODINGS = ("utf-16-be", "utf-16-le", "utf-16", "latin-1", "ascii", "cp1251", "cp1252", "mac-roman", "koi8-r")
STRAIGHT = 0.5
SAME_PLACE = 3
"""Points between rules that are meant as one."""
FEWEST_RULES = 3
"""Upright rules that make a row."""
WORDS = WordExtractor(x_tolerance_ratio=0.2, char_dir_rotated="btt", line_dir_rotated="ltr")
TURNS = {(0, 1): 90, (-1, 0): 180, (0, -1): 270}
"""Where the letters run, right and up, and by how many degrees the page is turned so that they run to the right."""
Box = tuple[float, float, float, float]


class Refused(Exception):
    """The reason, for which `roadmap.reading.refusals` has the words."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, "pages": pages}


def read(data: bytes, most: int) -> dict[str, Any]:
    """The pages of a PDF, each as it is read."""
    with pdfplumber.open(BytesIO(data)) as document:
        pages = document.pages
        if len(pages) > most:
            raise Refused("pages", len(pages))
        found, letters = [], 0
        for page in pages:
            upright = _upright(document, page)
            letters += len(upright.chars)
            if letters > MOST_LETTERS:
                raise Refused("heavy")
            found.append(_page(upright))
            upright.close()
        return {"pages": found}


def _upright(document: PDF, page: Page) -> Page:
    """The page turned so that most of its letters stand upright: a wide table may lie on a narrow page."""
    runs = Counter(_run(char["matrix"]) for char in page.chars)
    (run, _count), *_others = runs.most_common(1) or [((1, 0), 0)]
    if run not in TURNS:
        return page
    turned = page.page_obj
    turned.rotate = (turned.rotate + TURNS[run]) % 360
    turned.attrs = {**turned.attrs, "Rotate": turned.rotate}
    page.close()
    return Page(document, turned, page.page_number)


def _run(matrix: Sequence[float]) -> tuple[int, int]:
    right, up = matrix[0], matrix[1]
    return ((right > 0) - (right < 0), 0) if abs(right) >= abs(up) else (0, (up > 0) - (up < 0))


def _page(page: Page) -> dict[str, Any]:
    # The smaller table first: a frame around the page leaves the tables within it their letters.
    _straighten(page.lines)
    rules = {"explicit_horizontal_lines": _missing_rules(page)}
    tables = sorted((table.cells for table in page.find_tables(rules)), key=lambda cells: _area(_around(cells)))
    left = list(_once(page.chars))
    if sum(map(len, tables)) > MOST_CELLS:
        raise Refused("heavy")
    found = []
    for cells in tables:
        inside, left = _shared_out(cells, left)
        found.append([[*cell, _words(chars)] for cell, chars in zip(cells, inside, strict=True)])
    return {
        "size": [page.width, page.height],
        "pictures": len(page.images),
        "tables": sorted(found, key=lambda cells: min(cell[1] for cell in cells)),
        "words": _words(left),
    }


def _straighten(lines: Iterable[dict[str, Any]]) -> None:
    """A rule on a turned page is level but for the last digits, and the library takes it for what it is not."""
    for line in lines:
        for one, other in (("x0", "x1"), ("top", "bottom")):
            if abs(line[one] - line[other]) < STRAIGHT:
                line[one] = line[other]


def _missing_rules(page: Page) -> list[float]:
    """Heights at which several upright rules end and none lies across: a page cut the row, and it was left open."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    across = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    found: list[float] = []
    for height, most in ((min, "top"), (max, "bottom")):
        ends: dict[int, list[float]] = {}
        for edge in upright:
            column = ends.setdefault(round(edge["x0"] / SAME_PLACE), [])
            column.append(edge[most])
        reached = Counter(round(height(column) / SAME_PLACE) for column in ends.values())
        found += [
            place * SAME_PLACE
            for place, columns in reached.items()
            if columns >= FEWEST_RULES and not any(abs(line - place * SAME_PLACE) <= SAME_PLACE for line in across)
        ]
    return found


def _once(chars: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Letters printed twice to look bold are one letter."""
    seen = set()
    for char in chars:
        place = (char["text"], round(char["x0"]), round(char["top"]))
        if char["text"].isspace() or place not in seen:
            seen.add(place)
            yield char


def _shared_out(cells: Sequence[Box], chars: Iterable[dict[str, Any]]) -> tuple[list[list[Any]], list[Any]]:
    """The letters of each cell, and those outside all of them."""
    xs, ys = (sorted({edge for cell in cells for edge in (cell[at], cell[at + 2])}) for at in (0, 1))
    owner: dict[tuple[int, int], int] = {}
    # A cell within another owns its place: the larger ones are laid first.
    for number in sorted(range(len(cells)), key=lambda number: -_area(cells[number])):
        x0, top, x1, bottom = cells[number]
        for column in range(xs.index(x0), xs.index(x1)):
            for row in range(ys.index(top), ys.index(bottom)):
                owner[column, row] = number
    inside: list[list[Any]] = [[] for _cell in cells]
    outside: list[Any] = []
    for char in chars:
        place = (
            bisect_right(xs, (char["x0"] + char["x1"]) / 2) - 1,
            bisect_right(ys, (char["top"] + char["bottom"]) / 2) - 1,
        )
        (inside[owner[place]] if place in owner else outside).append(char)
    return inside, outside


def _words(chars: list[dict[str, Any]]) -> list[list[Any]]:
    if not chars:
        return []
    words = WORDS.extract_words(chars)
    upright = [_word([word]) for word in words if word["upright"]]
    turned = [word for word in words if not word["upright"]]
    return [*upright, _word(turned)] if turned else upright


def _word(words: Sequence[dict[str, Any]]) -> list[Any]:
    """A word and its place; words that stand on their side make one."""
    box = _around([(word["x0"], word["top"], word["x1"], word["bottom"]) for word in words])
    return [*(round(edge, 1) for edge in box), " ".join(word["text"] for word in words)]


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def answer(limits: dict[str, int]) -> None:
    """Read the one file from stdin within the limits, and write what it was to stdout."""
    confine(limits["memory"], limits["seconds"])
    try:
        said = read(sys.stdin.buffer.read(), limits["pages"])
    except Refused as refused:
        said = refused.answer
    except MemoryError:
        said = Refused("heavy").answer
    except PDFPasswordIncorrect:
        said = Refused("locked").answer
    except PdfminerException as error:
        said = Refused("locked" if isinstance(error.args[0], PDFPasswordIncorrect) else "torn").answer
    except Exception:  # whatever the library stumbles over, the file is at fault
        said = Refused("torn").answer
    sys.stdout.write(json.dumps(said))


def make_ready() -> None:
    """Load everything while files may be opened, and be silent about what is wrong with one."""
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    logging.disable(logging.CRITICAL)


if __name__ == "__main__":
    make_ready()
    answer(json.loads(sys.argv[1]))
