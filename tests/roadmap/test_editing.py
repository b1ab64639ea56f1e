"""Editing a living plan: each act, what it refuses, and what putting it back brings back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.actors import Actor
from core.models import Event, Role
from core.russian import search_key
from roadmap.editing.wishes import ActivityWish, PersonWish
from roadmap.models import Activity, Change, ChangeKind, Cycle, Programme, Responsible, Stage, Window, WindowState
from roadmap.services.answering import wish_of
from roadmap.services.editing import (
    ChangedSince,
    HoldsWhatIsDone,
    PlaceGone,
    WindowsWouldChange,
    add_activity,
    delete_activity,
    edit_activity,
    plan_digest,
)
from roadmap.services.evidence import choose_evidence
from roadmap.services.heads import YearInUse, edit_approvals, edit_head
from roadmap.services.moving import set_days
from roadmap.services.rearranging import CannotCut, NothingToJoin, merge_activities, move_activity, split_activity
from roadmap.services.stages import StageNotEmpty, add_stage, delete_stage, edit_stage, move_stage
from roadmap.services.undoing import CannotUndo, undo_change
from tests.factories import (
    ApprovalFactory,
    EnrolmentFactory,
    MembershipFactory,
    ProofFactory,
    SchoolPeriodFactory,
    StageClosingFactory,
    StageFactory,
    WindowFactory,
)
from tests.roadmap.plans import activity_of, curator_of, order_of, rewrite, small_plan, stage_of, state_of

pytestmark = pytest.mark.django_db
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def plan() -> Programme:
    return small_plan()


@pytest.fixture
def curator(plan: Programme) -> Actor:
    return curator_of(plan)


def days_of(activity: Activity) -> list[tuple[date | None, date | None]]:
    return list(activity.windows.values_list("starts_on", "ends_on"))


def agreed(activity: Activity, **fields: Any) -> str:
    """The digest of the plan that the curator is shown before the days change."""
    with pytest.raises(WindowsWouldChange) as refused:
        rewrite(activity, by=curator_of(activity.stage.programme), **fields)
    return plan_digest(refused.value.plan)


# ---------------------------------------------------------------- writing an activity anew


def test_an_edit_writes_fields_history_and_journal(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")

    change = rewrite(activity, text="Собрать родителей", number="1.1а", by=curator)

    activity.refresh_from_db()
    plan.refresh_from_db()
    assert (activity.text, activity.number, activity.revision, plan.revision) == ("Собрать родителей", "1.1а", 2, 2)
    assert activity.search_key == search_key("1.1а Собрать родителей Куратор")
    assert change is not None
    assert change.after == {f"activity:{activity.pk}": {"number": "1.1а", "text": "Собрать родителей"}}
    assert (change.kind, change.made_by, change.revision, change.activity) == (
        ChangeKind.EDIT,
        curator.user,
        2,
        activity,
    )
    event = Event.objects.get(verb="change")
    assert event.detail == {"change": change.pk, "kind": "edit", "revision": 2, "activity": activity.pk}


def test_the_same_again_is_no_change(plan: Programme, curator: Actor) -> None:
    assert rewrite(activity_of(plan, "1.1"), by=curator) is None
    assert not Change.objects.exists()


def test_nothing_is_written_over_somebody_elses_text(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    rewrite(activity, text="Первый", by=curator)

    with pytest.raises(ChangedSince):
        rewrite(activity, text="Второй", seen=1, by=curator)

    activity.refresh_from_db()
    assert (activity.text, activity.revision) == ("Первый", 2)


def test_another_term_changes_days_only_after_they_were_seen(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    window = activity.windows.get()

    digest = agreed(activity, term_text="ноябрь")
    assert days_of(activity) == [OCTOBER]
    rewrite(activity, term_text="ноябрь", agreed=digest, by=curator)

    assert days_of(activity) == [NOVEMBER]
    assert activity.windows.get() == window


def test_what_is_done_keeps_its_days_under_another_term(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    done = activity.windows.get()
    Window.objects.filter(pk=done.pk).update(state=WindowState.DONE, done_on=date(2026, 10, 9), done_by=curator.user)

    rewrite(activity, term_text="ноябрь", by=curator)
    activity.refresh_from_db()
    rewrite(activity, term_text="октябрь, ноябрь", agreed=agreed(activity, term_text="октябрь, ноябрь"), by=curator)

    assert days_of(activity) == [OCTOBER, NOVEMBER]
    assert activity.windows.get(state=WindowState.DONE) == done


def test_school_terms_are_those_of_the_school(plan: Programme, curator: Actor) -> None:
    SchoolPeriodFactory(school=plan.school, starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 23))
    activity = activity_of(plan, "1.1")

    rewrite(activity, term_text="1 четверть", agreed=agreed(activity, term_text="1 четверть"), by=curator)

    assert days_of(activity) == [(date(2026, 9, 1), date(2026, 10, 23))]


def test_each_year_of_a_plan_has_its_window(curator: Actor) -> None:
    plan = small_plan(ends_on=date(2028, 5, 31))
    Cycle.objects.create(programme=plan, year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31))
    activity = activity_of(plan, "1.1")

    rewrite(activity, term_text="май ежегодно", agreed=agreed(activity, term_text="май ежегодно"), by=curator_of(plan))

    assert days_of(activity) == [(date(2027, 5, 1), date(2027, 5, 31)), (date(2028, 5, 1), date(2028, 5, 31))]
    assert list(activity.windows.values_list("cycle__year", flat=True)) == [2026, 2027]


def test_the_cell_follows_the_people_and_the_people_the_cell(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    row = activity.responsible.get()
    member = MembershipFactory(school=plan.school, role=Role.PSYCHOLOGIST, user__surname="Орлова")

    kept = PersonWish(row.pk, "Куратор", "", "curator")
    rewrite(activity, people=(kept, PersonWish(None, "Психолог", "Орлова Т. Е.")), by=curator)
    activity.refresh_from_db()
    by_rows = activity.responsible_text
    second = Responsible.objects.get(activity=activity, place=2)
    assert (by_rows, second.duty, second.member) == ("Куратор, Психолог Орлова Т. Е.", "psychologist", member)

    rewrite(activity, responsible_text="Психолог Орлова Т. Е., директор", by=curator)
    people = list(activity.responsible.values_list("pk", "role", "duty"))
    assert people == [(second.pk, "Психолог", "psychologist"), (second.pk + 1, "директор", "head")]


def test_an_activity_goes_to_another_stage_by_its_form(plan: Programme, curator: Actor) -> None:
    rewrite(activity_of(plan, "1.1"), stage=stage_of(plan, "2").pk, by=curator)

    assert order_of(plan) == [["1.2"], ["2.1", "2.2", "1.1"]]


def test_a_stage_of_another_programme_is_no_place(plan: Programme, curator: Actor) -> None:
    with pytest.raises(PlaceGone):
        rewrite(activity_of(plan, "1.1"), stage=StageFactory().pk, by=curator)


# ---------------------------------------------------------------- adding, deleting, moving


def test_a_new_activity_stands_behind_the_one_it_was_added_to(plan: Programme, curator: Actor) -> None:
    stage, first = stage_of(plan, "1"), activity_of(plan, "1.1")
    wish = ActivityWish(stage.pk, "1.1а", "", "Провести анкетирование", "ноябрь", "Куратор, психолог")

    change = add_activity(stage=stage, wish=wish, after=first.pk, by=curator)

    added = activity_of(plan, "1.1а")
    assert order_of(plan)[0] == ["1.1", "1.1а", "1.2"]
    assert (days_of(added), added.evidence, change.activity) == ([NOVEMBER], "survey", added)
    assert list(added.responsible.values_list("role", flat=True)) == ["Куратор", "психолог"]


def test_what_is_done_is_not_deleted(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    WindowFactory(activity=activity, cycle=plan.cycles.get(), done=True)

    with pytest.raises(HoldsWhatIsDone):
        delete_activity(activity=activity, by=curator)


def test_what_has_proofs_is_not_deleted(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    ProofFactory(window=activity.windows.get())

    with pytest.raises(HoldsWhatIsDone):
        delete_activity(activity=activity, by=curator)


def test_deleting_twice_is_one_act(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")

    assert delete_activity(activity=activity, by=curator) is not None
    assert delete_activity(activity=activity, by=curator) is None
    assert order_of(plan) == [["1.2"], ["2.1", "2.2"]]


@pytest.mark.parametrize(
    ("number", "step", "order"),
    [
        ("1.1", 1, [["1.2", "1.1"], ["2.1", "2.2"]]),
        ("1.2", 1, [["1.1"], ["1.2", "2.1", "2.2"]]),
        ("2.1", -1, [["1.1", "1.2", "2.1"], ["2.2"]]),
        ("2.2", -1, [["1.1", "1.2"], ["2.2", "2.1"]]),
        ("1.1", -1, [["1.1", "1.2"], ["2.1", "2.2"]]),
        ("2.2", 1, [["1.1", "1.2"], ["2.1", "2.2"]]),
    ],
)
def test_an_activity_moves_by_a_step_also_over_the_edge_of_its_stage(
    plan: Programme, curator: Actor, number: str, step: int, order: list[list[str]]
) -> None:
    change = move_activity(activity=activity_of(plan, number), step=step, by=curator)

    assert (order_of(plan), change is None) == (order, order == [["1.1", "1.2"], ["2.1", "2.2"]])
    places = [list(stage.activities.values_list("place", flat=True)) for stage in plan.stages.all()]
    assert places == [list(range(1, len(row) + 1)) for row in order]


# ---------------------------------------------------------------- splitting, joining


def test_both_halves_have_the_days_and_the_people(plan: Programme, curator: Actor) -> None:
    whole = activity_of(plan, "1.1")
    rewrite(whole, text="Провести опрос; подвести итоги", by=curator)

    change = split_activity(activity=whole, at=16, seen=2, by=curator)

    half = Activity.objects.exclude(pk=whole.pk).get(stage=whole.stage, place=2)
    whole.refresh_from_db()
    assert (whole.text, half.text, half.number) == ("Провести опрос", "подвести итоги", "")
    assert (days_of(half), half.responsible.get().role) == ([OCTOBER], "Куратор")
    assert (change.kind, half.search_key) == (ChangeKind.SPLIT, search_key("подвести итоги Куратор"))


@pytest.mark.parametrize("at", [0, 1000])
def test_a_half_without_words_is_refused(plan: Programme, curator: Actor, at: int) -> None:
    with pytest.raises(CannotCut):
        split_activity(activity=activity_of(plan, "1.1"), at=at, seen=1, by=curator)


def test_a_text_that_changed_is_not_split(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    rewrite(activity, text="Совсем другой текст", by=curator)

    with pytest.raises(ChangedSince):
        split_activity(activity=activity, at=7, seen=1, by=curator)


def test_two_become_one_with_the_days_and_people_of_both(plan: Programme, curator: Actor) -> None:
    one, other = activity_of(plan, "1.1"), activity_of(plan, "1.2")
    rewrite(other, term_text="ноябрь", agreed=agreed(other, term_text="ноябрь"), by=curator)
    Responsible.objects.create(activity=other, place=2, role="Директор", duty="head")

    merge_activities(activity=one, by=curator)

    one.refresh_from_db()
    assert one.text == "Провести мероприятие 1.1;\nПровести мероприятие 1.2"
    assert (one.term_text, days_of(one)) == ("октябрь 2026 г.; ноябрь", [OCTOBER, NOVEMBER])
    assert list(one.responsible.values_list("role", flat=True)) == ["Куратор", "Директор"]
    assert order_of(plan) == [["1.1"], ["2.1", "2.2"]]


def test_the_last_of_a_stage_has_nothing_to_be_joined_with(plan: Programme, curator: Actor) -> None:
    with pytest.raises(NothingToJoin):
        merge_activities(activity=activity_of(plan, "1.2"), by=curator)


@pytest.mark.parametrize("number", ["1.1", "1.2"])
def test_what_is_done_is_not_merged_away(plan: Programme, curator: Actor, number: str) -> None:
    WindowFactory(activity=activity_of(plan, number), cycle=plan.cycles.get(), done=True)

    with pytest.raises(HoldsWhatIsDone):
        merge_activities(activity=activity_of(plan, "1.1"), by=curator)


# ---------------------------------------------------------------- stages, title page


def stage_texts(**fields: str) -> dict[str, str]:
    return {"number": "1", "name": "Начало", "goal": "", "task": "", "result": ""} | fields


def test_a_stage_is_written_anew_but_not_over_somebody_elses_text(plan: Programme, curator: Actor) -> None:
    stage = stage_of(plan, "1")
    opened = stage_texts(name=stage.name)

    edit_stage(stage=stage, wish=stage_texts(goal="Успеть"), opened=opened, by=curator)
    with pytest.raises(ChangedSince):
        edit_stage(stage=stage, wish=stage_texts(name="Другое"), opened=opened, by=curator)

    stage.refresh_from_db()
    assert (stage.name, stage.goal) == ("Начало", "Успеть")


def test_only_an_empty_stage_that_was_never_closed_is_deleted(plan: Programme, curator: Actor) -> None:
    add_stage(programme=plan, wish=stage_texts(number="3"), by=curator)
    closed = StageFactory(programme=plan, place=4)
    StageClosingFactory(stage=closed, cycle=plan.cycles.get())

    for stage in (stage_of(plan, "1"), closed):
        with pytest.raises(StageNotEmpty):
            delete_stage(stage=stage, by=curator)
    delete_stage(stage=stage_of(plan, "3"), by=curator)

    assert list(plan.stages.values_list("number", "place")) == [("1", 1), ("2", 2), ("4", 3)]


def test_a_stage_moves_with_its_activities(plan: Programme, curator: Actor) -> None:
    move_stage(stage=stage_of(plan, "2"), step=-1, by=curator)

    assert order_of(plan) == [["2.1", "2.2"], ["1.1", "1.2"]]
    assert move_stage(stage=stage_of(plan, "2"), step=-1, by=curator) is None


def head(plan: Programme, **fields: Any) -> dict[str, Any]:
    names = ("title", "organisation", "preamble", "starts_on", "ends_on")
    return {name: getattr(Programme.objects.get(pk=plan.pk), name) for name in names} | fields


def opened_head(plan: Programme) -> dict[str, str]:
    return {name: str(value) for name, value in head(plan).items()}


def test_a_longer_period_brings_its_year_and_its_days(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    rewrite(activity, term_text="май ежегодно", agreed=agreed(activity, term_text="май ежегодно"), by=curator)

    edit_head(programme=plan, wish=head(plan, ends_on=date(2028, 5, 31)), opened=opened_head(plan), by=curator)

    assert list(plan.cycles.values_list("year", flat=True)) == [2026, 2027]
    assert days_of(activity)[1:] == [(date(2028, 5, 1), date(2028, 5, 31))]


@pytest.mark.parametrize("use", ["days", "people"])
def test_a_year_with_something_in_it_does_not_fall_out(curator: Actor, use: str) -> None:
    plan = small_plan(ends_on=date(2028, 5, 31))
    later = Cycle.objects.create(programme=plan, year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31))
    if use == "people":
        EnrolmentFactory(person__school=plan.school, cycle=later)
    else:
        WindowFactory(activity=activity_of(plan, "1.1"), cycle=later)

    with pytest.raises(YearInUse):
        edit_head(programme=plan, wish=head(plan, ends_on=date(2027, 5, 31)), opened=opened_head(plan), by=curator)

    assert head(plan)["ends_on"] == date(2028, 5, 31)


def test_the_title_page_is_not_written_over_somebody_elses_text(plan: Programme, curator: Actor) -> None:
    opened = opened_head(plan)
    edit_head(programme=plan, wish=head(plan, title="Первый"), opened=opened, by=curator)

    with pytest.raises(ChangedSince):
        edit_head(programme=plan, wish=head(plan, title="Второй"), opened=opened, by=curator)


def stamp(key: int | None, **fields: object) -> dict[str, object]:
    texts = dict.fromkeys(("by", "person", "basis", "number"), "")
    return {"key": key, "word": "УТВЕРЖДАЮ", "date": None, **texts, **fields}


def test_stamps_are_changed_added_and_removed(plan: Programme, curator: Actor) -> None:
    kept, gone = ApprovalFactory(programme=plan), ApprovalFactory(programme=plan)
    opened = {str(row.pk): "УТВЕРЖДАЮ · Директор · Озёрная В. П. · 30.08.2026" for row in (kept, gone)}

    wish = [stamp(kept.pk, word="СОГЛАСОВАНО"), stamp(None, person="Полевая")]
    edit_approvals(programme=plan, wish=wish, opened=opened, by=curator)

    assert list(plan.approvals.values_list("word", "person")) == [("СОГЛАСОВАНО", ""), ("УТВЕРЖДАЮ", "Полевая")]
    with pytest.raises(ChangedSince):
        edit_approvals(programme=plan, wish=[], opened=opened, by=curator)


# ---------------------------------------------------------------- putting back


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
    return edit_head(programme=plan, wish=head(plan, ends_on=date(2029, 5, 31)), opened=opened_head(plan), by=by)


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
