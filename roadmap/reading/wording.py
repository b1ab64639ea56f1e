"""Russian wording brought to a form that can be compared, and broken lines put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

# Latin letters that look like Russian ones: typists and recognisers mix them up.
LOOKALIKES = str.maketrans("aeopcyxkmthbABEKMHOPCTXY", "аеорсухкмтнвАВЕКМНОРСТХУ")
LATIN = re.compile(r"[A-Za-z]")
# Any letters, as [^\W\d_]+, by which each would be looked up in Unicode's tables: the usual ones are told by their range.
ANY = r"(?:[а-яa-z]++[^\W\d_]*+|[^\W\d_]++)"
LETTERS = re.compile(ANY)
WORD = re.compile(rf"{ANY}(?:-{ANY})*+")
LAST_WORD = re.compile(r"([^\W\d_]+)(-?)$")
FIRST_WORD = re.compile(r"[а-яё]+")
STEM = 6  # letters that the forms of one word share
LONG_STEM = 8  # «наставников» and «наставляемых» have six letters in common
FILLERS = frozenset({"в", "и", "или", "на", "о", "об", "от", "по", "с", "со", "для", "из", "при", "к", "до"})
TAIL = 60  # letters at the end of a line in which its last word is looked for


def tidy(text: str) -> str:
    """One line, single ordinary spaces."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Lower case, ё as е, Latin lookalikes of Russian letters as Russian, single spaces."""
    line = tidy(text)
    if LATIN.search(line):  # to look is ten times as fast as to translate
        line = line.translate(LOOKALIKES)
    return line.lower().replace("ё", "е")


def squeeze(text: str) -> str:
    """Only the letters of `plain`: wordings that differ in spaces, signs and line breaks become equal."""
    return "".join(LETTERS.findall(plain(text)))


class Vocabulary:
    """The words a document uses and how often, to tell a broken word from two words."""

    def __init__(self, lines: Iterable[str], known: tuple[str, ...] = ()) -> None:
        self.counts = Counter(words("\n".join(lines)))
        self.known = _known_words(known)
        for compound in [word for word in self.counts if "-" in word]:
            self.counts.update(part for part in compound.split("-") if part)

    def has(self, word: str) -> bool:
        return word in self.counts or word in self.known

    def is_rare(self, word: str) -> bool:
        """Seen once at most and in no standard wording: perhaps a fragment."""
        return word not in self.known and self.counts[word] <= 1

    def join(self, texts: Sequence[str]) -> str:
        """Lines of one text as one line; words broken at the end of a line are whole again."""
        if len(texts) == 1:
            return tidy(texts[0])
        parts: list[str] = []
        for text in map(tidy, texts):
            if not text:
                continue
            if parts:
                parts[-1], glue = self._seam(parts[-1], text)
                parts.append(glue)
            parts.append(text)
        return "".join(parts)

    def _seam(self, before: str, after: str) -> tuple[str, str]:
        left, right = LAST_WORD.search(before[-TAIL:]), FIRST_WORD.match(after)
        if left is None or right is None:
            return before, " "
        head, hyphen = left[1].lower().replace("ё", "е"), left[2]
        tail = right[0].replace("ё", "е")
        if hyphen:
            # «на-» / «ставничества» loses its hyphen, «педагог-» / «психолог» keeps it.
            keeps = not self.has(head + tail) and (self.has(f"{head}-{tail}") or (self.has(head) and self.has(tail)))
            return (before, "") if keeps else (before.removesuffix("-"), "")
        broken = self.has(head + tail) and self.is_rare(head) and self.is_rare(tail)
        return before, "" if broken else " "


@cache
def _known_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words("\n".join(texts)))


def words(text: str) -> list[str]:
    """The words of a text in lower case, ё as е, compounds kept whole."""
    return WORD.findall(text.lower().replace("ё", "е"))


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the words that carry a text's meaning: wordings in other cases have them in common."""
    stems = [word[: LONG_STEM if word.startswith("настав") else STEM] for word in words(text)]
    return frozenset(stems) - FILLERS
