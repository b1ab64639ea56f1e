"""What a recogniser, a converter or a signature left in a text and nobody wrote."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import replace

from roadmap.reading.source import Block, Cell, Piece, Prose, Source

ARTEFACT = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|\ufeff")
ARTEFACTS = ("[bookmark:", "\ufeff")
CYRILLIC = re.compile(r"[А-Яа-яЁё]+")
LATIN = re.compile(r"[A-Za-z]+")
NOT_LATIN = bytes(set(range(256)) - set(string.ascii_letters.encode()))
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:ru|com|org|рф)\b")
STAMP = re.compile(r"\s*(?:\d{4}-\d\d-\d\dT\d\d:\d\d|документ подписан\b.*электронной|сертификат\s*:)", re.IGNORECASE)
# A text without any of these in small letters has no stamp: the moment is written 2024-05-01T12:00.
IN_STAMPS = ("t", "подписан", "сертификат")
STAMP_GOES_ON = re.compile(r"сертификат|владелец|действител|подпис|учреждение", re.IGNORECASE)
RUN = 3  # lines of another alphabet in a row that are no longer a name or a quotation
LETTERS = 60
LONGEST_STAMP = 300


def foreign_lines(lines: Sequence[str]) -> frozenset[int]:
    """Places of lines that are a Russian text read in the wrong alphabet: whole runs of Latin in a Russian document."""
    text = "\n".join(lines)
    if len(text.encode("ascii", "ignore").translate(None, NOT_LATIN)) < LETTERS:
        return frozenset()
    latin = [_count(LATIN, line) for line in lines]
    cyrillic = [_count(CYRILLIC, line) for line in lines]
    if sum(latin) > sum(cyrillic):
        return frozenset()
    foreign: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, "я"]):
        if not line.strip() or (place < len(lines) and latin[place] + cyrillic[place] == 0):
            continue
        if place < len(lines) and latin[place] > cyrillic[place] and not ADDRESS.search(line):
            run.append(place)
            continue
        if len(run) >= RUN and sum(latin[place] for place in run) >= LETTERS:
            foreign.update(range(run[0], run[-1] + 1))
        run = []
    return frozenset(place for place in foreign if lines[place].strip())


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def stamp_lines(lines: Sequence[str]) -> frozenset[int]:
    """Places of the lines that a signature's stamp left."""
    text = "\n".join(lines).lower()
    if not any(sign in text for sign in IN_STAMPS):
        return frozenset()
    found: set[int] = set()
    for place, line in enumerate(lines):
        begins = STAMP.match(line, 0, LONGEST_STAMP)
        if begins or (place - 1 in found and STAMP_GOES_ON.search(line, 0, LONGEST_STAMP)):
            found.add(place)
    return frozenset(found)


def sift(source: Source) -> Source:
    """The source with what nobody wrote set apart."""
    noise = foreign_lines(source.lines)
    stamp = stamp_lines(source.lines) - noise
    if not noise and not stamp and not any(sign in "\n".join(source.lines) for sign in ARTEFACTS):
        return source
    artefacts: list[Piece] = []

    def kept(piece: Piece) -> Piece:
        if piece.line - 1 in noise or piece.line - 1 in stamp:
            return replace(piece, text="")
        marks = [Piece(piece.line, match[0]) for match in ARTEFACT.finditer(piece.text)]
        artefacts.extend(marks)
        return replace(piece, text=ARTEFACT.sub("", piece.text)) if marks else piece

    return replace(
        source,
        blocks=tuple(_mapped(block, kept) for block in source.blocks),
        noise=tuple(Piece(place + 1, source.lines[place]) for place in sorted(noise)),
        stamp=tuple(Piece(place + 1, source.lines[place]) for place in sorted(stamp)),
        artefacts=tuple(artefacts),
    )


def _mapped(block: Block, kept: Callable[[Piece], Piece]) -> Block:
    if isinstance(block, Prose):
        return Prose(tuple(map(kept, block.pieces)))
    rows = (replace(row, cells=tuple(_mapped_cell(cell, kept) for cell in row.cells)) for row in block.rows)
    return replace(block, rows=tuple(rows))


def _mapped_cell(cell: Cell, kept: Callable[[Piece], Piece]) -> Cell:
    return replace(cell, pieces=tuple(map(kept, cell.pieces))) if cell.pieces else cell
