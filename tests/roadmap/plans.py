"""A small living plan for the tests of editing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.actors import Actor
from roadmap.editing.wishes import ActivityWish
from roadmap.models import Activity, Change, Programme, Stage
from roadmap.services.answering import wish_of
from roadmap.services.editing import edit_activity
from tests.factories import (
    ActivityFactory,
    CycleFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    StageFactory,
    WindowFactory,
    actor_of,
)


def small_plan(**columns: Any) -> Programme:
    """Two stages of two activities each, every activity with October as its window and the curator to answer."""
    programme = ProgrammeFactory(**columns)
    cycle = CycleFactory(programme=programme)
    for number in (1, 2):
        stage = StageFactory(programme=programme, place=number)
        for place in (1, 2):
            activity = ActivityFactory(stage=stage, place=place)
            WindowFactory(activity=activity, cycle=cycle)
            ResponsibleFactory(activity=activity, place=1)
    return programme


def curator_of(programme: Programme) -> Actor:
    return actor_of(school=programme.school)


def activity_of(programme: Programme, number: str) -> Activity:
    return Activity.objects.get(stage__programme=programme, number=number)


def stage_of(programme: Programme, number: str) -> Stage:
    return Stage.objects.get(programme=programme, number=number)


def order_of(programme: Programme) -> list[list[str]]:
    """The numbers of the activities, stage by stage."""
    stages = programme.stages.prefetch_related("activities")
    return [[activity.number for activity in stage.activities.all()] for stage in stages]


def rewrite(
    activity: Activity, *, by: Actor, agreed: str = "", seen: int | None = None, **fields: Any
) -> Change | None:
    """Edit an activity: only these fields differ from what stands."""
    wish: ActivityWish = replace(wish_of(Activity.objects.get(pk=activity.pk)), **fields)
    revision = activity.revision if seen is None else seen
    return edit_activity(activity=activity, wish=wish, seen=revision, agreed=agreed, by=by)


def state_of(programme: Programme) -> dict[str, Any]:
    """Everything a programme says, with keys, apart from what only counts."""
    columns = ("title", "organisation", "preamble", "starts_on", "ends_on")
    rows: dict[str, Any] = {"programme": Programme.objects.filter(pk=programme.pk).values(*columns).get()}
    rows["cycles"] = list(programme.cycles.values().order_by("pk"))
    rows["approvals"] = list(programme.approvals.values().order_by("pk"))
    rows["stages"] = list(programme.stages.values().order_by("pk"))
    activities = Activity.objects.filter(stage__programme=programme).order_by("pk")
    kept = [field.name for field in Activity._meta.fields if field.name != "revision"]
    rows["activities"] = list(activities.values(*kept))
    rows["windows"] = [list(activity.windows.order_by("pk").values()) for activity in activities]
    rows["people"] = [list(activity.responsible.order_by("pk").values()) for activity in activities]
    return rows
