"""What putting a change of a living plan back brings back, and when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.actors import Actor
from core.models import Event
from roadmap.editing.wishes import ActivityWish, PersonWish
from roadmap.models import Activity, Change, Programme, Quiet, Stage, Window, WindowState
from roadmap.services.answering import wish_of
from roadmap.services.editing import PlaceGone, add_activity, delete_activity, edit_activity
from roadmap.services.evidence import choose_evidence
from roadmap.services.heads import edit_approvals, edit_head
from roadmap.services.moving import set_days
from roadmap.services.quiet import put_to_rest
from roadmap.services.rearranging import merge_activities, move_activity, split_activity
from roadmap.services.stages import add_stage, delete_stage, edit_stage, move_stage
from roadmap.services.undoing import CannotUndo, undo_change
from tests.factories import UserFactory
from tests.roadmap.plans import (
    activity_of,
    agreed,
    curator_of,
    head_of,
    opened_head,
    order_of,
    rewrite,
    small_plan,
    stage_of,
    stage_texts,
    stamp,
    state_of,
)

pytestmark = pytest.mark.django_db
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def plan() -> Programme:
    return small_plan()


@pytest.fixture
def curator(plan: Programme) -> Actor:
    return curator_of(plan)


def edit_everything(plan: Programme, by: Actor) -> Change | None:
    activity = activity_of(plan, "1.1")
    fields: dict[str, Any] = {
        "text": "Другое",
        "term_text": "сентябрь, ноябрь, май",
        "people": (PersonWish(None, "Директор", "", "head"),),
        "stage": stage_of(plan, "2").pk,
    }
    return rewrite(activity, **fields, agreed=agreed(activity, **fields), by=by)


def split_first(plan: Programme, by: Actor) -> Change:
    return split_activity(activity=activity_of(plan, "1.1"), at=9, seen=1, by=by)


def add_one(plan: Programme, by: Actor) -> Change:
    stage = stage_of(plan, "1")
    wish = ActivityWish(stage.pk, "", "", "Новое", "май", "Куратор")
    return add_activity(stage=stage, wish=wish, after=activity_of(plan, "1.1").pk, by=by)


def lengthen(plan: Programme, by: Actor) -> Change | None:
    return edit_head(programme=plan, wish=head_of(plan, ends_on=date(2029, 5, 31)), opened=opened_head(plan), by=by)


def stamp_it(plan: Programme, by: Actor) -> Change | None:
    return edit_approvals(programme=plan, wish=[stamp(None)], opened={}, by=by)


ACTS: dict[str, Callable[[Programme, Actor], Change | None]] = {
    "edit": edit_everything,
    "add": add_one,
    "delete": lambda plan, by: delete_activity(activity=activity_of(plan, "1.1"), by=by),
    "delete the last": lambda plan, by: delete_activity(activity=activity_of(plan, "2.2"), by=by),
    "up over the edge": lambda plan, by: move_activity(activity=activity_of(plan, "2.1"), step=-1, by=by),
    "down": lambda plan, by: move_activity(activity=activity_of(plan, "1.1"), step=1, by=by),
    "split": split_first,
    "merge": lambda plan, by: merge_activities(activity=activity_of(plan, "1.1"), by=by),
    "edit stage": lambda plan, by: edit_stage(stage=stage_of(plan, "1"), wish=stage_texts(), opened={}, by=by),
    "add stage": lambda plan, by: add_stage(programme=plan, wish=stage_texts(), by=by),
    "move stage": lambda plan, by: move_stage(stage=stage_of(plan, "1"), step=1, by=by),
    "longer": lengthen,
    "stamps": stamp_it,
}


@pytest.mark.parametrize("act", ACTS)
def test_putting_back_brings_everything_back_with_its_keys(plan: Programme, curator: Actor, act: str) -> None:
    before = state_of(plan)
    change = ACTS[act](plan, curator)
    assert change is not None
    assert state_of(plan) != before

    undo_change(change=change, by=curator)
    undo_change(change=change, by=curator)

    change.refresh_from_db()
    assert state_of(plan) == before
    assert (change.undone_by, Programme.objects.get(pk=plan.pk).revision) == (curator.user, 3)
    assert Event.objects.filter(verb="undo_change").count() == 1


@pytest.mark.parametrize("act", ["edit", "add", "split", "merge", "up over the edge"])
def test_what_was_changed_again_is_not_put_back(plan: Programme, curator: Actor, act: str) -> None:
    change = ACTS[act](plan, curator)
    assert change is not None
    assert change.activity is not None
    activity = Activity.objects.get(pk=change.activity.pk)
    if act == "up over the edge":
        move_activity(activity=activity, step=-1, by=curator)
    else:
        rewrite(activity, text="Ещё раз иначе", by=curator)
    before = state_of(plan)

    with pytest.raises(CannotUndo):
        undo_change(change=change, by=curator)

    assert state_of(plan) == before


def test_other_fields_changed_since_stay_when_one_is_put_back(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    change = rewrite(activity, text="Другое", by=curator)
    activity.refresh_from_db()
    rewrite(activity, section="Раздел", by=curator)
    assert change is not None

    undo_change(change=change, by=curator)

    activity.refresh_from_db()
    assert (activity.text, activity.section) == ("Провести мероприятие 1.1", "Раздел")


def test_an_added_activity_that_was_done_since_does_not_go(plan: Programme, curator: Actor) -> None:
    change = add_one(plan, curator)
    window = Window.objects.filter(activity=change.activity)
    window.update(state=WindowState.DONE, done_on=date(2026, 10, 9), done_by=curator.user)

    with pytest.raises(CannotUndo):
        undo_change(change=change, by=curator)


def test_a_new_stage_that_was_filled_since_does_not_go(plan: Programme, curator: Actor) -> None:
    change = add_stage(programme=plan, wish=stage_texts(number="3"), by=curator)
    move_activity(activity=activity_of(plan, "2.2"), step=1, by=curator)

    with pytest.raises(CannotUndo):
        undo_change(change=change, by=curator)

    assert Activity.objects.count() == 4


def test_what_was_deleted_from_a_stage_that_is_gone_is_not_brought_back(plan: Programme, curator: Actor) -> None:
    changes = [delete_activity(activity=activity_of(plan, number), by=curator) for number in ("2.2", "2.1")]
    emptied = delete_stage(stage=stage_of(plan, "2"), by=curator)
    assert changes[1] is not None
    assert emptied is not None

    with pytest.raises(CannotUndo):
        undo_change(change=changes[1], by=curator)
    undo_change(change=emptied, by=curator)
    undo_change(change=changes[1], by=curator)

    assert order_of(plan) == [["1.1", "1.2"], ["2.1"]]


def test_the_history_of_what_was_brought_back_is_its_own_again(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    edited = rewrite(activity, text="Другое", by=curator)
    deleted = delete_activity(activity=activity, by=curator)
    assert edited is not None
    assert deleted is not None

    undo_change(change=deleted, by=curator)

    edited.refresh_from_db()
    assert (edited.activity_id, Stage.objects.count()) == (activity.pk, 2)


def test_what_was_deleted_meanwhile_is_told_in_words(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    wish = replace(wish_of(activity), text="Другое")
    delete_activity(activity=activity_of(plan, "1.1"), by=curator)

    with pytest.raises(PlaceGone):
        edit_activity(activity=activity, wish=wish, seen=1, by=curator)
    with pytest.raises(PlaceGone):
        move_activity(activity=activity, step=1, by=curator)


def test_days_moved_together_are_put_back_together(plan: Programme, curator: Actor) -> None:
    before = state_of(plan)
    window = activity_of(plan, "1.1").windows.get()
    change = set_days(window=window, starts_on=NOVEMBER[0], ends_on=NOVEMBER[1], by=curator)
    assert change is not None

    undo_change(change=change, by=curator)

    assert state_of(plan) == before


def test_another_kind_of_proof_is_put_back(plan: Programme, curator: Actor) -> None:
    before = state_of(plan)
    choose_evidence(activity=activity_of(plan, "1.1"), kind="survey", by=curator)

    undo_change(change=Change.objects.get(), by=curator)

    assert state_of(plan) == before


def test_who_did_not_want_to_hear_of_it_does_not_want_to_after_it_came_back(plan: Programme, curator: Actor) -> None:
    activity, later = activity_of(plan, "1.1"), date(2027, 1, 11)
    put_to_rest(activity=activity, until=None, by=curator)
    put_to_rest(activity=activity, until=later, by=curator_of(plan))
    before = state_of(plan)
    change = delete_activity(activity=activity, by=curator)
    assert change is not None

    undo_change(change=change, by=curator)

    assert [row["until"] for row in before["quiet"]] == [None, later]
    assert state_of(plan) == before


def test_the_wish_of_somebody_who_is_gone_does_not_come_back(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    Quiet.objects.create(activity=activity, user=(gone := UserFactory()))
    change = delete_activity(activity=activity, by=curator)
    assert change is not None
    gone.delete()

    undo_change(change=change, by=curator)

    assert (order_of(plan)[0], Quiet.objects.count()) == (["1.1", "1.2"], 0)


def test_a_mark_that_a_person_took_back_stays_theirs(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    activity.windows.update(taken_back=True)
    change = delete_activity(activity=activity, by=curator)
    assert change is not None

    undo_change(change=change, by=curator)

    assert activity_of(plan, "1.1").windows.get().taken_back
