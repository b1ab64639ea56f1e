"""The stages of a living plan, its title page and its stamps: each act and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from core.actors import Actor
from roadmap.models import Cycle, Programme
from roadmap.services.editing import ChangedSince
from roadmap.services.heads import YearInUse, edit_approvals, edit_head
from roadmap.services.stages import StageNotEmpty, add_stage, delete_stage, edit_stage, move_stage
from tests.factories import ApprovalFactory, EnrolmentFactory, StageClosingFactory, StageFactory, WindowFactory
from tests.roadmap.plans import (
    activity_of,
    agreed,
    curator_of,
    days_of,
    head_of,
    opened_head,
    order_of,
    rewrite,
    small_plan,
    stage_of,
    stage_texts,
    stamp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Programme:
    return small_plan()


@pytest.fixture
def curator(plan: Programme) -> Actor:
    return curator_of(plan)


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


def test_a_longer_period_brings_its_year_and_its_days(plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    rewrite(activity, term_text="май ежегодно", agreed=agreed(activity, term_text="май ежегодно"), by=curator)

    edit_head(programme=plan, wish=head_of(plan, ends_on=date(2028, 5, 31)), opened=opened_head(plan), by=curator)

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
        edit_head(programme=plan, wish=head_of(plan, ends_on=date(2027, 5, 31)), opened=opened_head(plan), by=curator)

    assert head_of(plan)["ends_on"] == date(2028, 5, 31)


def test_the_title_page_is_not_written_over_somebody_elses_text(plan: Programme, curator: Actor) -> None:
    opened = opened_head(plan)
    edit_head(programme=plan, wish=head_of(plan, title="Первый"), opened=opened, by=curator)

    with pytest.raises(ChangedSince):
        edit_head(programme=plan, wish=head_of(plan, title="Второй"), opened=opened, by=curator)


def test_stamps_are_changed_added_and_removed(plan: Programme, curator: Actor) -> None:
    kept, gone = ApprovalFactory(programme=plan), ApprovalFactory(programme=plan)
    opened = {str(row.pk): "УТВЕРЖДАЮ · Директор · Озёрная В. П. · 30.08.2026" for row in (kept, gone)}

    wish = [stamp(kept.pk, word="СОГЛАСОВАНО"), stamp(None, person="Полевая")]
    edit_approvals(programme=plan, wish=wish, opened=opened, by=curator)

    assert list(plan.approvals.values_list("word", "person")) == [("СОГЛАСОВАНО", ""), ("УТВЕРЖДАЮ", "Полевая")]
    with pytest.raises(ChangedSince):
        edit_approvals(programme=plan, wish=[], opened=opened, by=curator)
