"""The rows of a programme as plain values, read in one query."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q

from core.actors import Actor
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import Responsible, Window, WindowState
from roadmap.models.activity import WindowQuerySet


class Standing(StrEnum):
    """How a window stands on a day."""

    LATE = "late"
    NOW = "now"
    COMING = "coming"
    UNDATED = "undated"
    DONE = "done"


class WindowRow(NamedTuple):
    """One time an activity is to happen, with what a list shows of it.

    `stage` is the stage's place, `cycle` the cycle's key, `evidence` the kind that proves the activity.
    """

    key: int
    activity: int
    cycle: int
    year: int
    stage: int
    number: str
    section: str
    text: str
    term: str
    responsible: str
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    note: str
    search_key: str
    sort_key: str
    evidence: str
    state: str
    standing: Standing

    @property
    def is_open(self) -> bool:
        return self.standing is not Standing.DONE


_COLUMNS = (
    "pk",
    "activity_id",
    "cycle_id",
    "cycle__year",
    "activity__stage__place",
    "activity__number",
    "activity__section",
    "activity__text",
    "activity__term_text",
    "activity__responsible_text",
    "starts_on",
    "ends_on",
    "done_on",
    "note",
    "activity__search_key",
    "activity__sort_key",
    "activity__evidence",
    "state",
)
_STARTS_ON, _ENDS_ON = _COLUMNS.index("starts_on"), _COLUMNS.index("ends_on")


def window_rows(windows: WindowQuerySet, today: date) -> list[WindowRow]:
    """The rows of these windows in the order of the document, standing as of `today`."""
    ordered = windows.order_by("activity__stage__place", "activity__place", "cycle__year", "starts_on", "pk")
    return [_row(columns, today) for columns in ordered.values_list(*_COLUMNS)]


def windows_of(programme: int) -> WindowQuerySet:
    """The windows of a programme that the caller has reached by its own rule."""
    return Window.objects.filter(cycle__programme_id=programme)


def windows_awaiting(actor: Actor) -> WindowQuerySet:
    """The windows in the actor's school that await the actor: named in person, or by a duty of the actor's role."""
    duties = DUTIES_OF_ROLE.get(actor.role, frozenset()) if actor.role else frozenset()
    named = Responsible.objects.filter(activity__stage__programme__school_id=actor.school_id).filter(
        Q(member__user_id=actor.user_id) | Q(member=None, duty__in=duties)
    )
    return Window.objects.filter(cycle__programme__school_id=actor.school_id, activity__in=named.values("activity"))


def people_of(programme: int) -> list[tuple[int, str, str, int]]:
    """Who answers for what in a programme: activity, duty, name as written, the user of the member or 0."""
    rows = Responsible.objects.filter(activity__stage__programme_id=programme).order_by("activity_id", "place")
    found = rows.values_list("activity_id", "duty", "name", "member__user_id")
    return [(activity, duty, name, user or 0) for activity, duty, name, user in found]


def _row(columns: tuple[Any, ...], today: date) -> WindowRow:
    return WindowRow._make((*columns, _standing(columns[-1], columns[_STARTS_ON], columns[_ENDS_ON], today)))


def _standing(state: str, starts_on: date | None, ends_on: date | None, today: date) -> Standing:
    if state == WindowState.DONE:
        return Standing.DONE
    if starts_on is None or ends_on is None:
        return Standing.UNDATED
    if ends_on < today:
        return Standing.LATE
    return Standing.NOW if starts_on <= today else Standing.COMING
