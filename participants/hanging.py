"""What hangs on a person: shown to the curator, and stopped at once when a consent is withdrawn.

Higher apps register what they keep of a person; the register itself knows none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.actors import Actor
from participants.models import Enrolment, Person


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing that hangs on a person, in words, and its page."""

    words: str
    url: str


Describer = Callable[[Person], list[Hanging]]
Stopper = Callable[[Person, Sequence[int], Actor], object]
"""Ends every use of the person's data in its app that rests on these parts of his (keys of `Enrolment`), and no other;
runs in the transaction of the withdrawal, after the consent moved.
"""

Locker = Callable[[Person], object]
"""Locks the rows that the app's stopper will change."""

_describers: list[Describer] = []
_stoppers: list[Stopper] = []
_lockers: list[Locker] = []


def register_hanging(describer: Describer, stopper: Stopper, locker: Locker | None = None) -> None:
    """Add what an app keeps of a person and how its use is stopped; called from the app's `receivers`."""
    _describers.append(describer)
    _stoppers.append(stopper)
    if locker:
        _lockers.append(locker)


def hanging_on(person: Person) -> list[Hanging]:
    """Everything that hangs on the person now."""
    return [row for describe in _describers for row in describe(person)]


def lock_use_of(person: Person) -> None:
    """Lock what `stop_use_of` will change: the person's parts in every cycle, then what hangs on them.

    To be called before the first line of the journal is written. Whoever has written one holds a lock that the whole
    school waits for; he must not wait for rows that another holds.
    """
    list(Enrolment.objects.select_for_update().filter(person=person).order_by("pk").values_list("pk"))
    for lock in _lockers:
        lock(person)


def stop_use_of(person: Person, parts: Sequence[int], by: Actor) -> None:
    """Stop every use of the person's data that rests on these parts of his, highest floor first; `lock_use_of` comes
    before.
    """
    for stop in reversed(_stoppers):
        stop(person, parts, by)
