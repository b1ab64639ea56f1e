"""The order of stages and of the activities within them: places without a gap, counted from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import F

from roadmap.models import Activity, Programme, Stage
from roadmap.services.ledger import Ledger

Placed = TypeVar("Placed", Activity, Stage)

_PLACE = "place"
_AWAY = 10_000
"""Rows that change places stand this much further meanwhile: no two may share a place, not even for a moment."""


def order_of(programme: Programme) -> list[tuple[int, list[int]]]:
    """The keys of the stages, each with those of its activities, as they stand."""
    stages: dict[int, list[int]] = {}
    for stage, activity in programme.stages.order_by(_PLACE, f"activities__{_PLACE}").values_list("pk", "activities"):
        stages.setdefault(stage, []).extend([activity] if activity else [])
    return list(stages.items())


def put_activity(ledger: Ledger, activity: Activity, *, stage: int, place: int) -> None:
    """Give an activity its place in a stage; those it passes close up or make room, which is not noted."""
    before = {"stage_id": activity.stage_id, "place": activity.place}
    left = activity.stage_id
    Activity.objects.filter(pk=activity.pk).update(stage_id=stage, place=2 * _AWAY)
    activity.stage_id, activity.place = stage, 2 * _AWAY
    others = list(Activity.objects.filter(stage_id=stage).exclude(pk=activity.pk).order_by("place"))
    others.insert(min(max(place, 1), len(others) + 1) - 1, activity)
    number(others)
    if left != stage:
        close_up(left)
    after = {"stage_id": activity.stage_id, "place": activity.place}
    if before != after:
        ledger.note(activity, before, after)


def put_stage(ledger: Ledger, stage: Stage, *, place: int) -> None:
    """Give a stage its place."""
    before = stage.place
    others = list(Stage.objects.filter(programme_id=stage.programme_id).exclude(pk=stage.pk).order_by("place"))
    others.insert(min(max(place, 1), len(others) + 1) - 1, stage)
    number(others)
    if stage.place != before:
        ledger.note(stage, {"place": before}, {"place": stage.place})


def close_up(stage: int) -> None:
    """Take the gaps out of a stage's places."""
    number(list(Activity.objects.filter(stage_id=stage).order_by("place")))


def number(rows: Sequence[Placed]) -> None:
    """Number the rows in this order."""
    moved = [(row, place) for place, row in enumerate(rows, 1) if row.place != place]
    if not moved:
        return
    model = type(moved[0][0])
    model.objects.filter(pk__in=[row.pk for row, _place in moved]).exclude(place__gte=2 * _AWAY).update(
        **{_PLACE: F(_PLACE) + _AWAY}
    )
    for row, place in moved:
        row.place = place
    model.objects.bulk_update([row for row, _place in moved], [_PLACE])
