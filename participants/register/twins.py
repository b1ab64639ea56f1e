"""Likely duplicates as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Person
from participants.register.duplicates import Twins


@dataclass(frozen=True, slots=True)
class TwinLine:
    """Two people side by side, and why they may be one."""

    first: Person
    second: Person
    why: str


def twin_lines(found: Iterable[Twins]) -> list[TwinLine]:
    """The pairs with their people, in one query; a pair of whom one is gone is left out."""
    pairs = list(found)
    keys = {key for pair in pairs for key in (pair.first, pair.second)}
    people = Person.objects.present().in_bulk(keys)
    return [
        TwinLine(people[pair.first], people[pair.second], str(pair.why.label))
        for pair in pairs
        if pair.first in people and pair.second in people
    ]
