"""How far each programme of the demo has come by today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from core.actors import Actor
from demo.cast import NOTES, Course
from roadmap.models import Programme, Window
from roadmap.services.moving import set_days
from roadmap.services.progress import mark_done

SATURDAY = 5


def bring_to_today(*, programme: Programme, course: Course, today: date, by: Actor) -> None:
    """Mark what is over as done but for what is late, and what was done before its time."""
    named = {line: (first, last) for line, first, last in course.days}
    for count, (line, window) in enumerate(_lines(programme)):
        if line in named:
            first, last = (today + timedelta(days=days) for days in named[line])
            set_days(window=window, starts_on=first, ends_on=last, by=by)
            window.starts_on, window.ends_on = first, last
        done_on = _done_on(line, window, course, today, count)
        if done_on:
            mark_done(window=window, done_on=done_on, note=NOTES[count % len(NOTES)], by=by)


def _lines(programme: Programme) -> Iterator[tuple[str, Window]]:
    windows = Window.objects.filter(cycle__programme=programme).select_related("activity__stage")
    for window in windows.order_by("activity__stage__place", "activity__place", "starts_on", "pk"):
        yield f"{window.activity.stage.place}/{window.activity.place}", window


def _done_on(line: str, window: Window, course: Course, today: date, count: int) -> date | None:
    """The day the line was done on; None for what is late, still to come, or under way."""
    if window.starts_on is None or window.ends_on is None:
        return None
    if window.ends_on < today:
        return None if line in course.late else _working_day(window.starts_on, window.ends_on, count)
    return _working_day(window.starts_on, today, count) if line in course.early and window.starts_on <= today else None


def _working_day(first: date, last: date, count: int) -> date:
    """A day of the stretch, not always the same one, on which people are at work."""
    day = first + timedelta(days=count * 5 % ((last - first).days + 1))
    while day.weekday() >= SATURDAY and day > first:
        day -= timedelta(days=1)
    return day
