"""Editing the activities of a living plan: each act and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from core.actors import Actor
from core.models import Event, Role
from core.russian import search_key
from roadmap.editing.wishes import ActivityWish, PersonWish
from roadmap.models import Activity, Change, ChangeKind, Cycle, Programme, Responsible, Window, WindowState
from roadmap.services.editing import ChangedSince, HoldsWhatIsDone, PlaceGone, add_activity, delete_activity
from roadmap.services.rearranging import CannotCut, NothingToJoin, merge_activities, move_activity, split_activity
from tests.factories import MembershipFactory, ProofFactory, SchoolPeriodFactory, StageFactory, WindowFactory
from tests.roadmap.plans import activity_of, agreed, curator_of, days_of, order_of, rewrite, small_plan, stage_of

pytestmark = pytest.mark.django_db
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def plan() -> Programme:
    return small_plan()


@pytest.fixture
def curator(plan: Programme) -> Actor:
    return curator_of(plan)


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
