"""Many who edit one plan at the same moment: one effect each, nothing overwritten, the revision counted right.

The promise is held with the locks, and the same crowd breaks it at least once without them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.models import Event
from roadmap.models import Activity, Change, Programme, Window
from roadmap.services.rearranging import move_activity
from roadmap.services.undoing import undo_change
from tests.factories import ActivityFactory, actor_of
from tests.pairing.crowd import PEOPLE, Race, run, unguarded
from tests.roadmap.plans import activity_of, curator_of, rewrite, small_plan

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def one_text() -> Race:
    """Everyone opened the same activity and sends a text of his own."""
    plan = small_plan()
    activity = activity_of(plan, "1.1")
    curators = [actor_of(school=plan.school) for _ in range(PEOPLE)]

    def begin() -> None:
        Change.objects.all().delete()
        Activity.objects.filter(pk=activity.pk).update(revision=1)

    return Race(
        "one text of an activity",
        begin=begin,
        attempt=lambda number: rewrite(activity, text=f"Текст {number}", seen=1, by=curators[number]),
        is_broken=lambda: Change.objects.count() != 1,
        locked=(Programme, Activity, Window),
    )


def every_revision() -> Race:
    """Everyone changes an activity of his own: each change has a revision to itself."""
    plan = small_plan()
    stage = activity_of(plan, "1.1").stage
    rows = [ActivityFactory(stage=stage, place=place + 10, number=f"9.{place}") for place in range(PEOPLE)]
    curators = [actor_of(school=plan.school) for _ in range(PEOPLE)]

    def begin() -> None:
        Change.objects.all().delete()
        Programme.objects.filter(pk=plan.pk).update(revision=1)
        Activity.objects.update(section="")

    def edit(number: int) -> None:
        row = Activity.objects.get(pk=rows[number].pk)
        rewrite(row, section="Раздел", seen=row.revision, by=curators[number])

    def is_broken() -> bool:
        counted = sorted(Change.objects.values_list("revision", flat=True))
        return (counted, Programme.objects.get().revision) != (list(range(2, PEOPLE + 2)), PEOPLE + 1)

    return Race(
        "a revision for every change", begin=begin, attempt=edit, is_broken=is_broken, locked=(Programme, Activity)
    )


def one_undo() -> Race:
    """Everyone presses «put back» on the same change."""
    plan = small_plan()
    curators = [actor_of(school=plan.school) for _ in range(PEOPLE)]
    activity = activity_of(plan, "1.1")
    change = rewrite(activity, text="Другое", by=curators[0])
    assert change is not None

    def begin() -> None:
        Event.objects.all().delete()
        Change.objects.update(undone_at=None, undone_by=None)
        Programme.objects.filter(pk=plan.pk).update(revision=2)
        row = Activity.objects.get(pk=activity.pk)
        row.text = "Другое"
        row.save()

    def is_broken() -> bool:
        undone = Event.objects.filter(verb="undo_change").count()
        return (undone, Programme.objects.get().revision) != (1, 3)

    return Race(
        "one way back",
        begin=begin,
        attempt=lambda number: undo_change(change=change, by=curators[number]),
        is_broken=is_broken,
        locked=(Programme, Change, Activity),
    )


RACES: dict[str, Callable[[], Race]] = {"texts": one_text, "revisions": every_revision, "undoing": one_undo}


@pytest.mark.parametrize("name", RACES)
def test_the_promise_holds_however_many_edit_at_once(name: str) -> None:
    tally = run(RACES[name]())

    assert (tally.broken, dict(tally.trouble)) == (0, {})
    assert tally.done > 0


@pytest.mark.parametrize("name", RACES)
def test_without_the_lock_the_same_crowd_breaks_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    race = RACES[name]()

    with unguarded(race, monkeypatch):
        tally = run(race, until_broken=True)

    assert tally.broken == 1


def test_rows_that_are_moved_by_many_at_once_keep_places_without_a_gap() -> None:
    plan = small_plan()
    curator = curator_of(plan)
    keys = list(Activity.objects.values_list("pk", flat=True))

    def move(number: int) -> None:
        move_activity(activity=Activity.objects.get(pk=keys[number % 4]), step=(-1) ** number, by=curator)

    def is_broken() -> bool:
        places = [list(stage.activities.values_list("place", flat=True)) for stage in plan.stages.all()]
        return any(row != list(range(1, len(row) + 1)) for row in places)

    tally = run(Race("places", begin=lambda: None, attempt=move, is_broken=is_broken, locked=()))

    assert (tally.broken, dict(tally.trouble)) == (0, {})
