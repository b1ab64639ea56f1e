"""Marking what was done, and taking it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.models import School
from core.states import move
from roadmap.models import Window, WindowState

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


class DayRefused(DomainError):
    """The day cannot be right."""


def mark_done(*, window: Window, done_on: date, note: str, by: Actor) -> None:
    """Say that an activity was done on a day of the past or today, with a note.

    Saying the same twice is one act. Raises DayRefused, TransitionRefused.
    """
    with transaction.atomic():
        locked, school = lock_window(window)
        if (locked.state, locked.done_on, locked.done_by) == (WindowState.DONE, done_on, by.user):
            return
        if done_on > timezone.localdate(timezone=school.zone):
            raise DayRefused(_("This day is still to come. Give today or a day before it."))
        if done_on < EARLIEST:
            raise DayRefused(_("This day lies too far back. Look at the year."))
        locked.done_on, locked.done_by, locked.note = done_on, by.user, note.strip()
        move(locked, WindowState.DONE, school=school, also=("done_on", "done_by", "note"), by=by)


def undo_done(*, window: Window, by: Actor) -> None:
    """Take the mark back; the note and the files stay, and from now on only people mark it. Raises TransitionRefused."""
    with transaction.atomic():
        locked, school = lock_window(window)
        if locked.state == WindowState.PLANNED:
            return
        locked.done_on, locked.done_by, locked.taken_back = None, None, True
        move(locked, WindowState.PLANNED, school=school, also=("done_on", "done_by", "taken_back"), by=by)


def lock_window(window: Window) -> tuple[Window, School]:
    """The window as it stands, locked until the transaction ends, and its school."""
    rows = Window.objects.select_for_update(of=("self",)).select_related("cycle__programme__school")
    locked = rows.get(pk=window.pk)
    return locked, locked.cycle.programme.school
