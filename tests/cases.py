"""What a case of a constraint is; each app on the upper floors keeps its own in `tests/<app>/cases.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Deed = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """What a constraint lets through at its very border, and what it refuses."""

    allowed: tuple[Deed, ...]
    refused: tuple[Deed, ...]


def second_of(factory: Any, like: Callable[[Any], dict[str, object]], **first: object) -> Deed:
    """Makes a row and then another like it."""
    return lambda: factory(**like(factory(**first)))
