"""What is destroyed with a person: every app registers how its own rows about him are made to tell nothing.

Higher apps register what they keep of a person; the register itself knows none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.actors import Actor
from participants.models import Person

Eraser = Callable[[Person, Actor], list[str]]
"""Destroys what its app keeps of the person; gives back the categories of what there was, in the words of the act.

Runs in the one transaction of the destruction, before the person's own row is emptied: names are still there to be
looked for. It deletes rows or empties their columns by `save`, so that keys made of them go too, and deletes files
by `core.files.delete_file`. Called twice it finds nothing the second time.
"""

PartEraser = Callable[[Sequence[int], Actor], list[str]]
"""The same for what was written of a person in these parts of his (keys of `Enrolment`)."""

_erasers: list[Eraser] = []
_part_erasers: list[PartEraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Add what an app destroys; called from the app's `receivers`."""
    _erasers.append(eraser)


def register_part_eraser(eraser: PartEraser) -> None:
    """Add what an app destroys of parts; called from the app's `receivers`."""
    _part_erasers.append(eraser)


def erase_parts_everywhere(parts: Sequence[int], by: Actor) -> list[str]:
    """Destroy what every app keeps of these parts, highest floor first; the categories, each once."""
    found = [category for erase in reversed(_part_erasers) for category in erase(parts, by)]
    return list(dict.fromkeys(found))


def erase_everywhere(person: Person, by: Actor) -> list[str]:
    """Destroy what every app keeps of the person: his parts, then himself, highest floor first; the categories."""
    parts = list(person.enrolments.values_list("pk", flat=True))
    found = [category for erase in reversed(_erasers) for category in erase(person, by)]
    return list(dict.fromkeys([*erase_parts_everywhere(parts, by), *found]))
