"""Names as people write them in lists, taken apart into surname, given name and patronymic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.sheets.table import tidy

LONGEST_NAME = 100
LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxyёЁ", "АВСЕНКМОРТХасеорхуёЁ")
CYRILLIC = re.compile("[А-Яа-яЁё]")
STRANGE = re.compile(r"[^\w\s'’\-]|_|(?<!\w)\d")
INITIALS = re.compile(r"^[^\W\d_]\.?(\s*[^\W\d_]\.?)?$")
PATRONYMIC = re.compile(r"(вич|вна|ична|инична|ьич|оглы|кызы|угли)$", re.IGNORECASE)
OF_FATHER = frozenset({"оглы", "кызы", "угли", "улы", "гызы", "қызы", "ұлы"})
SMALL = OF_FATHER | {"фон", "де", "ван", "дер", "да", "ибн", "эль"}
DIVIDED = re.compile(r"\s*[;/\n&+]\s*|\s+(?:и|and)\s+")
COMMA = re.compile(r"\s*,\s*")


PLAIN = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
PLAIN_NAME = re.compile(rf"({PLAIN.pattern}) ({PLAIN.pattern})(?: ({PLAIN.pattern}))?")
"""As nearly all names are written: nothing more is looked at then."""


class Name(NamedTuple):
    surname: str
    given_name: str
    patronymic: str


@dataclass(frozen=True, slots=True)
class BadName(Exception):
    """Why a cell gives no name, in words."""

    words: str


def whole_name(text: str) -> Name:
    """«ИВАНОВ  Иван петрович» as a name. Raises BadName for two people in a cell, initials, or no given name."""
    plain = PLAIN_NAME.fullmatch(text)
    if plain and len(text) <= LONGEST_NAME and not PATRONYMIC.search(plain[2]):
        return Name(plain[1], plain[2], plain[3] or "")
    words = _one_person(text)
    if len(words) < 2:
        raise BadName(_("Only one word stands here: a surname and a given name are needed."))
    if any(INITIALS.match(word) for word in words[1:]):
        raise BadName(_("There are initials here: write the given name in full."))
    if len(words) > 3 and words[-1].lower() in OF_FATHER:
        words = [*words[:-2], f"{words[-2]} {words[-1]}"]
    if len(words) == 3 and PATRONYMIC.search(words[1]) and not PATRONYMIC.search(words[2]):
        words = [words[2], words[0], words[1]]
    if len(words) > 4:
        raise BadName(_("More than one person stands here: each needs a row of his own."))
    if len(words) > 3:
        raise BadName(
            _("It is not clear where the surname ends: put surname, given name and patronymic into three columns.")
        )
    return name_of_parts(words[0], words[1], words[2] if len(words) > 2 else "")


def name_of_parts(surname: str, given_name: str, patronymic: str) -> Name:
    """A name that stands in three cells. Raises BadName."""
    parts = [_part(text) for text in (surname, given_name, patronymic)]
    if not parts[0]:
        raise BadName(_("The surname is missing."))
    if not parts[1]:
        raise BadName(_("The given name is missing."))
    if INITIALS.match(parts[1]):
        raise BadName(_("There are initials here: write the given name in full."))
    return Name(*parts)


def _one_person(text: str) -> list[str]:
    """The words of the one name in a cell."""
    if "\ufffd" in text:
        raise BadName(_("Letters were lost here when the file was saved: write the name anew."))
    pieces = [piece for piece in (tidy(piece) for piece in DIVIDED.split(text.strip())) if piece]
    by_comma = [piece for piece in COMMA.split(" ".join(pieces)) if piece]
    lengths = [len(piece.split()) for piece in (pieces if len(pieces) > 1 else by_comma)]
    # A name over two lines, or «Иванов, Иван Иванович», is one name in two pieces.
    if len(lengths) > 1 and not (lengths[0] == 1 and sum(lengths) <= 3 and _has_one_given_name(pieces, by_comma)):
        raise BadName(_("More than one person stands here: each needs a row of his own."))
    return " ".join(by_comma).split()


def _has_one_given_name(pieces: list[str], by_comma: list[str]) -> bool:
    rest = " ".join((pieces if len(pieces) > 1 else by_comma)[1:]).split()
    return len(rest) == 1 or bool(PATRONYMIC.search(rest[-1]))


def _part(text: str) -> str:
    if len(text) <= LONGEST_NAME and PLAIN.fullmatch(text):
        return text
    word = tidy(text).strip(" .,")
    if "\ufffd" in text:
        raise BadName(_("Letters were lost here when the file was saved: write the name anew."))
    if DIVIDED.search(text.strip()) or COMMA.search(word):
        raise BadName(_("More than one person stands here: each needs a row of his own."))
    if CYRILLIC.search(word):
        word = word.translate(LOOKALIKES)
    if STRANGE.search(word.replace(".", "") if INITIALS.match(word) else word):
        raise BadName(_("There is something here that is no name: «%(text)s».") % {"text": tidy(text)[:60]})
    if len(word) > LONGEST_NAME:
        raise BadName(_("The name is longer than 100 letters."))
    return proper(word)


def proper(word: str) -> str:
    """«ИВАНОВ-ПЕТРОВ», «иванов-петров» as «Иванов-Петров»; what is written with both stays as it is."""
    if word != word.upper() and word != word.lower():
        return word
    words = [
        one if one in SMALL else "-".join(part[:1].upper() + part[1:] for part in one.split("-"))
        for one in word.lower().split()
    ]
    return " ".join(words)
