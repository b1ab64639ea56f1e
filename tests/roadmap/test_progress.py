"""Marking done, taking back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core.actors import Actor
from core.models import Event, School
from roadmap.models import Window, WindowState
from roadmap.services.progress import DayRefused, mark_done, undo_done
from tests.factories import WindowFactory, actor_of

pytestmark = pytest.mark.django_db


def window_of() -> tuple[Window, Actor]:
    window = WindowFactory()
    return window, actor_of(school=window.cycle.programme.school)


def test_done_is_kept_with_day_person_note_and_journal() -> None:
    window, by = window_of()

    mark_done(window=window, done_on=date(2026, 10, 20), note=" Провели ", by=by)

    window.refresh_from_db()
    assert (window.state, window.done_on, window.done_by, window.note) == (
        WindowState.DONE,
        date(2026, 10, 20),
        by.user,
        "Провели",
    )
    moves = Event.objects.filter(thing=f"window:{window.pk}").values_list("verb", "from_state", "to_state", "actor")
    assert list(moves) == [("move", "planned", "done", by.pseudonym)]


def test_a_double_click_is_one_act() -> None:
    window, by = window_of()

    for _click in range(2):
        mark_done(window=window, done_on=date(2026, 10, 20), note="", by=by)

    assert Event.objects.filter(verb="move").count() == 1


def test_today_is_the_day_of_the_school_and_tomorrow_is_refused() -> None:
    window, by = window_of()
    School.objects.update(time_zone="Asia/Kamchatka")
    today = date(2026, 10, 21)

    with time_machine.travel(datetime(2026, 10, 20, 20, tzinfo=UTC)):  # still the 20th in Moscow
        with pytest.raises(DayRefused):
            mark_done(window=window, done_on=today + timedelta(days=1), note="", by=by)
        mark_done(window=window, done_on=today, note="", by=by)

    assert Window.objects.get().done_on == today


def test_a_day_before_this_century_is_refused() -> None:
    window, by = window_of()

    with pytest.raises(DayRefused):
        mark_done(window=window, done_on=date(1999, 12, 31), note="", by=by)

    assert Window.objects.get().state == WindowState.PLANNED


def test_taking_back_keeps_the_note() -> None:
    window, by = window_of()
    mark_done(window=window, done_on=date(2026, 10, 20), note="Провели", by=by)

    undo_done(window=window, by=by)
    undo_done(window=window, by=by)

    window.refresh_from_db()
    assert (window.state, window.done_on, window.done_by, window.note) == (WindowState.PLANNED, None, None, "Провели")
    assert Event.objects.filter(verb="move").count() == 2
