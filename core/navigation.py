"""The sections of the menu: each app names its own, a person is shown those he may open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise

from core.access import AccessRule, Door
from core.actors import Actor
from core.counted import counted
from core.models import Role

Badge = Callable[[Actor], int]
"""How many things wait for the actor in a section; 0 shows no number."""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the menu as its app registered it."""

    label: str | Promise
    url_name: str
    rule: AccessRule
    place: int
    badge: Badge | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the menu as one person sees it on one page."""

    label: str | Promise
    url: str
    waiting: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several parts of a list, shown by `components/tabs.html`; `count` stands behind the label."""

    label: str | Promise
    url: str
    count: int | None
    is_current: bool


_sections: dict[str, Section] = {}


def register_item(
    label: str | Promise,
    url_name: str,
    roles: Iterable[Role | Door],
    place: int,
    badge: Badge | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """Add a section to the menu of `roles`, in the order of `place`; called from `AppConfig.ready`.

    `also` names the beginnings of addresses that belong to the section besides its own.
    """
    _sections[url_name] = Section(label, url_name, AccessRule(frozenset(roles), ()), place, badge, also)


def links_for(actor: Actor, path: str) -> list[Link]:
    """The menu of `actor` on the page at `path`; the section with the longest start of this address is current."""
    rows = sorted((row for row in _sections.values() if row.rule.admits(actor)), key=lambda row: row.place)
    urls = [_address(row.url_name) for row in rows]
    starts = [(start, url) for row, url in zip(rows, urls, strict=True) for start in (url, *row.also)]
    fitting = [(len(start), url) for start, url in starts if _holds(start, path)]
    _length, current = max(fitting, default=(0, ""))
    badges = _badges(actor, rows)
    return [
        Link(row.label, url, badges.get(row.url_name, 0), url == current) for row, url in zip(rows, urls, strict=True)
    ]


def _badges(actor: Actor, rows: Iterable[Section]) -> dict[str, int]:
    today = timezone.localdate(timezone=actor.school.zone if actor.school else None)
    what = "badges", actor.user_id, actor.role, today
    return counted(actor, what, lambda: {row.url_name: row.badge(actor) for row in rows if row.badge})


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def may_open(actor: Actor, url: str) -> bool:
    """Whether the page at this address of ours lets the actor in; what it then shows is another matter."""
    rule = _rule_at(re.split(r"[?#]", url)[0])
    return rule is not None and rule.admits(actor)


@lru_cache(maxsize=1024)
def _rule_at(path: str) -> AccessRule | None:
    try:
        return getattr(resolve(path).func, "access_rule", None)
    except Resolver404:
        return None


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
