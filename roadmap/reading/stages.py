"""Which words name a stage, standard or not, and what its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from roadmap.reading.standard import OTHER_STAGE_NAMES, STAGE_NAMES
from roadmap.reading.wording import plain, squeeze, stems_of, tidy

LONGEST_NAME = 400
LIKE = 0.65  # share of common words from which on two names are one

NUMBERED = re.compile(
    r"\s*(?:(этап|раздел|блок)\s+)?(\d{1,3}|[IVX]{1,5})(?:-?[йяе]\b)?(?:\s+(этап|раздел|блок)\b)?(?:[\s.):–—-]+|$)",
    re.IGNORECASE,
)
LABEL = re.compile(r"\b(Цел[ьи]|Задач[аи]|Результаты?)(?:\s+этапа)?\s*:")
FIELDS = {"Ц": "goal", "З": "task", "Р": "result"}


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a stage taken apart; `fields` has goal, task and result as far as they are there."""

    number: str | None
    name: str
    fields: dict[str, str]


def read_head(text: str) -> Head:
    """«2 этап. Формирование базы Задача: … Результат: …» as number, name and fields.

    The name is empty where there are only fields; a heading that is only «Этап 2» is its own name.
    """
    number, rest = take_number(text)
    labels = list(LABEL.finditer(rest))
    ends = [label.start() for label in labels[1:]] + [len(rest)]
    fields: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=False):
        field = FIELDS[label[1][0]]
        fields[field] = tidy(f"{fields.get(field, '')} {rest[label.end() : end]}")
    name = tidy(rest[: labels[0].start()] if labels else rest)
    fields = {field: said for field, said in fields.items() if said}
    return Head(number, name, fields) if name or fields else Head(None, tidy(text), {})


def take_number(text: str) -> tuple[str | None, str]:
    """The number before a heading, Arabic or Roman, as written; and the rest of the text.

    What the school calls its stages stays with the number, «Раздел 2»; «этап» is what they are anyway.
    """
    match = NUMBERED.match(text)
    if match is None:
        return None, text
    words = (word for word in match.groups() if word is not None and word.lower() != "этап")
    return " ".join(words), text[match.end() :]


def is_stage_name(text: str) -> bool:
    """Whether a text is the name of a standard stage, or begins with one and goes on for a little or with its task."""
    name = squeeze(LABEL.split(text[:LONGEST_NAME], maxsplit=1)[0])
    return any(name.startswith(known) and len(name) < 2 * len(known) for known in _known_names())


def is_like_stage_name(text: str) -> bool:
    """Whether a heading is the name of a standard stage in other words: shortened, or with a word more or less."""
    if is_stage_name(text):
        return True
    name, stems = squeeze(text[:LONGEST_NAME]), stems_of(text[:LONGEST_NAME])
    if len(stems) < 2:
        return False
    begins = any(known.startswith(name) for known in _known_names())
    return begins or any(2 * len(stems & known) >= LIKE * (len(stems) + len(known)) for known in _known_stems())


def says_stage(text: str) -> bool:
    """Whether a heading calls itself a stage: «I этап», «Этап 2. …», «Подготовительный этап»."""
    return re.search(r"\bэтап\b", plain(text[:LONGEST_NAME])) is not None


def spelled_name(texts: Sequence[str]) -> tuple[int, int] | None:
    """Whether lines begin with a standard stage name, whatever their breaks and lost spaces.

    Gives the number of lines the longest such name takes and the place in the last of them where it ends.
    """
    places = list(islice(_letter_places(texts), len(_known_names()[0])))
    letters = "".join(_letter(texts[line][place]) for line, place in places)
    for known in _known_names():
        if letters.startswith(known):
            line, place = places[len(known) - 1]
            if not texts[line][place + 1 : place + 2].isalnum():
                return line + 1, place + 1
    return None


def _letter_places(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    return ((line, place) for line, text in enumerate(texts) for place, sign in enumerate(text) if sign.isalpha())


@cache
def _letter(sign: str) -> str:
    return squeeze(sign)[:1] or "?"


@cache
def _known_stems() -> tuple[frozenset[str], ...]:
    return tuple(stems_of(name) for name in STAGE_NAMES + OTHER_STAGE_NAMES)


@cache
def _known_names() -> tuple[str, ...]:
    """Squeezed standard names, the longest first; «пар или групп», «пар и групп», «пар / групп» are the same."""
    names = {
        squeeze(name.replace(" или ", between))
        for name in STAGE_NAMES + OTHER_STAGE_NAMES
        for between in (" или ", " и ", " ")
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
