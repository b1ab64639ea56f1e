"""A person's day: higher apps name what waits for someone and add panels to his home page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from core.actors import Actor
from core.models import Role


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person, one click from being done. `deed` stands on the button, `tone` is `late`,
    `now` or empty; `day` is the day it is due or since when it waits, `small` the words under the day.
    """

    text: str
    url: str
    deed: str
    detail: str = ""
    day: date | None = None
    small: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a home page: a template and what it shows, and the style sheet it needs besides those of every page.

    The template is one `<section class="card">` with a heading of its own.
    """

    template: str
    context: dict[str, Any]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure at the top of a home page: «58 из 64», «согласий проверено», and where it leads."""

    figure: str
    words: str
    url: str = ""
    tone: str = ""


Asker = Callable[[Actor, date], Iterable[Waiting]]
Painter = Callable[[Actor, date], Panel | None]
Counter = Callable[[Actor, date], Iterable[Fact]]
Deed = TypeVar("Deed")
_askers: list[tuple[int, frozenset[Role], Asker]] = []
_painters: list[tuple[int, frozenset[Role], Painter]] = []
_counters: list[tuple[int, frozenset[Role], Counter]] = []


def register_waiting(roles: Iterable[Role], asker: Asker, *, place: int) -> None:
    """Add things that wait for people of these roles, in the order of `place`; called from an app's `receivers`."""
    _askers.append((place, frozenset(roles), asker))


def register_panel(roles: Iterable[Role], painter: Painter, *, place: int) -> None:
    """Add a panel to the home page of these roles, in the order of `place`."""
    _painters.append((place, frozenset(roles), painter))


def register_facts(roles: Iterable[Role], counter: Counter, *, place: int) -> None:
    """Add figures to the home page of these roles, in the order of `place`."""
    _counters.append((place, frozenset(roles), counter))


def waiting_for(actor: Actor, today: date) -> list[Waiting]:
    """What waits for the actor today."""
    return [row for ask in _for(_askers, actor) for row in ask(actor, today)]


def panels_for(actor: Actor, today: date) -> list[Panel]:
    """The panels of the actor's home page."""
    return [panel for paint in _for(_painters, actor) if (panel := paint(actor, today))]


def facts_for(actor: Actor, today: date) -> list[Fact]:
    """The figures of the actor's home page."""
    return [fact for count in _for(_counters, actor) for fact in count(actor, today)]


def _for(rows: list[tuple[int, frozenset[Role], Deed]], actor: Actor) -> list[Deed]:
    found = [(place, deed) for place, roles, deed in rows if actor.role in roles]
    return [deed for _place, deed in sorted(found, key=lambda row: row[0])]
