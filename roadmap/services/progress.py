"""Marking what was done, taking it back, and giving days to what has none."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from core.states import move
from roadmap.models import Programme, Window, WindowState

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


class DayRefused(DomainError):
    """The day cannot be right."""


def mark_done(*, window: Window, done_on: date, note: str, by: Actor) -> None:
    """Say that an activity was done on a day of the past or today, with a note.

    Saying the same twice is one act. Raises DayRefused, TransitionRefused.
    """
    with transaction.atomic():
        locked, school = _lock(window)
        if (locked.state, locked.done_on, locked.done_by) == (WindowState.DONE, done_on, by.user):
            return
        if done_on > timezone.localdate(timezone=school.zone):
            raise DayRefused(_("This day is still to come. Give today or a day before it."))
        if done_on < EARLIEST:
            raise DayRefused(_("This day lies too far back. Look at the year."))
        locked.done_on, locked.done_by, locked.note = done_on, by.user, note.strip()
        move(locked, WindowState.DONE, school=school, also=("done_on", "done_by", "note"), by=by)


def undo_done(*, window: Window, by: Actor) -> None:
    """Take the mark back; the note stays for the next one. Raises TransitionRefused."""
    with transaction.atomic():
        locked, school = _lock(window)
        if locked.state == WindowState.PLANNED:
            return
        locked.done_on, locked.done_by = None, None
        move(locked, WindowState.PLANNED, school=school, also=("done_on", "done_by"), by=by)


def set_days(*, window: Window, starts_on: date, ends_on: date, by: Actor) -> None:
    """Give a window its first and last day. Raises DayRefused."""
    if ends_on < starts_on:
        raise DayRefused(_("The last day lies before the first."))
    if starts_on < EARLIEST or ends_on > LATEST:
        raise DayRefused(_("These days cannot be right. Look at the year."))
    with transaction.atomic():
        locked, school = _lock(window)
        locked.starts_on, locked.ends_on = starts_on, ends_on
        locked.save(update_fields=("starts_on", "ends_on"))
        Programme.objects.filter(pk=locked.cycle.programme_id).update(revision=F("revision") + 1)
        record_event(verb="set_days", thing=locked, school=school, by=by)


def _lock(window: Window) -> tuple[Window, School]:
    rows = Window.objects.select_for_update(of=("self",)).select_related("cycle__programme__school")
    locked = rows.get(pk=window.pk)
    return locked, locked.cycle.programme.school
