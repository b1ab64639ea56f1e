"""What hangs on a person: shown to the curator, and stopped at once when a consent is withdrawn.

Higher apps register what they keep of a person; the register itself knows none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.actors import Actor
from participants.models import Person


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing that hangs on a person, in words, and its page."""

    words: str
    url: str


Describer = Callable[[Person], list[Hanging]]
Stopper = Callable[[Person, Actor], object]
"""Ends every use of the person's data in its app; runs in the transaction of the withdrawal, after the consent moved."""

_describers: list[Describer] = []
_stoppers: list[Stopper] = []


def register_hanging(describer: Describer, stopper: Stopper) -> None:
    """Add what an app keeps of a person and how its use is stopped; called from the app's `receivers`."""
    _describers.append(describer)
    _stoppers.append(stopper)


def hanging_on(person: Person) -> list[Hanging]:
    """Everything that hangs on the person now."""
    return [row for describe in _describers for row in describe(person)]


def stop_use_of(person: Person, by: Actor) -> None:
    """Stop every use of the person's data, highest floor first."""
    for stop in reversed(_stoppers):
        stop(person, by)
