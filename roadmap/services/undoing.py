"""Putting back what a change of a programme did."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, User
from roadmap.editing.rows import COLUMNS, Row, Rows, columns_of, in_order, key_of, parts_of, row_of
from roadmap.models import Activity, Approval, Change, Cycle, Programme, Proof, Quiet, Responsible, Stage, Window
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger
from roadmap.services.placing import close_up, number, put_activity, put_stage

MODELS: dict[str, type[models.Model]] = {
    "programme": Programme,
    "cycle": Cycle,
    "approval": Approval,
    "stage": Stage,
    "activity": Activity,
    "window": Window,
    "responsible": Responsible,
    "quiet": Quiet,
}


class CannotUndo(DomainError):
    """What the change did was changed again, or what it stood on is gone."""


def undo_change(*, change: Change, by: Actor) -> None:
    """Put back the rows a change touched, with their keys; undoing twice is one act. Raises CannotUndo."""
    with transaction.atomic():
        programme = lock_programme(change.programme)
        locked = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if locked.undone_at:
            return
        _check(locked)
        _put_back(locked, programme)
        locked.undone_at, locked.undone_by = timezone.now(), by.user
        locked.save(update_fields=("undone_at", "undone_by"))
        programme.revision += 1
        programme.save(update_fields=("revision",))
        record_event(
            verb="undo_change",
            thing=programme,
            school=programme.school,
            detail={"change": locked.pk, "revision": programme.revision},
            by=by,
        )


def changed_since() -> CannotUndo:
    """The one sentence."""
    return CannotUndo(_("This place was changed again later. Undo the later change first, or put it right by hand."))


def _check(change: Change) -> None:
    """Whether everything still is as the change left it. Raises CannotUndo."""
    for key, after in change.after.items():
        now = _stands(key)
        if (now is None) != (after is None):
            raise changed_since()
        if now is None or after is None:
            continue
        kind = parts_of(key)[0]
        is_added = change.before[key] is None
        row = row_of(kind, now)
        if any(row[name] != value for name, value in after.items() if not (is_added and name == "place")):
            raise changed_since()
        if is_added:
            _check_alone(now, change.after)


def _check_alone(row: models.Model, known: Rows) -> None:
    """Whether a row that is to go again carries nothing that came later."""
    children: list[tuple[str, Any]] = []
    if isinstance(row, Stage):
        children = [("activity", row.activities)]
        if row.closings.exists():
            raise changed_since()
    elif isinstance(row, Activity):
        children = [("window", row.windows), ("responsible", row.responsible)]
    elif isinstance(row, Cycle):
        children = [("window", row.windows)]
    keys = {key_of(kind, pk) for kind, rows in children for pk in rows.values_list("pk", flat=True)}
    if not keys <= known.keys() or (isinstance(row, Window) and Proof.objects.filter(window=row).exists()):
        raise changed_since()


def _put_back(change: Change, programme: Programme) -> None:
    before: Rows = change.before
    order = in_order(before)
    for key in reversed(order):
        if before[key] is None:
            _remove(key)
    for key in order:
        row = before[key]
        if row is not None and not _is_of_nobody(row):
            _restore(key, row, is_new=change.after[key] is None, programme=programme)
    _count(before)


def _is_of_nobody(row: Row) -> bool:
    """Whether it belonged to a person who is gone: what was theirs alone goes with them."""
    return "user_id" in row and not User.objects.filter(pk=row["user_id"]).exists()


def _remove(key: str) -> None:
    row = _stands(key)
    if row is None:
        return
    try:
        row.delete()
    except ProtectedError:
        raise CannotUndo(_("Something else was tied to it meanwhile, so it cannot go.")) from None
    if isinstance(row, Activity):
        close_up(row.stage_id)
    if isinstance(row, Stage):
        number(list(Stage.objects.filter(programme_id=row.programme_id).order_by("place")))


def _restore(key: str, row: Row, *, is_new: bool, programme: Programme) -> None:
    kind, pk = parts_of(key)
    columns = columns_of(row)
    place = columns.pop("place", None)
    thing = MODELS[kind](pk=pk) if is_new else _stands(key)
    assert thing is not None
    stage = columns.pop("stage_id", None) if isinstance(thing, Activity) else None
    _check_ground(columns | ({"stage_id": stage} if stage else {}), programme)
    for name, value in columns.items():
        setattr(thing, name, value)
    if is_new:
        _bring_in(thing, stage, place, programme)
    elif columns:
        thing.save()
    if isinstance(thing, Activity) and place:
        put_activity(Ledger(), thing, stage=stage or thing.stage_id, place=place)
    elif isinstance(thing, Stage) and place:
        put_stage(Ledger(), thing, place=place)


def _bring_in(thing: models.Model, stage: int | None, place: int | None, programme: Programme) -> None:
    """Write a row that was deleted, with its old key, behind its likes."""
    if hasattr(thing, "programme_id"):
        thing.programme_id = programme.pk
    if isinstance(thing, Activity) and stage:
        thing.stage_id = stage
        thing.place = Activity.objects.filter(stage_id=stage).count() + 1
    elif isinstance(thing, Stage):
        thing.place = programme.stages.count() + 1
    elif isinstance(thing, Responsible | Approval):
        thing.place = _free(thing, place or 1)
    thing.save(force_insert=True)
    if isinstance(thing, Activity):
        key = key_of("activity", thing.pk)
        own = Q(before__has_key=key) | Q(after__has_key=key)
        Change.objects.filter(own, programme=programme, activity=None).update(activity=thing)


def _free(row: Responsible | Approval, place: int) -> int:
    """The old place among its likes, or the one behind them where it is taken."""
    likes: Any
    if isinstance(row, Responsible):
        likes = Responsible.objects.filter(activity_id=row.activity_id)
    else:
        likes = Approval.objects.filter(programme_id=row.programme_id)
    taken = set(likes.values_list("place", flat=True))
    return place if place not in taken else max(taken) + 1


def _check_ground(columns: Row, programme: Programme) -> None:
    """Whether what the row stands on is there. Raises CannotUndo."""
    grounds = (
        ("stage_id", Stage.objects.filter(programme=programme)),
        ("cycle_id", Cycle.objects.filter(programme=programme)),
        ("activity_id", Activity.objects.filter(stage__programme=programme)),
        ("member_id", Membership.objects.filter(school_id=programme.school_id)),
    )
    for name, rows in grounds:
        if columns.get(name) and not rows.filter(pk=columns[name]).exists():
            raise CannotUndo(_("The place it stood at is gone, so it cannot be brought back."))


def _count(rows: Rows) -> None:
    """Count the revision of the activities that were touched."""
    own = {parts_of(key)[1] for key in rows if key.startswith("activity:")}
    own |= {row["activity_id"] for row in rows.values() if row and row.get("activity_id")}
    Activity.objects.filter(pk__in=own).update(revision=F("revision") + 1)


def _stands(key: str) -> models.Model | None:
    kind, pk = parts_of(key)
    return MODELS[kind]._default_manager.select_for_update().filter(pk=pk).first() if kind in COLUMNS else None
