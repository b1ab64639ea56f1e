"""Groups too small to be shown are put together, so that nothing is learnt of them by subtraction either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_GROUP = 5
"""A group smaller than this is not shown: who knows the class would know whose answer it is."""


@dataclass(frozen=True, slots=True)
class Group:
    """One column of a breakdown: the keys that are counted in it, more than one where small ones are put together."""

    keys: tuple[str, ...]
    size: int

    @property
    def is_folded(self) -> bool:
        return len(self.keys) > 1


def fold_small(sizes: Mapping[str, int]) -> list[Group]:
    """The groups that may be shown, in the order given; small ones together, as the last.

    Where those together are still fewer than `LEAST_GROUP`, the smallest of the others goes with them, for the sum of
    all is known. No group at all where everyone together is too few, or all would be one.
    """
    kept = {key: size for key, size in sizes.items() if size >= LEAST_GROUP}
    folded = {key: size for key, size in sizes.items() if 0 < size < LEAST_GROUP}
    if folded and sum(folded.values()) < LEAST_GROUP and kept:
        smallest = min(kept, key=lambda key: (kept[key], key))
        folded[smallest] = kept.pop(smallest)
    if not kept:
        return []
    groups = [Group((key,), size) for key, size in kept.items()]
    return [*groups, Group(tuple(folded), sum(folded.values()))] if folded else groups
