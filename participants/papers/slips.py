"""The sheets of slips: a personal link on each, as a square and in letters, and lines to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.squares import square_code
from core.typography import long_date, tie

TEMPLATE = "participants/documents/slips.html"
TITLE = "Талоны с QR-кодом"
ON_A_SHEET = 10
ROOMY_SIGNS = 130
"""With more signs in its names a slip is set in smaller letters, so that its last line is not cut off."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. `guardian` is empty where the person signs himself; `address` is the personal link."""

    school: str
    person: str
    place: str
    guardian: str
    address: str
    last_day: date


def slips_context(slips: Sequence[Slip]) -> dict[str, Any]:
    """What the template shows: sheets of ten, each slip with its square."""
    shown = [
        asdict(slip)
        | {
            "square": square_code(slip.address),
            "last_day": long_date(slip.last_day),
            "person": tie(slip.person),
            "is_dense": len(slip.school + slip.person + slip.place + slip.guardian) > ROOMY_SIGNS,
        }
        for slip in slips
    ]
    return {"sheets": [shown[start : start + ON_A_SHEET] for start in range(0, len(shown), ON_A_SHEET)]}
