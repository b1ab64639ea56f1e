"""One reason of a score, for or against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pairing.scoring.weights import Part


class Tone(StrEnum):
    FOR = "for"
    AGAINST = "against"
    UNKNOWN = "unknown"
    """Something is not known that would count."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One share of a score: whole points and a sentence without a full stop; `brief` is for one line of several."""

    part: Part
    points: int
    words: str
    brief: str
    tone: Tone

    def as_json(self) -> dict[str, str | int]:
        return {"part": str(self.part), "points": self.points, "words": self.words}
