"""Which of the standard activities a text speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

# The six letters that the forms of one word share; «наставник» and «наставляемый» part later.
STEM = re.compile(r"(настав[^\W\d_]{0,2}|[^\W\d_]{1,6})[^\W\d_]*")
SURE = 0.6  # share of common stems from which on two wordings are of one activity
ALIKE = 0.3  # share from which on a wording of a school's own may be meant for a standard one
NEAR = 0.15  # what a wording of the text's own stage may fall behind the best
LONGEST = 600
SENTENCE_ENDS = re.compile(r"[.;]\s+|\n")
FILLERS = frozenset(
    ["в", "и", "или", "на", "о", "об", "от", "по", "с", "со", "для", "из", "при", "к", "до", "их", "же"]
)


Stems = frozenset[str]


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
        """The share of common stems by the number of the standard activity, of those that are alike."""
        if text not in self.shares:
            self.shares[text] = self.index.alike(_stems(text))
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
    """How many stems each standard activity has; and for each stem a number with a byte for each activity, 1 if it is in.

    The sum of such numbers counts for all activities at once how many stems they have in common with a text.
    """

    sizes: tuple[int, ...]
    holders: Mapping[str, int]

    def alike(self, stems: Stems) -> dict[int, float]:
        size, sizes = len(stems), self.sizes
        common = sum([self.holders[stem] for stem in stems if stem in self.holders]).to_bytes(len(sizes), "little")
        least = ALIKE * size / 2
        likely = [(place, count) for place, count in enumerate(common) if count > least]
        shares = [(place + 1, 2 * count / (size + sizes[place])) for place, count in likely]
        return {number: share for number, share in shares if share >= ALIKE}


@lru_cache(maxsize=8)
def _index(standard: tuple[Standard, ...]) -> _Index:
    known = [_stems(activity.text) for activity in standard]
    holders: defaultdict[str, int] = defaultdict(int)
    for place, stems in enumerate(known):
        for stem in stems:
            holders[stem] += 256**place
    return _Index(tuple(map(len, known)), dict(holders))


def _stems(text: str) -> Stems:
    return frozenset(STEM.findall(text[:LONGEST].lower().replace("ё", "е"))) - FILLERS
