"""A small living plan for the tests of editing, and what the forms of its parts send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.actors import Actor
from roadmap.editing.wishes import ActivityWish
from roadmap.models import Activity, Change, Programme, Quiet, Stage
from roadmap.services.answering import wish_of
from roadmap.services.editing import WindowsWouldChange, edit_activity, plan_digest
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
    rows["quiet"] = list(Quiet.objects.filter(activity__in=activities).values().order_by("pk"))
    rows["people"] = [list(activity.responsible.order_by("pk").values()) for activity in activities]
    return rows


def days_of(activity: Activity) -> list[tuple[date | None, date | None]]:
    return list(activity.windows.values_list("starts_on", "ends_on"))


def agreed(activity: Activity, **fields: Any) -> str:
    """The digest of the plan that the curator is shown before the days change."""
    with pytest.raises(WindowsWouldChange) as refused:
        rewrite(activity, by=curator_of(activity.stage.programme), **fields)
    return plan_digest(refused.value.plan)


def stage_texts(**fields: str) -> dict[str, str]:
    return {"number": "1", "name": "Начало", "goal": "", "task": "", "result": ""} | fields


def head_of(plan: Programme, **fields: Any) -> dict[str, Any]:
    names = ("title", "organisation", "preamble", "starts_on", "ends_on")
    return {name: getattr(Programme.objects.get(pk=plan.pk), name) for name in names} | fields


def opened_head(plan: Programme) -> dict[str, str]:
    return {name: str(value) for name, value in head_of(plan).items()}


def stamp(key: int | None, **fields: object) -> dict[str, object]:
    texts = dict.fromkeys(("by", "person", "basis", "number"), "")
    return {"key": key, "word": "УТВЕРЖДАЮ", "date": None, **texts, **fields}
