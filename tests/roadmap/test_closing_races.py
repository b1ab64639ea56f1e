"""R9: one mark and one closing, however many make them at once; without the locks the same crowd makes more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Event, Role
from roadmap.evidence import register_evidence
from roadmap.models import ClosingState, EvidenceKind, Programme, StageClosing, Window, WindowState
from roadmap.services.closings import close_stage, reopen_stage
from roadmap.services.progress import mark_done
from roadmap.services.selfmarking import mark_complete, switch_self_marking
from tests.factories import WindowFactory, actor_of
from tests.pairing.crowd import PEOPLE, Race, run, unguarded
from tests.registries import always

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def one_mark_by_people_and_sweeps() -> Race:
    today = timezone.localdate()
    window = WindowFactory(activity__evidence=EvidenceKind.PAIRS, starts_on=today - timedelta(days=3), ends_on=today)
    school = window.cycle.programme.school
    curators = [actor_of(Role.CURATOR, school) for _ in range(PEOPLE)]
    switch_self_marking(programme=window.cycle.programme, is_on=True, by=curators[0])
    register_evidence(EvidenceKind.PAIRS, always("пары: 4 из 4", done=4, total=4))

    def begin() -> None:
        Window.objects.update(state=WindowState.PLANNED, done_on=None, done_by=None, note="")
        Event.objects.all().delete()

    def attempt(number: int) -> None:
        if number % 2:
            mark_complete()
        else:
            mark_done(window=window, done_on=today, note="", by=curators[number])

    return Race(
        "one mark by people and sweeps",
        begin=begin,
        attempt=attempt,
        is_broken=lambda: Event.objects.filter(verb="move", to_state="done").count() != 1,
        locked=(Window,),
    )


def one_closing() -> Race:
    window = WindowFactory(done=True)
    stage, cycle = window.activity.stage, window.cycle
    curators = [actor_of(Role.CURATOR, cycle.programme.school) for _ in range(PEOPLE)]

    def begin() -> None:
        StageClosing.objects.all().delete()
        Event.objects.all().delete()

    return Race(
        "one closing of a stage",
        begin=begin,
        attempt=lambda number: close_stage(stage=stage, cycle=cycle, reason="", by=curators[number]),
        is_broken=lambda: Event.objects.filter(verb="close").count() != 1,
        locked=(Programme, StageClosing),
        backed_by=(StageClosing, "one_closing_per_stage_and_cycle"),
    )


def one_opening_again() -> Race:
    window = WindowFactory(done=True)
    stage, cycle = window.activity.stage, window.cycle
    curators = [actor_of(Role.CURATOR, cycle.programme.school) for _ in range(PEOPLE)]
    close_stage(stage=stage, cycle=cycle, reason="", by=curators[0])

    def begin() -> None:
        StageClosing.objects.update(state=ClosingState.CLOSED, reopened_for="")
        Event.objects.all().delete()

    return Race(
        "one opening of a closed stage",
        begin=begin,
        attempt=lambda number: reopen_stage(stage=stage, cycle=cycle, reason=f"{number}", by=curators[number]),
        is_broken=lambda: Event.objects.filter(verb="move", to_state="reopened").count() != 1,
        locked=(Programme, StageClosing),
    )


RACES: dict[str, Callable[[], Race]] = {
    race.__name__: race for race in (one_mark_by_people_and_sweeps, one_closing, one_opening_again)
}


@pytest.mark.parametrize("name", RACES)
def test_the_promise_holds_however_many_act_at_once(name: str) -> None:
    tally = run(RACES[name]())

    assert (tally.broken, dict(tally.trouble)) == (0, {})
    assert tally.done > 0


@pytest.mark.parametrize("name", RACES)
def test_without_the_lock_the_same_crowd_breaks_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    race = RACES[name]()

    with unguarded(race, monkeypatch):
        tally = run(race, until_broken=True)

    assert tally.broken == 1
