"""What was counted for a school is kept by this process until something changes in the school.

Every change of a school's rows writes a line of its journal in the same transaction, so that the number of such
lines says whether a count still holds. It comes with the person's membership, at no query of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar, cast

from django.db import connection
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from core.actors import Actor
    from core.models.school import MembershipQuerySet

Value = TypeVar("Value")
_UNKNOWN = -1
_kept: dict[int, tuple[int, dict[Hashable, object]]] = {}
# Asked for at every request; as a queryset it would be put together anew each time, which takes longer than the answer.
_CHANGES = RawSQL("SELECT changes FROM core_journalhead WHERE chain = core_membership.school_id", ())


def with_changes(memberships: MembershipQuerySet) -> MembershipQuerySet:
    """The memberships, each with the number of changes in its school's journal, which `counted` goes by."""
    return memberships.annotate(school_changes=_CHANGES)


def counted(actor: Actor, what: Hashable, count: Callable[[], Value]) -> Value:
    """What `count` gives, not counted again while nothing has happened in the actor's school.

    `what` names the count and all it depends on besides the school's rows: the person, the day, the language.
    Inside a transaction, whose lines nobody else sees yet, and outside a request it is always counted.
    """
    changes: int = getattr(actor.membership, "school_changes", _UNKNOWN) or 0
    if changes == _UNKNOWN or connection.in_atomic_block:
        return count()
    known, values = _kept.get(actor.school_id, (_UNKNOWN, {}))
    if known != changes:
        values = {}
        _kept[actor.school_id] = changes, values
    if what not in values:
        values[what] = count()
    return cast("Value", values[what])
