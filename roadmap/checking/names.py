"""Another school's name left in the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext

from roadmap.checking.shapes import Finding, Plan, Rename, texts_of

ANY_NUMBER = re.compile(r"№\s*(\d{1,4})\b")
SCHOOL_NUMBER = re.compile(
    r"(?:\b[МГЧФ][А-ЯЁ]{1,5}У\s{0,3})?[«\"]?\b(?:СОШ|ООШ|СШ|ДОУ|ДС|[Лл]ице[йяю]\w{0,2}|[Гг]имнази\w{1,2}|[Шш]кол\w{1,2}"
    r"|[Дд]етск\w{2,3}\s{1,3}сад\w{0,2})\s{0,3}№\s{0,3}(\d{1,4})\b\s?[»\"]?"
)


def own_numbers(own: Iterable[str]) -> set[str]:
    """The numbers in the names that a school goes by."""
    return {match[1] for text in own for match in ANY_NUMBER.finditer(text)}


class Named(NamedTuple):
    """A school named in a text: the words, its number, where they begin, whether they are its whole name."""

    words: str
    number: str
    start: int
    is_whole: bool


def other_schools(text: str, numbers: set[str]) -> Iterator[Named]:
    """The schools named in a text whose number is none of these; of «Заречная школа № 3» only the end is caught."""
    return (named for named in _schools(text) if named.number not in numbers)


def renamed(text: str, mend: Rename) -> str:
    """The text with the new name wherever the other stands as a whole, «Лицей №21» and «Лицей № 21» alike."""
    for named in reversed(list(_schools(text))):
        if named.number == mend.number and named.is_whole:
            text = text[: named.start] + mend.name + text[named.start + len(named.words) :]
    return text


def _schools(text: str) -> Iterator[Named]:
    for match in SCHOOL_NUMBER.finditer(text) if "№" in text else ():
        is_whole = text[: match.start()].count("«") <= text[: match.start()].count("»")
        words = match[0].rstrip() if "«" in match[0] else match[0].rstrip("» ")
        yield Named(words, match[1], match.start(), is_whole)


def check_schools(plan: Plan) -> Iterator[Finding]:
    """Each part with another school's name; this school's is put in its stead throughout the plan."""
    numbers = own_numbers((*plan.own, *([plan.school] if plan.school else ())))
    said: set[tuple[str, str]] = set()
    for key, name, text in texts_of(plan):
        for named in other_schools(text, numbers):
            if name == "section" and (text, named.words) in said:
                continue
            said.add((text, named.words))
            sentence = gettext("Another school is named here: its name may be left over from a copied document.")
            mend = Rename(named.number, plan.school) if plan.school and named.is_whole else None
            yield Finding("other_school", key, named.words, sentence, mend)
