"""Whom an activity concerns, read from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from roadmap.models import About, Quiet, ReminderChoice, Responsible
from roadmap.telling import Wish


def people_by_activity(activities: Iterable[int]) -> dict[int, list[tuple[str, int | None]]]:
    """Who answers for each of these activities; an empty list for one that names nobody."""
    people: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = Responsible.objects.filter(activity__in=set(activities))
    for activity, duty, user in rows.values_list("activity_id", "duty", "member__user_id"):
        people[activity].append((duty, user))
    return people


def roles_by_activity(activities: Iterable[int]) -> dict[int, str]:
    """The roles that answer for each of these activities, as written and without names."""
    roles: dict[int, list[str]] = defaultdict(list)
    rows = Responsible.objects.filter(activity__in=set(activities)).exclude(role="").order_by("activity_id", "place")
    for activity, role in rows.values_list("activity_id", "role"):
        roles[activity].append(role)
    return {activity: ", ".join(dict.fromkeys(found)) for activity, found in roles.items()}


def wishes_of(schools: Iterable[int], activities: Iterable[int]) -> dict[tuple[int, int], Wish]:
    """What each person of these schools wants to hear of these activities, by (user, school); others want everything."""
    about = ReminderChoice.objects.filter(school__in=list(schools)).values_list("user_id", "school_id", "about")
    resting: dict[tuple[int, int], dict[int, date | None]] = defaultdict(dict)
    rows = Quiet.objects.filter(activity__in=set(activities))
    for user, school, activity, until in rows.values_list(
        "user_id", "activity__stage__programme__school_id", "activity_id", "until"
    ):
        resting[user, school][activity] = until
    chosen = {(user, school): choice for user, school, choice in about}
    return {
        place: Wish(chosen.get(place, About.EVERYTHING), resting.get(place, {}))
        for place in chosen.keys() | resting.keys()
    }
