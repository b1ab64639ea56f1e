"""What stands before the table, set as headings, paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from core.typography import tie

BULLETS = "·•▪●○*–—-"
NUMBERED = re.compile(r"(\d{1,3})[.)](?=\s*\D)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph with its text, or a list of (mark, text)."""

    kind: str
    text: str = ""
    items: tuple[tuple[str, str], ...] = ()


def preamble_blocks(text: str) -> list[Block]:
    """One block a line; lines with bullets or with numbers in a row make one list, a number alone is a heading."""
    lines = [tie(line.strip()) for line in text.splitlines() if line.strip()]
    numbers = [_number(line) for line in lines]
    kinds = [_kind(line, numbers, place) for place, line in enumerate(lines)]
    blocks: list[Block] = []
    for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        if kind == "list":
            blocks.append(Block(kind, items=tuple(_marked(line) for _, line in run)))
        else:
            blocks += [Block(kind, line) for _, line in run]
    return blocks


def _number(line: str) -> int | None:
    found = NUMBERED.match(line)
    return int(found[1]) if found else None


def _kind(line: str, numbers: Sequence[int | None], place: int) -> str:
    if line[0] in BULLETS:
        return "list"
    number = numbers[place]
    if number is None:
        return "paragraph"
    follows = place > 0 and numbers[place - 1] == number - 1
    leads = numbers[place + 1 : place + 2] == [number + 1]
    return "list" if follows or leads else "heading"


def _marked(line: str) -> tuple[str, str]:
    if line[0] in BULLETS:
        return "–", line[1:].lstrip()
    found = NUMBERED.match(line)
    mark = found[0] if found else ""
    return mark, line[len(mark) :].lstrip()
