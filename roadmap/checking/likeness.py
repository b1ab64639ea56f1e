"""Which of the standard activities a text speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from roadmap.checking.shapes import Plan, Section, Standard

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

Stems = frozenset[str]


@lru_cache(maxsize=2000)
def standard_of(text: str, section: str, standard: tuple[Standard, ...]) -> int:
    """The number of the standard activity that a text is, from 1, else 0; of two much alike that of its own stage.

    `section` is the number of the stage it stands under.
    """
    likely = [(likeness, place) for place, likeness in enumerate(_likenesses(text, standard)) if likeness >= SURE]
    if not likely:
        return 0
    best = max(likeness for likeness, _ in likely)
    here = [found for found in likely if found[0] >= best - NEAR and str(standard[found[1]].stage) == section]
    return max(here or likely)[1] + 1


def likeness_of(text: str, number: int, standard: tuple[Standard, ...]) -> float:
    """How much a text has in common with the standard activity of that number, 0 to 1."""
    return _likenesses(text, standard)[number - 1]


def covered_by(text: str, section: str, standard: tuple[Standard, ...]) -> set[int]:
    """The numbers of all the standard activities in a text: some schools put two into one row, a sentence for each."""
    said = {standard_of(sentence, section, standard) for sentence in SENTENCE_ENDS.split(text)} - {0}
    of_stage = {number for number in said if str(standard[number - 1].stage) == section}
    return of_stage | ({standard_of(text, section, standard)} - {0})


def numbers_of(plan: Plan) -> dict[str, int]:
    """The standard activity that each item of a plan is, by the item's key; 0 for one of the school's own."""
    return {
        item.key: standard_of(item.text, section_number(section, place), plan.standard)
        for place, section in enumerate(plan.sections, 1)
        for item in section.items
    }


def section_number(section: Section, place: int) -> str:
    """The number of a stage in figures, by its place where it has none of its own."""
    number = section.fields.get("number", "").strip(" .)")
    return number if number.isdecimal() else str(place)


@lru_cache(maxsize=2000)
def _likenesses(text: str, standard: tuple[Standard, ...]) -> tuple[float, ...]:
    stems = _stems(text)
    return tuple(2 * len(stems & words) / ((len(stems) + len(words)) or 1) for words in _known(standard))


@lru_cache(maxsize=8)
def _known(standard: tuple[Standard, ...]) -> tuple[Stems, ...]:
    return tuple(_stems(activity.text) for activity in standard)


def _stems(text: str) -> Stems:
    words = WORD.findall(text[:LONGEST].lower().replace("ё", "е"))
    return frozenset(word[: LONG_STEM if word.startswith(MENTORING) else STEM] for word in words) - FILLERS
