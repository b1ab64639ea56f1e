"""The pages of a programme, side by side over each of them."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.navigation import Tab, may_open

PAGES: list[tuple[str | Promise, str]] = [
    (_("The plan"), "roadmap:programme_show"),
    (_("Calendar"), "roadmap:programme_calendar"),
    (_("Timeline"), "roadmap:programme_timeline"),
    (_("Closing of stages"), "roadmap:programme_closings"),
    (_("Remarks"), "roadmap:programme_checks"),
    (_("Change the plan"), "roadmap:programme_edit"),
    (_("History"), "roadmap:programme_history"),
    (_("Approved versions"), "roadmap:version_list"),
]
"""What stands on a tab and the name of its page, which takes the programme's key and nothing else."""


FILTERED = {"roadmap:programme_show", "roadmap:programme_calendar", "roadmap:programme_timeline"}
"""The pages that understand the filters of the address and keep them."""


def programme_tabs(programme: int, actor: Actor, path: str, filters: str = "") -> list[Tab]:
    """The pages of a programme that the actor may open; the one whose address begins `path` furthest is current.

    `filters` is what the pages that show the activities are to be narrowed by, `?stage=2`.
    """
    pages = [page for page in _pages(programme) if may_open(actor, page[1])]
    current = max((url for _label, url, _filtered in pages if path.startswith(url)), key=len, default="")
    return [Tab(label, url + filters * is_filtered, None, url == current) for label, url, is_filtered in pages]


@lru_cache(maxsize=512)
def _pages(programme: int) -> tuple[tuple[str | Promise, str, bool], ...]:
    return tuple((label, reverse(name, args=(programme,)), name in FILTERED) for label, name in PAGES)
