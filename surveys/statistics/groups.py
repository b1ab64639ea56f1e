"""Which groups are too small to be shown, by themselves or by what is left when the others are taken away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5
"""A group of fewer people would tell of single ones."""

Key = TypeVar("Key", bound=Hashable)


def shown_groups(sizes: Mapping[Key, int], total: int) -> set[Key]:
    """The groups that may stand beside a total of `total` people.

    Where those who are hidden would be one to four people, the total less the groups shown would tell of them: then
    the smallest of the others is hidden with them.
    """
    shown = {key for key, size in sizes.items() if size >= LEAST}
    while shown and 0 < total - sum(sizes[key] for key in shown) < LEAST:
        shown.remove(min(shown, key=lambda key: sizes[key]))
    return shown
