"""What apps on higher floors do when a school is opened and when someone joins one, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Invitation
from core.actors import Actor
from core.models import Membership, School

Opening = Callable[[School, Actor], object]
Joining = Callable[[Invitation, Membership], object]

_openings: list[Opening] = []
_joinings: list[Joining] = []


def register_opening(step: Opening) -> None:
    """Add what every new school begins with; called from an app's `receivers`."""
    _openings.append(step)


def register_joining(step: Joining) -> None:
    """Add what follows when an invitation is accepted; called from an app's `receivers`."""
    _joinings.append(step)


def school_opened(school: School, by: Actor) -> None:
    for step in _openings:
        step(school, by)


def invitation_accepted(invitation: Invitation, membership: Membership) -> None:
    for step in _joinings:
        step(invitation, membership)
