"""Which of the standard activities a text speaks of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

STEM = 6  # letters that the forms of one word share
MENTORING, LONG_STEM = "настав", 8  # «наставник» and «наставляемый» part later
SURE = 0.6  # share of common stems from which on two wordings are of one activity
NEAR = 0.15  # what a wording of the text's own stage may fall behind the best
LONGEST = 600
SENTENCE_ENDS = re.compile(r"[.;]\s+|\n")
WORD = re.compile(r"[^\W\d_]+")
FILLERS = frozenset(
    ["в", "и", "или", "на", "о", "об", "от", "по", "с", "со", "для", "из", "при", "к", "до", "их", "же"]
)


class Standard(NamedTuple):
    """An activity of the standard roadmap and the stage it belongs to, 1 to 7."""

    stage: int
    text: str


class Likeness:
    """What the texts of one plan have in common with the standard activities; each text is looked at once."""

    def __init__(self, standard: tuple[Standard, ...]) -> None:
        self.standard = standard
        self.index = _index(standard)
        self.shares: dict[str, Mapping[int, float]] = {}

    def of(self, text: str) -> Mapping[int, float]:
        """The share of common stems, 0 to 1, by the number of the standard activity; those with none are left out."""
        if text not in self.shares:
            stems, (sizes, places) = _stems(text), self.index
            size = len(stems)
            common = Counter(chain.from_iterable([places[stem] for stem in stems if stem in places]))
            self.shares[text] = {number: 2 * count / (size + sizes[number]) for number, count in common.items()}
        return self.shares[text]

    def standard_of(self, text: str, section: str) -> int:
        """The number of the standard activity that a text is, from 1, else 0; of two much alike that of its own stage.

        `section` is the number of the stage it stands under.
        """
        likely = [(share, number) for number, share in self.of(text).items() if share >= SURE]
        if not likely:
            return 0
        best = max(likely)[0]
        here = [found for found in likely if found[0] >= best - NEAR and self._is_of(found[1], section)]
        return max(here or likely)[1]

    def covered_by(self, text: str, section: str) -> set[int]:
        """The numbers of all the standard activities in a text: some schools put two into one row, in sentences."""
        sentences = SENTENCE_ENDS.split(text)
        said = {self.standard_of(sentence, section) for sentence in sentences} if len(sentences) > 1 else set()
        of_stage = {number for number in said - {0} if self._is_of(number, section)}
        return of_stage | ({self.standard_of(text, section)} - {0})

    def _is_of(self, number: int, section: str) -> bool:
        return str(self.standard[number - 1].stage) == section


class _Index(NamedTuple):
    """How many stems each standard activity has, by its number; and the numbers of those that have a stem."""

    sizes: Mapping[int, int]
    places: Mapping[str, list[int]]


@lru_cache(maxsize=8)
def _index(standard: tuple[Standard, ...]) -> _Index:
    sizes: dict[int, int] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, activity in enumerate(standard, 1):
        stems = _stems(activity.text)
        sizes[number] = len(stems)
        for stem in stems:
            places[stem].append(number)
    return _Index(sizes, dict(places))


def _stems(text: str) -> frozenset[str]:
    words = WORD.findall(text[:LONGEST].lower().replace("ё", "е"))
    return frozenset([word[: LONG_STEM if word.startswith(MENTORING) else STEM] for word in words]) - FILLERS
