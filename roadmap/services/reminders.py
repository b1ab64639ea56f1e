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
from roadmap.digest import OpenWindow, is_news, news_days, steps_of
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import Window, WindowState
from roadmap.models.activity import WindowQuerySet
from roadmap.services.concerns import people_by_activity, wishes_of
from roadmap.telling import Told, Wish, is_told

DIGEST = "digest"
"""The kind of notice; `roadmap.letters` writes it."""
SCHOOLS_AT_ONCE = 50
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
    """School by school in batches, so that a whole region takes no more memory than a batch of it."""
    schools = sorted(_schools_with_news(day))
    batches = (schools[start : start + SCHOOLS_AT_ONCE] for start in range(0, len(schools), SCHOOLS_AT_ONCE))
    return sum(_plan_batch(day, zones, batch) for batch in batches)


def _plan_batch(day: date, zones: list[str], schools: list[int]) -> int:
    news = _news_by_school(day, schools)
    wishes = wishes_of(schools, (told.activity for found in news.values() for told in found))
    letters: dict[tuple[int, str], set[int]] = defaultdict(set)
    for user, school, role, home in _without_letter(day, zones, news):
        wish = wishes.get((user, school), Wish())
        if any(is_told(user, role, told, wish, day) for told in news[school]):
            letters[user, home].add(school)
    notices = [_notice(user, day, home, where) for (user, home), where in letters.items()]
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


def _schools_with_news(day: date) -> set[int]:
    return set(_news_windows(day).values_list("cycle__programme__school_id", flat=True))


def _news_windows(day: date) -> WindowQuerySet:
    opens, closes = news_days(day)
    return Window.objects.filter(Q(starts_on__in=opens) | Q(ends_on__in=closes), state=WindowState.PLANNED)


def _news_by_school(day: date, schools: list[int]) -> dict[int, list[Told]]:
    """What each of these schools has new on `day`."""
    columns = ("activity_id", "cycle__programme__school_id", "activity__reminded", "activity__remind_days")
    windows = _news_windows(day).filter(cycle__programme__school__in=schools)
    rows = [
        (activity, school, reminded, bool(ends_on and ends_on < day))
        for activity, school, reminded, steps, starts_on, ends_on in windows.values_list(
            *columns, "starts_on", "ends_on"
        )
        if starts_on and ends_on and is_news(OpenWindow(0, "", starts_on, ends_on, steps_of(steps)), day)
    ]
    people = people_by_activity(activity for activity, *_rest in rows)
    news: dict[int, list[Told]] = defaultdict(list)
    for activity, school, reminded, is_late in rows:
        news[school].append(Told(activity, people[activity], reminded, is_late))
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
