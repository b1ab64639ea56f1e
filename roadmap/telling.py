"""Whom a letter tells of an activity: what the activity says itself, what the person wants, what was put to rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.models import Role
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import About, Reminded

People = Sequence[tuple[str, int | None]]
"""Who answers for an activity: a duty and, where it is known, the user."""


@dataclass(frozen=True, slots=True)
class Told:
    """An activity as a letter may tell of it; `reminded` is one of Reminded, `is_late` when its term is over."""

    activity: int
    people: People
    reminded: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to hear; `quiet` are the activities put to rest and the days they wake, None: never."""

    about: str = About.EVERYTHING
    quiet: Mapping[int, date | None] = field(default_factory=dict)


def concerns(user: int, role: str, people: People) -> bool:
    """A curator answers for everything; others for what names them, or for a duty of theirs that names nobody."""
    if role == Role.CURATOR:
        return True
    duties = DUTIES_OF_ROLE.get(Role(role), frozenset())
    return any(duty in duties if named is None else named == user for duty, named in people)


def is_told(user: int, role: str, told: Told, wish: Wish, today: date) -> bool:
    """Whether a letter of `today` to this person, in this role, names the activity.

    What is late reaches a curator though he asked for his own matters alone: nobody else would see to it.
    """
    if not _is_addressed(user, role, told) or wish.about == About.NOTHING or _rests(told.activity, wish, today):
        return False
    if wish.about == About.LATE:
        return told.is_late
    if wish.about == About.NAMED:
        return any(named == user for _duty, named in told.people) or (told.is_late and role == Role.CURATOR)
    return True


def _is_addressed(user: int, role: str, told: Told) -> bool:
    if told.reminded == Reminded.NOBODY:
        return False
    return role == Role.CURATOR if told.reminded == Reminded.CURATOR else concerns(user, role, told.people)


def _rests(activity: int, wish: Wish, today: date) -> bool:
    if activity not in wish.quiet:
        return False
    until = wish.quiet[activity]
    return until is None or today < until
