"""The destructions of a school made ready for the page: what is due, what was done, what goes with a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.actors import Actor
from core.models import Event
from participants.holding import Fate, all_held_on
from participants.models import Destruction, DestructionState
from participants.papers.act import EXTRACT_HEADER, extract_row, line_of

SOON_DAYS = 10


@dataclass(frozen=True, slots=True)
class DueLine:
    """One person whose data wait; `left` is in days, below 0 past the last one."""

    row: Destruction
    left: int
    tone: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a destruction does with one kind of what is held."""

    title: str | Promise
    count: int
    fate: Fate
    why: str | Promise


def due_lines(actor: Actor, today: date) -> list[DueLine]:
    """What is to be carried out, the nearest day first."""
    rows = due_rows(actor).order_by("due_on", "pk")
    return [_due_line(row, (row.due_on - today).days) for row in rows]


def due_rows(actor: Actor) -> QuerySet[Destruction]:
    rows = Destruction.objects.visible_to(actor).filter(state=DestructionState.DUE)
    return rows.select_related("person__school", "school")


def done_rows(actor: Actor) -> QuerySet[Destruction]:
    """Those carried out, the newest first."""
    rows = Destruction.objects.visible_to(actor).filter(state=DestructionState.DONE)
    return rows.select_related("person", "school").order_by("-done_at", "-pk")


def preview_of(row: Destruction) -> list[Preview]:
    """What goes, what stays and why; what goes first. Nothing where only one side goes: the page says it in words."""
    if row.side:
        return []
    order = list(Fate)
    found = [Preview(held.title, len(held.lines), held.fate, held.why) for held in all_held_on(row.person)]
    return sorted(found, key=lambda row: order.index(row.fate))


def extract_of(row: Destruction) -> list[list[str]]:
    """The lines of the journal on this destruction, under their headers."""
    thing = f"person:{row.person_id}"
    lines = Event.objects.filter(school=row.school_id, thing=thing, verb="destroy", detail__destruction=row.pk)
    return [list(EXTRACT_HEADER), *_rows(lines.order_by("number"), row)]


def _rows(lines: Iterable[Event], row: Destruction) -> list[list[str]]:
    return [extract_row(line_of(event, row.school.zone)) for event in lines]


def _due_line(row: Destruction, left: int) -> DueLine:
    return DueLine(row, left, "bad" if left < 0 else "warn" if left <= SOON_DAYS else "mute")
