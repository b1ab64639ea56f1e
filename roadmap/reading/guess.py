"""To which of the seven stages an activity belongs, by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from roadmap.reading.cues import stage_by_cues, stage_by_name
from roadmap.reading.standard import ACTIVITIES, USUAL, StandardActivity
from roadmap.reading.wording import stems_of

SURE = 0.5  # share of common stems from which on two wordings speak of one thing
STANDARD = 0.75  # share from which on a wording is the standard one in the school's own words
LONGEST = 600
EVERYWHERE = frozenset({"наставни", "програ", "участн", "провед", "органи", "реализ"})  # words of any activity
MIN_TELLING = 2


class Planned(NamedTuple):
    """What an activity says and the school's own section it stands in."""

    text: str
    section: str | None


@dataclass(frozen=True, slots=True)
class Guess:
    """A stage, 1 to 7, and whether the wording itself says so (else it is what stands around that speaks for it)."""

    stage: int
    sure: bool


def guess_stages(activities: Sequence[Planned]) -> list[Guess]:
    """A stage for each activity of a plan in its order.

    The first of these that says something: its wording where it is the standard one, the name of its section where
    that is a stage's, its wording where it is like the standard one, words that only one stage knows; and, no longer
    sure, words of several stages, words of the section's name, the activity before it.
    """
    guesses: list[Guess] = []
    before = 1
    for activity in activities:
        guess = _by_wording(activity) or _by_surroundings(activity, before)
        before = guess.stage
        guesses.append(guess)
    return guesses


def _by_wording(planned: Planned) -> Guess | None:
    near = _nearest(planned.text)
    named = stage_by_name(planned.section or "")
    if near.activity is not None:
        alike = near.likeness >= SURE and len(near.common - EVERYWHERE) >= MIN_TELLING and named is None
        if alike or near.likeness >= STANDARD:
            return Guess(near.activity.stage, sure=True)
    cued, alone = stage_by_cues(planned.text)
    stage = named or (cued if alone else None)
    return None if stage is None else Guess(stage, sure=True)


def _by_surroundings(planned: Planned, before: int) -> Guess:
    cued, _ = stage_by_cues(planned.text)
    of_section, _ = stage_by_cues(planned.section or "")
    return Guess(cued or of_section or before, sure=False)


def is_standard(text: str) -> bool:
    """Whether a text is one of the activities of the standard roadmap, small changes aside."""
    return _nearest(text).likeness >= STANDARD


def standard_of(text: str) -> StandardActivity | None:
    """The standard activity that a text speaks of, None where it says something of its own."""
    near = _nearest(text)
    return near.activity if near.likeness >= SURE else None


class _Near(NamedTuple):
    """The standard activity most like a text, and the stems that both have."""

    likeness: float = 0.0
    activity: StandardActivity | None = None
    common: frozenset[str] = frozenset()


def _nearest(text: str) -> _Near:
    """None of them where no two are of one thing."""
    stems, known, holders = stems_of(text[:LONGEST]), _known(), _holders()
    size = len(stems)
    shared = sum([holders[stem] for stem in stems if stem in holders]).to_bytes(len(known), "little")
    # Two that have half in common have a quarter of the stems of both.
    likely = [(place, count) for place, count in enumerate(shared) if 4 * count > size]
    shares = ((2 * count / (size + len(known[place][1])), -place) for place, count in likely)
    alike = [share for share in shares if share[0] >= SURE]
    if not alike:
        return _Near()
    likeness, place = max(alike)
    activity, words = known[-place]
    return _Near(likeness, activity, stems & words)


@cache
def _known() -> tuple[tuple[StandardActivity, frozenset[str]], ...]:
    return tuple((activity, stems_of(activity.text)) for activity in ACTIVITIES + USUAL)


@cache
def _holders() -> dict[str, int]:
    """For each stem a number with a byte for each known wording, 1 if it has it: their sum counts the common stems."""
    holders: defaultdict[str, int] = defaultdict(int)
    for place, (_, stems) in enumerate(_known()):
        for stem in stems:
            holders[stem] += 256**place
    return dict(holders)
