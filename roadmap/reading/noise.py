"""What a recogniser, a converter or a signature left in a text and nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roadmap.reading.source import Piece

ARTEFACT = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|\ufeff")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LATIN = re.compile(r"[A-Za-z]")
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:ru|com|org|рф)\b")
STAMP = re.compile(r"\s*(?:\d{4}-\d\d-\d\dT\d\d:\d\d|документ подписан\b.*электронной|сертификат\s*:)", re.IGNORECASE)
RUN = 3  # lines of another alphabet in a row that are no longer a name or a quotation
LETTERS = 60
STAMP_LINES = 6


def foreign_lines(lines: Sequence[str]) -> frozenset[int]:
    """Places of lines that are a Russian text read in the wrong alphabet: whole runs of Latin in a Russian document."""
    latin = [len(LATIN.findall(line)) for line in lines]
    cyrillic = [len(CYRILLIC.findall(line)) for line in lines]
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


def stamp_lines(lines: Sequence[str]) -> frozenset[int]:
    """Places of the lines that a signature's stamp left: from its first line to the next blank one."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        if len(line) < 400 and STAMP.match(line):
            for later in range(place, min(place + STAMP_LINES, len(lines))):
                if not lines[later].strip():
                    break
                found.add(later)
    return frozenset(found)


def without_artefacts(line: int, text: str) -> tuple[Piece, list[Piece]]:
    """A line without the marks of a converter, and those marks."""
    marks = [Piece(line, match[0]) for match in ARTEFACT.finditer(text)]
    return Piece(line, ARTEFACT.sub("", text) if marks else text), marks
