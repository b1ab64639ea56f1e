"""The academic year a school is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from django.utils import timezone

from core.models import School
from roadmap.models import Cycle


class Spanning(Protocol):
    """Anything that has a first and a last day."""

    pk: int
    starts_on: date
    ends_on: date


Span = TypeVar("Span", bound=Spanning)


def today_in(school: School) -> date:
    """Today where the school is."""
    return timezone.localdate(timezone=school.zone)


def current_cycle(school: School, today: date) -> Cycle | None:
    """The cycle under way of the programme under way; of each the nearest where none is. None without a programme."""
    cycles = list(Cycle.objects.filter(programme__school=school).select_related("programme"))
    programme = nearest((row.programme for row in cycles), today)
    return nearest((row for row in cycles if row.programme == programme), today)


def nearest(rows: Iterable[Span], today: date) -> Span | None:
    """The row under way, the newest of several; else the next to begin, else the last that ended."""
    found = list(rows)
    running = [row for row in found if row.starts_on <= today <= row.ends_on]
    if running:
        return max(running, key=lambda row: (row.starts_on, row.pk))
    coming = [row for row in found if row.starts_on > today]
    if coming:
        return min(coming, key=lambda row: (row.starts_on, -row.pk))
    return max(found, key=lambda row: (row.ends_on, row.pk), default=None)
