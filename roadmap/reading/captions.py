"""Lines above a table that say what the table below is about: a stage's name, a section's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roadmap.reading.front import title_span
from roadmap.reading.source import Piece
from roadmap.reading.stages import is_stage_name, says_stage, take_number
from roadmap.reading.wording import plain, tidy

LONGEST = 160
NOT_OF_A_TABLE = re.compile(r"(?:продолжение|окончание|приложение|таблица)\b|.*(?:дорожн\w+ карт|учебн\w+ год|20\d\d)")

SENTENCES = re.compile(r"[а-яё]{3,}\. +[А-ЯЁ]")


def is_caption(text: str) -> bool:
    """Whether the last line before a table may be its name: short, and no sentence."""
    line = tidy(text[: 2 * LONGEST])
    runs_on = line.endswith((";", ":", ",")) or SENTENCES.search(take_number(line)[1]) is not None
    return len(line) <= LONGEST and not runs_on and not NOT_OF_A_TABLE.match(plain(line))


def caption_above(front: Sequence[Piece], *, others: Sequence[str]) -> int | None:
    """The place of the name of the first table: the last line above it, None where that is something else.

    `others` are the names of the further tables; without any only the name of a stage is taken for one.
    """
    place = next((place for place in range(len(front) - 1, -1, -1) if not front[place].blank), None)
    if place is None:
        return None
    text = tidy(front[place].text)
    number, name = take_number(text)
    if is_stage_name(name) or (number is not None and says_stage(text)):
        return place
    start, end = title_span(front)
    alike = any(text[:1].isupper() == other[:1].isupper() and text.isupper() == other.isupper() for other in others)
    return place if alike and is_caption(text) and not start <= place < end else None
