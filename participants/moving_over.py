"""What moves when two rows of one person become one: every app registers how its own rows go over to the row that stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from participants.models import Enrolment, Person


@dataclass(frozen=True, slots=True)
class Merging:
    """`gone` becomes a part of `kept`. `parts` are those of the same year, side and form that both have: the one that
    goes, and the one that stays; each other part of `gone` goes over to `kept` as it is.
    """

    kept: Person
    gone: Person
    parts: Sequence[tuple[Enrolment, Enrolment]] = ()


Mover = Callable[[Mapping[int, int]], None]
"""Points the app's rows from the parts that go (keys of `Enrolment`) to those that stay."""
Objector = Callable[[Merging], list[str]]
"""Why the two can not be one, in words; nothing where they can."""

Settler = Callable[[Merging], list[str]]
"""How what both have ends, in words; nothing where nothing meets."""

_movers: list[Mover] = []
_objectors: list[Objector] = []
_settlers: list[Settler] = []


def register_mover(mover: Mover, *, objector: Objector | None = None, settler: Settler | None = None) -> None:
    """Add what an app keeps of parts, what it has against a merging, and what it settles; called from the app's
    `receivers`.
    """
    _movers.append(mover)
    _objectors.extend([objector] if objector else [])
    _settlers.extend([settler] if settler else [])


def move_parts(parts: Mapping[int, int]) -> None:
    """Point the rows of every app from one part to another."""
    for mover in _movers:
        mover(parts)


def objections_to(merging: Merging) -> list[str]:
    """All that speaks against the merging, in words."""
    return [words for objector in _objectors for words in objector(merging)]


def settled_by_apps(merging: Merging) -> list[str]:
    """How whatever both have in the apps ends, in words."""
    return [words for settler in _settlers for words in settler(merging)]
