"""To which of the seven stages an activity belongs, by what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from roadmap.reading.standard import ACTIVITIES, USUAL, StandardActivity
from roadmap.reading.wording import words

STEM = 6  # letters that the forms of one word share
SURE = 0.5  # share of common stems from which on two wordings speak of one thing
STANDARD = 0.75  # share from which on a wording is the standard one in the school's own words
LONGEST = 600
FILLERS = frozenset({"в", "и", "или", "на", "о", "об", "от", "по", "с", "со", "для", "из", "при", "к", "до"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A stage, 1 to 7, and whether the wording itself says so (else it follows the activity before)."""

    stage: int
    sure: bool


def guess_stages(texts: Sequence[str]) -> list[Guess]:
    """A stage for each activity of a plan in its order; one that says nothing stays with the one before it."""
    guesses: list[Guess] = []
    before = 1
    for text in texts:
        likeness, activity = _nearest(text)
        sure = likeness >= SURE
        before = activity.stage if activity is not None and sure else before
        guesses.append(Guess(before, sure))
    return guesses


def is_standard(text: str) -> bool:
    """Whether a text is one of the activities of the standard roadmap, small changes aside."""
    return _nearest(text)[0] >= STANDARD


def standard_of(text: str) -> StandardActivity | None:
    """The standard activity that a text speaks of, None where it says something of its own."""
    likeness, activity = _nearest(text)
    return activity if likeness >= SURE else None


def _nearest(text: str) -> tuple[float, StandardActivity | None]:
    stems = _stems(text[:LONGEST])
    shared: Counter[int] = Counter(place for stem in stems for place in _index().get(stem, ()))
    best, nearest = 0.0, None
    for place, count in shared.items():
        known = _known()[place]
        likeness = 2 * count / (len(stems) + len(known[1]))
        if likeness > best:
            best, nearest = likeness, known[0]
    return best, nearest


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words(text)) - FILLERS


@cache
def _known() -> tuple[tuple[StandardActivity, frozenset[str]], ...]:
    return tuple((activity, _stems(activity.text)) for activity in ACTIVITIES + USUAL)


@cache
def _index() -> dict[str, tuple[int, ...]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_, stems) in enumerate(_known()):
        for stem in stems:
            places[stem].append(place)
    return {stem: tuple(found) for stem, found in places.items()}
