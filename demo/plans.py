"""How far each school of the demo has come with its people, pairs, orders and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from participants.models import PersonKind

PUPILS = "Ученик – ученик"
TEACHERS = "Учитель – учитель"
COLLEAGUES = "Педагог – педагог"


@dataclass(frozen=True, slots=True)
class Wave:
    """Pairs that went the same way together, as many mentees as `size`.

    `reached` is how far: `order` in force, `approved`, `proposed`, `returned`, `cleared` (a consent, no pair),
    `sent`, `asked`, `back` (a consent on its way), `entered` (only in the register). A mentor takes `group` mentees.
    """

    reached: str
    size: int
    group: int = 1


@dataclass(frozen=True, slots=True)
class Year:
    """One form of mentoring in one school year of a school; `year` counts from the one under way.

    The order was signed `weeks` ago, the pairs met every `every` weeks since, the `silent` ones long ago. That of the
    year before was signed when the year had begun.
    """

    form: str
    mentees: PersonKind
    mentors: PersonKind
    waves: tuple[Wave, ...]
    weeks: int = 0
    every: int = 1
    silent: int = 0
    order: str = ""
    last_year: bool = False


Plans = Mapping[str, tuple[Year, ...]]
"""What each school lives through, by its key in the cast."""

PLANS: Plans = {
    "school": (
        Year(
            PUPILS,
            PersonKind.PUPIL,
            PersonKind.PUPIL,
            (
                Wave("order", 24, 2),
                Wave("order", 5),
                Wave("approved", 5, 2),
                Wave("proposed", 6),
                Wave("returned", 1),
                Wave("cleared", 8),
                Wave("sent", 2),
                Wave("back", 1),
                Wave("asked", 3),
                Wave("entered", 1),
            ),
            weeks=6,
            silent=1,
            order="141/к",
        ),
        Year(
            TEACHERS,
            PersonKind.TEACHER,
            PersonKind.TEACHER,
            (Wave("order", 3, 3), Wave("cleared", 1)),
            weeks=6,
            every=2,
            order="142/к",
        ),
    ),
    "lyceum": (
        Year(PUPILS, PersonKind.PUPIL, PersonKind.PUPIL, (Wave("order", 30, 3),), order="88", last_year=True),
        Year(
            PUPILS,
            PersonKind.PUPIL,
            PersonKind.PUPIL,
            (Wave("approved", 3), Wave("proposed", 2, 2), Wave("cleared", 2), Wave("asked", 1)),
        ),
    ),
    "boarding": (
        Year(
            PUPILS,
            PersonKind.PUPIL,
            PersonKind.PUPIL,
            (Wave("order", 6), Wave("order", 3, 3), Wave("cleared", 1), Wave("asked", 1)),
            weeks=5,
            silent=1,
            order="26/1",
        ),
    ),
    "kindergarten": (
        Year(
            COLLEAGUES,
            PersonKind.TEACHER,
            PersonKind.TEACHER,
            (Wave("order", 2), Wave("order", 2, 2)),
            weeks=20,
            every=2,
            order="14-а",
        ),
    ),
    "gymnasium": (Year(PUPILS, PersonKind.PUPIL, PersonKind.PUPIL, (Wave("entered", 5), Wave("asked", 2))),),
}
