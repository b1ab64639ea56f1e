"""Two people wrote one thing: what differs, and whose text is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: their text, which stands, and the one typed here; `is_only_theirs` if it was not typed at."""

    name: str
    theirs: str
    mine: str
    is_only_theirs: bool


def compare(opened: Texts, mine: Texts, theirs: Texts) -> list[Difference]:
    """The fields in which what was typed differs from what stands; `opened` is what the form was opened with."""
    names = dict.fromkeys([*theirs, *mine])
    found = ((name, theirs.get(name, ""), mine.get(name, "")) for name in names)
    return [
        Difference(name, there, here, is_only_theirs=here == opened.get(name, ""))
        for name, there, here in found
        if here != there
    ]
