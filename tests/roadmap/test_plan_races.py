"""R9 for the plan: one approval makes one version, and whoever moves and edits at once loses nothing.

Each promise is held with the locks, and the same crowd breaks it at least once without them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.models import Role
from roadmap.editing.rows import key_of, row_of
from roadmap.models import Activity, Change, Programme, Version, Window
from roadmap.services.answering import wish_of
from roadmap.services.editing import edit_activity
from roadmap.services.moving import set_days
from roadmap.services.versions import approve_version
from tests.factories import WindowFactory, actor_of, full_programme
from tests.pairing.crowd import PEOPLE, Race, run, unguarded, without_constraint

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def one_version() -> Race:
    programme = full_programme(activities=3)
    approvers = [actor_of(Role.ADMINISTRATOR, programme.school) for _ in range(PEOPLE)]

    return Race(
        "one version of an approval",
        begin=lambda: Version.objects.all().delete() and None,
        attempt=lambda number: approve_version(
            programme=programme, ground="", approved_on=date(2026, 8, 31), seen_revision=1, by=approvers[number]
        ),
        is_broken=lambda: Version.objects.count() != 1,
        locked=(Programme,),
        backed_by=(Version, "one_version_per_number"),
    )


def moves_and_edits() -> Race:
    """Half of them move the activity, half write another text; the history must tell the whole story."""
    window = WindowFactory(activity__term_text="12 октября 2026")
    curators = [actor_of(Role.CURATOR, window.cycle.programme.school) for _ in range(PEOPLE)]
    first: dict[str, dict[str, Any]] = {}

    def begin() -> None:
        Change.objects.all().delete()
        first.clear()
        first.update(rows_now(window))

    def attempt(number: int) -> None:
        if number % 2:
            day = date(2026, 10, 1) + timedelta(days=number)
            set_days(window=window, starts_on=day, ends_on=day, by=curators[number])
        else:
            activity = Activity.objects.select_related("stage__programme").get(pk=window.activity_id)
            wish = replace(wish_of(activity), text=f"Встреча {number} {activity.revision}")
            edit_activity(activity=activity, wish=wish, seen=activity.revision, by=curators[number])

    return Race(
        "moves and edits of one activity",
        begin=begin,
        attempt=attempt,
        is_broken=lambda: told_by_history(first) != rows_now(window),
        locked=(Programme, Window, Activity),
    )


def rows_now(window: Window) -> dict[str, dict[str, Any]]:
    """The window and its activity as the history would write them."""
    rows = (Window.objects.get(pk=window.pk), Activity.objects.get(pk=window.activity_id))
    return {key_of(row._meta.model_name or "", row.pk): row_of(row._meta.model_name or "", row) for row in rows}


def told_by_history(first: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]] | None:
    """What the changes make of the first state one after the other; None where one began from another state."""
    now = {key: dict(row) for key, row in first.items()}
    for change in Change.objects.order_by("revision", "pk"):
        for key, before in change.before.items():
            if any(now[key][name] != value for name, value in before.items()):
                return None
            now[key] |= change.after[key]
    return now


RACES: dict[str, Callable[[], Race]] = {"versions": one_version, "moves": moves_and_edits}


@pytest.mark.parametrize("name", RACES)
def test_the_promise_holds_however_many_act_at_once(name: str) -> None:
    tally = run(RACES[name]())

    assert (tally.broken, dict(tally.trouble)) == (0, {})
    assert tally.done > 0


@pytest.mark.parametrize("name", RACES)
def test_without_the_lock_the_same_crowd_breaks_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    race = RACES[name]()

    with ExitStack() as undone:
        undone.enter_context(without_constraint(Version, "one_version_per_revision"))
        undone.enter_context(unguarded(race, monkeypatch))
        tally = run(race, until_broken=True)

    assert tally.broken == 1
