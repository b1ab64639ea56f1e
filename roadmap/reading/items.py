"""The entries of a cell: numbered, bulleted, with a line that introduces them, broken over lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roadmap.reading.source import Piece
from roadmap.reading.wording import Vocabulary, tidy

NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})+(?=[.)\s])|\d{1,3}(?=[.)](?!\d))|[а-я](?=\)))([.)]?)\s*")
BULLET = re.compile(r"\s*([•·●▪■□◦‣∙▫➢✓✔*\uf0b7\uf0a7\uf0d8]|[–—−-](?=\s*[^\W\d_«]))\s*")
# «1) … 2) …» in one line: what follows a number with a full stop must begin like a sentence.
INLINE = re.compile(r"(?<=[\s;.])(\d{1,2})(?:(\))\s*(?=[^\W\d_«])|(\.)\s*(?=[А-ЯЁ«]))")
HAS_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an entry of a list begins with: a number as written, or the sign of a bullet."""

    number: str | None
    sign: str
    length: int


@dataclass(slots=True)
class Entry:
    """One entry: paragraphs of lines (more than one when it has a list inside) and the pieces they came from."""

    number: str | None
    sign: str
    level: int
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    pieces: list[Piece] = field(default_factory=list)

    def add(self, piece: Piece, text: str, *, paragraph: bool = False) -> None:
        if paragraph:
            self.paragraphs.append([])
        self.paragraphs[-1].append(text)
        self.pieces.append(piece)

    def holds(self, mark: Mark, level: int) -> bool:
        """Whether a marked line is part of a list inside this entry rather than the next entry."""
        if level > self.level or (self.number is None and not self.sign):
            return level > self.level
        if mark.number is not None:
            return mark.number.isalpha() and self.number is not None and not self.number.isalpha()
        introduces = "".join(self.paragraphs[0]).rstrip().endswith(":")
        return introduces and mark.sign != self.sign

    def text(self, vocabulary: Vocabulary) -> str:
        return "\n".join(filter(None, map(vocabulary.join, self.paragraphs)))


@dataclass(frozen=True, slots=True)
class Entries:
    """What a cell holds: the line that introduces the entries (or None) and the entries."""

    intro: Entry | None
    entries: tuple[Entry, ...]


def read_mark(text: str) -> Mark | None:
    """The number or bullet a line begins with, None for running text."""
    if match := NUMBER.match(text):
        return Mark(match[1], match[2], match.end())
    if match := BULLET.match(text):
        return Mark(None, match[1], match.end())
    return None


def read_entries(pieces: Sequence[Piece]) -> Entries:
    """The entries of a cell in order; a cell without numbers and bullets is one entry."""
    found: list[Entry] = []
    for piece in _lines(pieces):
        mark = read_mark(piece.text)
        if mark is None:
            if not found:
                found.append(Entry(None, "", piece.level))
            found[-1].add(piece, piece.text)
        elif found and found[-1].holds(mark, piece.level):
            found[-1].add(piece, piece.text, paragraph=True)
        else:
            entry = Entry(mark.number, mark.sign, piece.level)
            entry.add(piece, piece.text[mark.length :])
            found.append(entry)
    if len(found) > 1 and not found[0].sign and tidy(found[0].paragraphs[0][-1]).endswith(":"):
        return Entries(found[0], tuple(found[1:]))
    return Entries(None, tuple(found))


def as_one(pieces: Sequence[Piece], number: str | None, vocabulary: Vocabulary) -> Entry:
    """All of a cell as one entry: lists inside it stay lists, each marked line a paragraph with its mark."""
    entry = Entry(number, "", 0)
    for piece in filter(_speaks, pieces):
        entry.add(piece, piece.text, paragraph=bool(entry.pieces) and read_mark(piece.text) is not None)
    return entry


def _lines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in filter(_speaks, pieces):
        yield from _inline(piece)


def _speaks(piece: Piece) -> bool:
    """A lone full stop or dash says nothing; a lone bullet belongs to the line after it."""
    return HAS_WORD.search(piece.text) is not None or read_mark(piece.text) is not None


def _inline(piece: Piece) -> Iterator[Piece]:
    """A line with several numbered entries as several lines."""
    first = NUMBER.match(piece.text)
    if first is None or first[1] != "1" or not first[2]:
        yield piece
        return
    start, expected = 0, 2
    for match in INLINE.finditer(piece.text, first.end()):
        if match[1] == str(expected) and (match[2] or match[3]) == first[2]:
            yield Piece(piece.line, piece.text[start : match.start()], piece.level, (piece,))
            start, expected = match.start(), expected + 1
    yield Piece(piece.line, piece.text[start:], piece.level, (piece,)) if start else piece
