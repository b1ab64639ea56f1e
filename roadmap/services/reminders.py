"""Planning the letters of the day: one row per person and day, in the morning of the person's school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from core.models import Membership, Notice
from core.models.school import RUSSIAN_ZONES
from roadmap.digest import news_days
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import Window, WindowState
from roadmap.services.concerns import People, concerns, people_by_activity

DIGEST = "digest"
"""The kind of notice; `roadmap.letters` writes it."""
MORNING, NIGHT = time(8), time(21)
"""Nobody is written to before or after, by the clock of his school."""


def plan_digests() -> int:
    """Queue today's letters for those whom something new concerns and who have none yet; their number.

    Today is the day of a person's own school, of his first one where there are several. A day missed is not
    made up for: after a standstill there is the letter of today and no other.
    """
    awake: dict[date, list[str]] = defaultdict(list)
    for zone, _label in RUSSIAN_ZONES:
        here = timezone.localtime(timezone=ZoneInfo(zone))
        if MORNING <= here.time() < NIGHT:
            awake[here.date()].append(zone)
    return sum(_plan(day, zones) for day, zones in awake.items())


def _plan(day: date, zones: list[str]) -> int:
    news = _news_by_school(day)
    if not news:
        return 0
    schools: dict[tuple[int, str], set[int]] = defaultdict(set)
    for user, school, role, home in _without_letter(day, zones, news):
        if any(concerns(user, role, people) for people in news[school]):
            schools[user, home].add(school)
    notices = [_notice(user, day, home, where) for (user, home), where in schools.items()]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    return len(notices)


def _notice(user: int, day: date, home: str, schools: set[int]) -> Notice:
    return Notice(
        key=f"{DIGEST}:{user}:{day}",
        kind=DIGEST,
        user_id=user,
        school_id=min(schools) if len(schools) == 1 else None,
        payload={"day": day.isoformat()},
        due_at=datetime.combine(day, MORNING, ZoneInfo(home)),
    )


def _news_by_school(day: date) -> dict[int, list[People]]:
    """For each school with something new on `day`, who answers for each such activity."""
    opens, closes = news_days(day)
    windows = Window.objects.filter(Q(starts_on__in=opens) | Q(ends_on__in=closes), state=WindowState.PLANNED)
    rows = set(windows.values_list("activity_id", "cycle__programme__school_id"))
    people = people_by_activity(activity for activity, _school in rows)
    news: dict[int, list[People]] = defaultdict(list)
    for activity, school in rows:
        news[school].append(people[activity])
    return news


def _without_letter(day: date, zones: list[str], schools: Iterable[int]) -> Iterator[tuple[int, int, str, str]]:
    """(user, school, role, home zone) of those in these schools who may get a letter of `day` and have none yet."""
    first = Membership.objects.active().filter(user=OuterRef("user")).order_by("created_at", "pk")
    key = Concat(Value(f"{DIGEST}:"), Cast(OuterRef("user_id"), CharField()), Value(f":{day}"))
    rows = (
        Membership.objects.active()
        .filter(school__in=list(schools), role__in=list(DUTIES_OF_ROLE), user__is_active=True)
        .exclude(user__email="")
        .annotate(home=Subquery(first.values("school__time_zone")[:1]))
        .filter(~Exists(Notice.objects.filter(key=key)), home__in=zones)
    )
    return rows.values_list("user_id", "school_id", "role", "home").iterator()
