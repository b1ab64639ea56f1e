"""How the letter of the day reads: what is true at the moment it is sent, and nothing that was done meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.links import full_address
from core.models import Membership, Notice
from core.notices import Letter
from roadmap.digest import LATE_STEPS, Group, Item, OpenWindow, groups_of, items_of, news_days, subject_of
from roadmap.models import Window, WindowState
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.concerns import concerns, people_by_activity
from roadmap.services.reminders import MORNING, NIGHT


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a letter about one school."""

    school: str
    groups: list[Group]
    links: list[str]


def write_digest(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None when its day is over, at night, when the person has left, and when nothing new is left to tell."""
    rows = Membership.objects.active().filter(user=notice.user_id, user__is_active=True).exclude(user__email="")
    memberships = list(rows.select_related("school", "user").order_by("created_at", "pk"))
    if not memberships:
        return None
    user, here = memberships[0].user, timezone.localtime(timezone=memberships[0].school.zone)
    today = here.date()
    if today.isoformat() != notice.payload["day"] or not MORNING <= here.time() < NIGHT:
        return None
    news = _items_by_school(memberships, today)
    if not news:
        return None
    sections = [_section(items, _at(memberships, school), today) for school, items in news.items()]
    name = " ".join(filter(None, (user.given_name, user.patronymic)))
    body = render_to_string("roadmap/notices/digest.txt", {"name": name, "sections": sections})
    items = sorted((item for school in news.values() for item in school), key=lambda item: item.day)
    return Letter(user.email, subject_of(items), body.strip() + "\n")


def _items_by_school(memberships: Sequence[Membership], today: date) -> dict[int, list[Item]]:
    """What there is to tell for each school, in the order in which the person came to them."""
    windows: dict[int, list[tuple[int, OpenWindow]]] = defaultdict(list)
    for school, activity, *columns in _open_windows(memberships, today):
        windows[school].append((activity, OpenWindow(*columns)))
    people = people_by_activity(activity for rows in windows.values() for activity, _window in rows)
    news: dict[int, list[Item]] = {}
    for school in dict.fromkeys(row.school_id for row in memberships):
        roles = [(row.user_id, row.role) for row in _at(memberships, school)]
        mine = [window for key, window in windows[school] if any(concerns(*role, people[key]) for role in roles)]
        if items := items_of(mine, today):
            news[school] = items
    return news


def _open_windows(memberships: Sequence[Membership], today: date) -> list[tuple[Any, ...]]:
    """The windows a letter of `today` may tell of; what a past academic year left undone is not among them."""
    opens, closes = news_days(today)
    windows = Window.objects.filter(
        Q(starts_on__in=opens) | Q(ends_on__in=closes) | Q(ends_on__lt=today),
        state=WindowState.PLANNED,
        cycle__ends_on__gte=today - timedelta(days=max(LATE_STEPS)),
        cycle__programme__school__in={row.school_id for row in memberships},
    )
    ordered = windows.order_by("activity__stage__place", "activity__place", "pk")
    columns = ("cycle__programme_id", "activity__text", "starts_on", "ends_on")
    return list(ordered.values_list("cycle__programme__school_id", "activity_id", *columns))


def _section(items: Sequence[Item], memberships: Sequence[Membership], today: date) -> Section:
    return Section(memberships[0].school.short_name, groups_of(items, today), _links(items, memberships))


def _links(items: Sequence[Item], memberships: Sequence[Membership]) -> list[str]:
    """The programmes' pages, for those who read the roadmap; for others their own first page."""
    reader = next((row for row in memberships if row.role in ROADMAP_READERS), None)
    if reader is None:
        return [full_address("accounts:enter", memberships[0].pk)]
    entrance = full_address("accounts:enter", reader.pk)
    pages = (
        reverse("roadmap:programme_show", args=(key,)) for key in sorted({item.window.programme for item in items})
    )
    return [f"{entrance}?{urlencode({'next': page}, safe='/')}" for page in pages]


def _at(memberships: Sequence[Membership], school: int) -> list[Membership]:
    return [row for row in memberships if row.school_id == school]
