"""Whom an activity concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.models import Role
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import Responsible

People = Sequence[tuple[str, int | None]]
"""Who answers for an activity: a duty and, where it is known, the user."""


def people_by_activity(activities: Iterable[int]) -> dict[int, list[tuple[str, int | None]]]:
    """Who answers for each of these activities; an empty list for one that names nobody."""
    people: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = Responsible.objects.filter(activity__in=set(activities))
    for activity, duty, user in rows.values_list("activity_id", "duty", "member__user_id"):
        people[activity].append((duty, user))
    return people


def concerns(user: int, role: str, people: People) -> bool:
    """A curator answers for everything; others for what names them, or for a duty of theirs that names nobody."""
    if role == Role.CURATOR:
        return True
    duties = DUTIES_OF_ROLE.get(Role(role), frozenset())
    return any(duty in duties if named is None else named == user for duty, named in people)
