"""Words on a page become lines, and the lines of a cell the paragraphs they were before they were broken to fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from roadmap.reading.items import read_mark
from roadmap.reading.wording import Vocabulary

BLANKS = str.maketrans({"\u2011": "-", "\u00a0": " ", "\u0000": " "})
DIVIDING = ("\u2010", "\u00ad")
"""Signs that a program puts where it divides a word, and nobody writes."""
HYPHENS = str.maketrans(dict.fromkeys(DIVIDING, "-"))
BREAK_WITHIN = re.compile(r"(?<=[-/–])(?=\w)")
ENDS_OPEN = re.compile(r"\w[-/\u2010\u00ad]$")
INITIAL, INITIAL_AT_END = re.compile(r"[А-ЯЁ]\."), re.compile(r"\b[А-ЯЁ]\.$")
SPACE = 0.28  # of the height of a line: how wide the space is that the next word would have needed
SLACK = 1.5  # points


class Word(NamedTuple):
    """A word where it stands, in points from the upper left corner of its page."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside one another."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


def words_of(found: Iterable[tuple[float, float, float, float, str]]) -> list[Word]:
    """The words as the program that opened the file gave them, signs of one meaning made one."""
    words = (Word(x0, top, x1, bottom, text.translate(BLANKS).strip()) for x0, top, x1, bottom, text in found)
    return [word for word in words if word.text]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom; a word belongs to the line whose height it shares."""
    rows: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if rows and word.middle < bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
            bottom = word.bottom - word.height / 4
    return [Line(tuple(sorted(row, key=lambda word: word.x0))) for row in rows]


def paragraphs(lines: Sequence[Line], left: float, right: float, vocabulary: Vocabulary) -> list[str]:
    """The texts of lines that stand between two edges: a line goes on in the next if that one's first word had no room."""
    found: list[list[Line]] = []
    for line in lines:
        if found and goes_on(found[-1][-1], line, left, right):
            found[-1].append(line)
        else:
            found.append([line])
    return [joined([line.text for line in broken], vocabulary) for broken in found]


def joined(texts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Lines of one paragraph as one line; «наставника/» and «наставляемого» stay one word."""
    whole: list[str] = []
    for text in texts:
        if whole and whole[-1].endswith(DIVIDING) and text[:1].islower():
            whole[-1] = whole[-1][:-1] + text
        elif whole and whole[-1].endswith("/") and ENDS_OPEN.search(whole[-1]):
            whole[-1] += text
        else:
            whole.append(text)
    return vocabulary.join([text.translate(HYPHENS) for text in whole])


def goes_on(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether a line between two edges was broken before the next one, which had no room for that one's first word."""
    if ENDS_OPEN.search(line.text) and following.text[:1].islower():
        return True
    if read_mark(following.text) is not None or _begins_apart(line.text, following.text):
        return False
    first = following.words[0]
    parts = BREAK_WITHIN.split(first.text, maxsplit=1)
    needed = (first.x1 - first.x0) * len(parts[0]) / len(first.text) + SPACE * first.height
    # A centred line is as wide as it is; one that begins at the edge may be set in from it.
    used = max(line.x1 - left, line.x1 - line.x0)
    return used + needed > right - left - SLACK


def _begins_apart(text: str, following: str) -> bool:
    """A term or a person may fill a line of a narrow cell: a capital begins another one, a name's half apart."""
    if not following[:1].isupper() or text.endswith((",", "-", "(", "«")):
        return False
    return not INITIAL.match(following) and not INITIAL_AT_END.search(text)


def clusters(values: Iterable[float], apart: float) -> Iterator[list[float]]:
    """Values in groups, each no further than `apart` from the one before it."""
    group: list[float] = []
    for value in sorted(values):
        if group and value - group[-1] > apart:
            yield group
            group = []
        group.append(value)
    if group:
        yield group
