"""What the matcher takes and gives. Mentees and mentors are indexes here: whoever calls sorts people by key before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[int, int]
"""A mentee and a mentor."""


class Aim(StrEnum):
    """What comes next after the number of mentees served."""

    TOTAL = "total"
    """The highest total."""
    WORST_FIRST = "worst_first"
    """The highest score of the worst pair, then the highest total."""


class Filling(StrEnum):
    """Which of the equally good solutions is taken where mentors have several places. It costs nothing of the aim."""

    ANY = "any"
    EVEN = "even"
    """Each mentor has about the same share of his places filled."""
    FEWEST = "fewest"
    """Few mentors with full groups."""
    SMALLEST = "smallest"
    """Groups as small as can be, with as many mentors as that takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The pairs that may be, out of so many that a table of all is not wanted: three arrays of one length.

    No pair stands twice; what is not here is forbidden.
    """

    mentees: NDArray[np.intp]
    mentors: NDArray[np.intp]
    scores: NDArray[np.float64]
    shape: tuple[int, int]
    """How many mentees and how many mentors there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Who is to be paired with whom.

    `scores` has a row per mentee and a column per mentor, nan where the pair is forbidden; `capacities` says how many
    mentees each mentor takes. A locked pair stands whatever comes and counts in everything; a banned one never.
    """

    scores: NDArray[np.float64] | Candidates
    capacities: NDArray[np.int64]
    locked: tuple[Pair, ...] = ()
    banned: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The pairs, in the order of mentees, and what is to be said of them."""

    pairs: tuple[Pair, ...]
    served: int
    total: float
    worst: float | None
    """The lowest score among the pairs; None where there are none."""
    bound: float | None
    """No solution that serves as many has a higher total: proved by prices of places. None where the worst counts."""
    blocking: int
    """Pairs not made in which both would be better off than they are, by the score."""
    aim: Aim = Aim.TOTAL
    filling: Filling = Filling.ANY


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee who changes his mentor; None is to have none."""

    mentee: int
    from_mentor: int | None
    to_mentor: int | None
    from_score: float | None
    to_score: float | None


@dataclass(frozen=True, slots=True)
class Price:
    """What it takes to have it otherwise: both are changes of the whole, as a rule below or at 0."""

    served: int
    total: float
    moves: tuple[Move, ...] = ()
    """Of everybody but the mentee asked about."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another mentor for a mentee."""

    mentor: int
    score: float
    price: Price


@dataclass(frozen=True, slots=True)
class Gain:
    """What one more mentor would bring, and whom it would raise: those served anew or with a higher score."""

    served: int
    total: float
    mentees: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What every change of one pair costs, all others being placed anew as well as can be.

    The tables have the shape of the scores and nan where the pair cannot be; 0 stands at the pairs proposed.
    `without_*` go with `Solution.pairs` and say what it costs that this pair is not made; nan for a locked one.
    """

    served: NDArray[np.float64]
    total: NDArray[np.float64]
    without_served: NDArray[np.float64]
    without_total: NDArray[np.float64]


class NotOptimal(ValueError):
    """The solution is not the best there is for the instance, so changes of it have no price."""
