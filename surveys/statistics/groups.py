"""Which groups are too small to be shown, by themselves or by what is left when the others are taken away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

LEAST = 5
"""A group of fewer people would tell of single ones."""

Key = TypeVar("Key", bound=Hashable)


def shown_groups(groups: Mapping[Key, AbstractSet[Hashable]], everyone: AbstractSet[Hashable]) -> set[Key]:
    """The groups of people that may stand beside figures of everyone.

    Where those who are hidden would be one to four people, the whole less the groups shown would tell of them: then
    the smallest of the others is hidden with them.
    """
    shown = {key for key, people in groups.items() if len(people) >= LEAST}
    while shown and 0 < len(everyone - _together(groups, shown)) < LEAST:
        shown.remove(min(shown, key=lambda key: len(groups[key])))
    return shown


def _together(groups: Mapping[Key, AbstractSet[Hashable]], keys: AbstractSet[Key]) -> set[Hashable]:
    return {person for key in keys for person in groups[key]}
