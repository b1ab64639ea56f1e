"""How the letter of the day reads: what is true at the moment it is sent, and nothing that was done meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.links import full_address
from core.models import Membership, Notice, Role
from core.notices import Letter
from roadmap.digest import LATE_STEPS, Group, Item, OpenWindow, groups_of, items_of, news_days, steps_of, subject_of
from roadmap.models import Window, WindowState
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.concerns import people_by_activity, roles_by_activity, wishes_of
from roadmap.services.reminders import MORNING, NIGHT
from roadmap.telling import People, Told, Wish, is_told


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
    settings_at = full_address("accounts:enter", memberships[0].pk) + _next("roadmap:reminder_settings")
    context = {"name": name, "sections": sections, "settings_at": settings_at}
    body = render_to_string("roadmap/notices/digest.txt", context)
    items = sorted((item for school in news.values() for item in school), key=lambda item: item.day)
    return Letter(user.email, subject_of(items), body.strip() + "\n")


def _items_by_school(memberships: Sequence[Membership], today: date) -> dict[int, list[Item]]:
    """What there is to tell for each school, in the order in which the person came to them."""
    rows = _open_windows(memberships, today)
    activities = {row.activity for row in rows}
    people, roles = people_by_activity(activities), roles_by_activity(activities)
    schools = list(dict.fromkeys(row.school_id for row in memberships))
    wishes, user = wishes_of(schools, activities), memberships[0].user_id
    news: dict[int, list[Item]] = {}
    for school in schools:
        held, wish = [row.role for row in _at(memberships, school)], wishes.get((user, school), Wish())
        mine = [
            _window(row, roles.get(row.activity, "") if Role.CURATOR in held else "")
            for row in rows
            if row.school == school
            and any(is_told(user, role, _told(row, people, today), wish, today) for role in held)
        ]
        if items := items_of(mine, today):
            news[school] = items
    return news


class _Row(NamedTuple):
    """A window a letter may tell of."""

    school: int
    activity: int
    reminded: str
    steps: Sequence[int] | None
    programme: int
    text: str
    starts_on: date
    ends_on: date


def _told(row: _Row, people: Mapping[int, People], today: date) -> Told:
    return Told(row.activity, people.get(row.activity, ()), row.reminded, row.ends_on < today)


def _window(row: _Row, who: str) -> OpenWindow:
    return OpenWindow(row.programme, row.text, row.starts_on, row.ends_on, steps_of(row.steps), who)


def _open_windows(memberships: Sequence[Membership], today: date) -> list[_Row]:
    """The windows a letter of `today` may tell of; what a past academic year left undone is not among them."""
    opens, closes = news_days(today)
    windows = Window.objects.filter(
        Q(starts_on__in=opens) | Q(ends_on__in=closes) | Q(ends_on__lt=today),
        state=WindowState.PLANNED,
        cycle__ends_on__gte=today - timedelta(days=max(LATE_STEPS)),
        cycle__programme__school__in={row.school_id for row in memberships},
    )
    columns = (
        "cycle__programme__school_id",
        "activity_id",
        "activity__reminded",
        "activity__remind_days",
        "cycle__programme_id",
        "activity__text",
        "starts_on",
        "ends_on",
    )
    ordered = windows.order_by("activity__stage__place", "activity__place", "pk")
    return [_Row(*row) for row in ordered.values_list(*columns)]


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


def _next(route: str) -> str:
    return f"?{urlencode({'next': reverse(route)}, safe='/')}"


def _at(memberships: Sequence[Membership], school: int) -> list[Membership]:
    return [row for row in memberships if row.school_id == school]
