"""Another order and another cut of the activities: moving one, splitting one, joining two."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from roadmap.editing.joining import join_cells, join_texts, missing
from roadmap.editing.splitting import cut_text, next_number
from roadmap.models import Activity, Change, ChangeKind, Programme, Responsible, Stage, Window
from roadmap.services.editing import ChangedSince, drop_activity, lock_activity, refuse_done, stage_of
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger, told_of
from roadmap.services.placing import close_up, put_activity


class CannotCut(DomainError):
    """The place leaves one half without words."""


class NothingToJoin(DomainError):
    """There is no activity behind this one in its stage."""


def move_activity(*, activity: Activity, step: int, by: Actor) -> Change | None:
    """One place up (-1) or down (1), over the edge of a stage into the next one; None at the end of the plan."""
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked = lock_activity(activity)
        to = _neighbouring(programme, locked, step)
        if to is None:
            return None
        ledger = Ledger()
        put_activity(ledger, locked, stage=to[0], place=to[1])
        return ledger.close(programme=programme, kind=ChangeKind.MOVE, told=told_of(locked), activity=locked, by=by)


def _neighbouring(programme: Programme, activity: Activity, step: int) -> tuple[int, int] | None:
    """The stage and the place one step away."""
    row = list(Activity.objects.filter(stage=activity.stage_id).order_by("place").values_list("pk", flat=True))
    place = row.index(activity.pk) + 1 + step
    if 1 <= place <= len(row):
        return activity.stage_id, place
    stages = list(programme.stages.values_list("pk", flat=True))
    there = stages.index(activity.stage_id) + step
    if not 0 <= there < len(stages):
        return None
    return stages[there], Activity.objects.filter(stage=stages[there]).count() + 1 if step < 0 else 1


def place_activity(*, activity: Activity, behind: Activity | Stage, by: Actor) -> Change | None:
    """Behind another activity, or first in a stage; None where it stands there. Raises PlaceGone."""
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked, ledger = lock_activity(activity), Ledger()
        stage, place = _place_behind(programme, locked, behind)
        put_activity(ledger, locked, stage=stage, place=place)
        return ledger.close(programme=programme, kind=ChangeKind.MOVE, told=told_of(locked), activity=locked, by=by)


def _place_behind(programme: Programme, activity: Activity, behind: Activity | Stage) -> tuple[int, int]:
    if isinstance(behind, Stage):
        return stage_of(programme, behind.pk).pk, 1
    other = lock_activity(behind)
    stage = stage_of(programme, other.stage_id).pk
    makes_room = stage == activity.stage_id and activity.place <= other.place
    return stage, other.place if makes_room else other.place + 1


def split_activity(*, activity: Activity, at: int, seen: int, by: Actor) -> Change:
    """Cut an activity in two after `at` signs of its text; the second half gets copies of its windows and people.

    `seen` is the revision whose text was cut. Raises ChangedSince, CannotCut, PlaceGone.
    """
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked = lock_activity(activity)
        if locked.revision != seen:
            raise ChangedSince(
                _("Someone changed this activity meanwhile. Look at its text again before you split it.")
            )
        first, second = cut_text(locked.text, at)
        if not (first and second):
            raise CannotCut(_("Choose a place within the text, so that both halves say something."))
        ledger = Ledger()
        half = _half(ledger, locked, second)
        _write(ledger, locked, text=first)
        put_activity(ledger, half, stage=locked.stage_id, place=locked.place + 1)
        change = ledger.close(programme=programme, kind=ChangeKind.SPLIT, told=told_of(locked), activity=locked, by=by)
    assert change is not None
    return change


def _half(ledger: Ledger, whole: Activity, text: str) -> Activity:
    """A copy of an activity with another text, at the end of the stage; what was done was done for both halves."""
    half = Activity.objects.get(pk=whole.pk)
    half.pk, half._state.adding, half.revision = None, True, 1
    half.place = Activity.objects.filter(stage=whole.stage_id).count() + 1
    half.text, half.number = text, next_number(whole.number)
    if Activity.objects.filter(stage=whole.stage_id, number=half.number).exists():
        half.number = ""
    ledger.add(half)
    for child in (*whole.windows.all(), *whole.responsible.all()):
        _copy(ledger, half, child)
    return half


def merge_activities(*, activity: Activity, by: Actor) -> Change:
    """Join an activity with the next one of its stage: texts, days and people of both.

    Raises NothingToJoin, HoldsWhatIsDone, PlaceGone.
    """
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked = lock_activity(activity)
        rest = Activity.objects.select_for_update(of=("self",)).filter(stage=locked.stage_id, place__gt=locked.place)
        other = rest.order_by("place").first()
        if other is None:
            raise NothingToJoin(_("This is the last activity of its stage; there is none to join it with."))
        refuse_done(locked, other)
        ledger, told = Ledger(), told_of(locked)
        _join(ledger, locked, other)
        close_up(locked.stage_id)
        change = ledger.close(programme=programme, kind=ChangeKind.MERGE, told=told, activity=locked, by=by)
    assert change is not None
    return change


def _join(ledger: Ledger, one: Activity, other: Activity) -> None:
    windows: list[Window] = missing(
        [(_days(window), window) for window in other.windows.all()], [_days(window) for window in one.windows.all()]
    )
    people: list[Responsible] = missing(
        [(_words(person), person) for person in other.responsible.all()],
        [_words(person) for person in one.responsible.all()],
    )
    drop_activity(ledger, other)
    _write(
        ledger,
        one,
        text=join_texts(one.text, other.text),
        term_text=join_cells(one.term_text, other.term_text),
        responsible_text=join_cells(one.responsible_text, other.responsible_text),
        extra={
            kind: join_cells(one.extra.get(kind, ""), other.extra.get(kind, "")) for kind in one.extra | other.extra
        },
    )
    last = max((person.place for person in one.responsible.all()), default=0)
    for place, person in enumerate(people, last + 1):
        person.place = place
        _copy(ledger, one, person)
    for window in windows:
        _copy(ledger, one, window)


def _copy(ledger: Ledger, activity: Activity, child: Window | Responsible) -> None:
    child.pk, child._state.adding, child.activity = None, True, activity
    ledger.add(child)


def _write(ledger: Ledger, activity: Activity, **columns: object) -> None:
    ledger.put(activity, **columns)
    Activity.objects.filter(pk=activity.pk).update(revision=F("revision") + 1)


def _days(window: Window) -> tuple[object, ...]:
    return window.cycle_id, window.starts_on, window.ends_on


def _words(person: Responsible) -> tuple[object, ...]:
    return person.role.casefold(), person.name.casefold(), person.duty, person.member_id
