"""What keeps a person in a cycle: higher apps name it, so that nobody leaves while a pair of his goes on."""

from __future__ import annotations

from collections.abc import Callable

from participants.models import Enrolment

Holder = Callable[[Enrolment], str]
"""Why the enrolment can not end now, in words; empty where nothing holds it."""

_holders: list[Holder] = []


def register_holder(holder: Holder) -> None:
    """Add what may hold an enrolment; called from an app's `receivers`."""
    _holders.append(holder)


def held_by(enrolment: Enrolment) -> str:
    """The first reason for which the enrolment can not end; empty where there is none."""
    return next(filter(None, (holder(enrolment) for holder in _holders)), "")
