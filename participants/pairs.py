"""Who is paired with whom: the register does not know it, the app of pairs tells it."""

from __future__ import annotations

from collections.abc import Callable, Collection

Pairs = dict[int, list[int]]
"""By the key of a part in the year, the keys of the parts on the other side, in the order in which they joined."""

Teller = Callable[[Collection[int]], Pairs]

_tellers: list[Teller] = []


def register_pairs(teller: Teller) -> None:
    """Say who knows the pairs; called from the app's `receivers`."""
    _tellers.append(teller)


def pairs_of(enrolments: Collection[int]) -> Pairs:
    """The pairs and groups of this year, those that have ended too, of these parts."""
    found: Pairs = {}
    for tell in _tellers:
        for key, others in tell(enrolments).items():
            found.setdefault(key, []).extend(others)
    return found
