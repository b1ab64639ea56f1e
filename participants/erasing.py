"""What is destroyed with a person: every app registers how its own rows about him are made to tell nothing.

Higher apps register what they keep of a person; the register itself knows none of it.
"""

from __future__ import annotations

from collections.abc import Callable

from core.actors import Actor
from participants.models import Person

Eraser = Callable[[Person, Actor], list[str]]
"""Destroys what its app keeps of the person; gives back the categories of what there was, in the words of the act.

Runs in the one transaction of the destruction, before the person's own row is emptied: names are still there to be
looked for. It deletes rows or empties their columns by `save`, so that keys made of them go too, and deletes files
by `core.files.delete_file`. Called twice it finds nothing the second time.
"""

_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Add what an app destroys; called from the app's `receivers`."""
    _erasers.append(eraser)


def erase_everywhere(person: Person, by: Actor) -> list[str]:
    """Destroy what every app keeps of the person, highest floor first; the categories, each once."""
    found = [category for erase in reversed(_erasers) for category in erase(person, by)]
    return list(dict.fromkeys(found))
