"""Editing the activities of a living programme: writing one anew, adding one, deleting one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from roadmap.editing.windows import Days, Plan
from roadmap.editing.wishes import NOTHING, ActivityWish, in_step, texts_of
from roadmap.models import Activity, Change, ChangeKind, Programme, Quiet, Stage, Window, WindowState
from roadmap.proofs import kind_of
from roadmap.services.answering import wish_of, write_people
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger, told_of
from roadmap.services.placing import close_up, put_activity
from roadmap.services.understanding import plan_term, understand, wanted_windows


class ChangedSince(DomainError):
    """Someone wrote over what the form was opened with; nothing was written."""


class WindowsWouldChange(DomainError):
    """The term means other days than those that stand; `plan` says which, nothing was written."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The new term means other days. Look at what changes and save once more."))
        self.plan = plan


class HoldsWhatIsDone(DomainError):
    """It was done or has proofs, so it cannot go."""


class PlaceGone(DomainError):
    """The stage or the activity that was meant is no longer there."""


def edit_activity(*, activity: Activity, wish: ActivityWish, seen: int, agreed: str = "", by: Actor) -> Change | None:
    """Write an activity anew; None where that changes nothing.

    `seen` is the revision the form was opened with, `agreed` the `plan_digest` of the days the curator was shown.
    Raises ChangedSince, WindowsWouldChange, PlaceGone.
    """
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked = lock_activity(activity)
        now = wish_of(locked)
        if texts_of(now) == texts_of(wish):
            return None
        if locked.revision != seen:
            raise ChangedSince(_("Someone changed this activity meanwhile. Compare both texts."))
        return _rewrite(programme, locked, now, in_step(now, wish), agreed, by)


def _rewrite(
    programme: Programme, locked: Activity, now: ActivityWish, wish: ActivityWish, agreed: str, by: Actor
) -> Change | None:
    ledger = Ledger()
    if wish.term_text != locked.term_text:
        _reread(ledger, programme, locked, wish.term_text, agreed)
    ledger.put(
        locked,
        number=wish.number,
        section=wish.section,
        text=wish.text,
        responsible_text=wish.responsible_text,
        extra=_extra(programme, locked, wish),
    )
    if wish.people != now.people:
        write_people(ledger, locked, wish.people, programme.school)
    if wish.stage != locked.stage_id:
        stage = stage_of(programme, wish.stage)
        put_activity(ledger, locked, stage=stage.pk, place=stage.activities.count() + 1)
    Activity.objects.filter(pk=locked.pk).update(revision=F("revision") + 1)
    return ledger.close(programme=programme, kind=ChangeKind.EDIT, told=told_of(locked), activity=locked, by=by)


def _extra(programme: Programme, activity: Activity, wish: ActivityWish) -> dict[str, str]:
    """The texts of the programme's further columns as wished; those of others stay."""
    shown = {column["kind"] for column in programme.columns}
    return {kind: text for kind, text in activity.extra.items() if kind not in shown} | wish.extra


def _reread(ledger: Ledger, programme: Programme, activity: Activity, text: str, agreed: str) -> None:
    """Give the activity the term and the windows that follow from it. Raises WindowsWouldChange."""
    term = understand(programme, text)
    plan = plan_term(programme, activity, term)
    if plan.is_change and plan_digest(plan) != agreed:
        raise WindowsWouldChange(plan)
    ledger.put(activity, term_text=text, term_kind=term.kind, recurrence=term.recurrence or "")
    windows = {window.pk: window for window in activity.windows.all()}
    for standing, days in plan.moved:
        first, last = days or (None, None)
        ledger.put(windows[standing.key], starts_on=first, ends_on=last)
    for standing in plan.dropped:
        ledger.drop(windows[standing.key])
    add_windows(ledger, activity, plan.added)


def add_windows(ledger: Ledger, activity: Activity, windows: Iterable[tuple[int, Days]]) -> None:
    """New windows, each with the key of its cycle."""
    for cycle, days in windows:
        first, last = days or (None, None)
        ledger.add(Window(activity=activity, cycle_id=cycle, starts_on=first, ends_on=last))


def add_activity(*, stage: Stage, wish: ActivityWish, after: int | None = None, by: Actor) -> Change:
    """A new activity behind the one with the key `after`, at the end of the stage without. Raises PlaceGone."""
    with transaction.atomic():
        programme = lock_programme(stage.programme)
        into = stage_of(programme, wish.stage)
        wish = in_step(NOTHING, wish)
        term = understand(programme, wish.term_text)
        added = Activity(
            stage=into,
            place=into.activities.count() + 1,
            number=wish.number,
            section=wish.section,
            text=wish.text,
            term_text=wish.term_text,
            term_kind=term.kind,
            recurrence=term.recurrence or "",
            responsible_text=wish.responsible_text,
            extra=wish.extra,
            evidence=kind_of(wish.text, section=wish.section, stage=into.name),
        )
        ledger = Ledger()
        ledger.add(added)
        behind = into.activities.filter(pk=after).first() if after else None
        if behind:
            put_activity(ledger, added, stage=into.pk, place=behind.place + 1)
        add_windows(ledger, added, wanted_windows(programme, term))
        write_people(ledger, added, wish.people, programme.school)
        change = ledger.close(programme=programme, kind=ChangeKind.ADD, told=told_of(added), activity=added, by=by)
    assert change is not None
    return change


def delete_activity(*, activity: Activity, by: Actor) -> Change | None:
    """Delete an activity that has nothing done; None where it is gone already. Raises HoldsWhatIsDone."""
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked = Activity.objects.select_for_update().filter(pk=activity.pk).first()
        if locked is None:
            return None
        refuse_done(locked)
        ledger, told, stage = Ledger(), told_of(locked), locked.stage_id
        drop_activity(ledger, locked)
        close_up(stage)
        return ledger.close(programme=programme, kind=ChangeKind.DELETE, told=told, by=by)


def drop_activity(ledger: Ledger, activity: Activity) -> None:
    """Delete an activity after the rows that stand on it."""
    for child in (*activity.windows.all(), *activity.responsible.all(), *Quiet.objects.filter(activity=activity)):
        ledger.drop(child)
    ledger.drop(activity)


def lock_activity(activity: Activity) -> Activity:
    """The activity as it stands, locked with its windows. Raises PlaceGone."""
    locked = Activity.objects.select_for_update(of=("self",)).select_related("stage").filter(pk=activity.pk).first()
    if locked is None:
        raise PlaceGone(_("This activity was deleted meanwhile. It can be brought back from the history."))
    list(Window.objects.select_for_update().filter(activity=locked))
    return locked


def stage_of(programme: Programme, key: int) -> Stage:
    """The stage of this programme with this key. Raises PlaceGone."""
    stage = Stage.objects.filter(programme=programme, pk=key).first()
    if stage is None:
        raise PlaceGone(_("This stage was deleted meanwhile. Choose another one."))
    return stage


def refuse_done(*activities: Activity) -> None:
    """Raises HoldsWhatIsDone where anything of these was done or has proofs."""
    windows = Window.objects.select_for_update().filter(activity__in=activities)
    is_proved = Window.objects.filter(activity__in=activities).exclude(proofs=None).exists()
    if is_proved or any(window.state == WindowState.DONE for window in windows):
        raise HoldsWhatIsDone(_("This was done already. Take the mark and its proofs back first."))


def plan_digest(plan: Plan) -> str:
    """By what it is known that the curator saw this very plan."""
    told = repr((plan.moved, [window.key for window in plan.dropped], plan.added))
    return hashlib.blake2s(told.encode(), digest_size=8).hexdigest()
