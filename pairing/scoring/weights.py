"""What counts how much: the weights of the parts of a score, and how they become points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

FULL = 100
"""The most points of a pair, and the most a weight can be."""


class Part(StrEnum):
    REQUEST = "request"
    CHOICES = "choices"
    INTERESTS = "interests"
    HOURS = "hours"
    AGE = "age"
    EXPERIENCE = "experience"
    BUILDING = "building"
    NOTE = "note"


PARTS = tuple(Part)
SHARED_PARTS = tuple(part for part in PARTS if part is not Part.NOTE)
"""Those among which the hundred points are divided; the curator's word is added or taken away on top."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A whole number from 0 to 100 by part; for the curator's word it is the points themselves."""

    request: int = 40
    choices: int = 25
    interests: int = 8
    hours: int = 15
    age: int = 4
    experience: int = 4
    building: int = 4
    note: int = 20

    def of(self, part: Part) -> int:
        weight: int = getattr(self, part)
        return weight

    def as_json(self) -> dict[str, int]:
        return {str(part): self.of(part) for part in PARTS}

    def most_points(self) -> dict[Part, int]:
        """How many of the hundred points each part gives at most, rounded so that they make a hundred together.

        All nought where every weight is nought. The curator's word gives or takes what its weight is.
        """
        total = sum(self.of(part) for part in SHARED_PARTS)
        exact = {part: FULL * self.of(part) for part in SHARED_PARTS}
        points = {part: share // total if total else 0 for part, share in exact.items()}
        if total:
            by_rest = sorted(SHARED_PARTS, key=lambda part: -(exact[part] % total))
            for part in by_rest[: FULL - sum(points.values())]:
                points[part] += 1
        return points | {Part.NOTE: self.note}


DEFAULT_WEIGHTS = Weights()


def weights_from_json(stored: Mapping[str, Any]) -> Weights:
    """The weights as they were stored; the product's own where a part is missing or no number from 0 to 100."""
    return Weights(**{str(part): stored[part] for part in PARTS if _is_weight(stored.get(part))})


def part_title(part: Part) -> str:
    """What the slider of a part is called."""
    return {
        Part.REQUEST: _("Request and competences"),
        Part.CHOICES: _("Choices after the group meeting"),
        Part.INTERESTS: _("Interests in common"),
        Part.HOURS: _("Free hours in common"),
        Part.AGE: _("The mentor's wish for an age"),
        Part.EXPERIENCE: _("Experience as a mentor"),
        Part.BUILDING: _("Near each other"),
        Part.NOTE: _("The curator's word"),
    }[part]


def part_meaning(part: Part) -> str:
    """In a sentence, what a part gives points for."""
    return {
        Part.REQUEST: _("First the areas of help both have chosen, then words: “olympiad” meets “olympiads”."),
        Part.CHOICES: _("Most where both chose each other first; the mentee's choice counts for more."),
        Part.INTERESTS: _("One interest in common gives half of the points, three give all."),
        Part.HOURS: _("Four free hours a week in common give all the points, one gives a quarter."),
        Part.AGE: _("The mentee is of the age the mentor would like to work with."),
        Part.EXPERIENCE: _("A third of the points for each mentorship the mentor has led to its end, up to three."),
        Part.BUILDING: _("It is handy for both to meet in the same building, or both can meet at a distance."),
        Part.NOTE: _("Your note for a pair adds so many points, your note against it takes as many away."),
    }[part]


def _is_weight(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= FULL
