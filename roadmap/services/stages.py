"""The stages of a living programme."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from roadmap.models import Change, ChangeKind, Programme, Stage
from roadmap.services.editing import ChangedSince, PlaceGone
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger, told_of
from roadmap.services.placing import number, put_stage


class StageNotEmpty(DomainError):
    """It has activities, or was closed."""


def edit_stage(*, stage: Stage, wish: Mapping[str, str], opened: Mapping[str, str], by: Actor) -> Change | None:
    """Write a stage anew: `number`, `name`, `goal`, `task`, `result`; None where that changes nothing.

    `opened` is what the form was opened with. Raises ChangedSince, PlaceGone.
    """
    with transaction.atomic():
        programme, locked = _lock(stage)
        now = {name: getattr(locked, name) for name in wish}
        if now == wish:
            return None
        if any(opened.get(name, text) != text for name, text in now.items()):
            raise ChangedSince(_("Someone changed this stage meanwhile. Compare both texts."))
        ledger = Ledger()
        ledger.put(locked, **wish)
        return ledger.close(programme=programme, kind=ChangeKind.STAGE, told=told_of(locked), by=by)


def add_stage(*, programme: Programme, wish: Mapping[str, str], by: Actor) -> Change:
    """A new stage behind the others."""
    with transaction.atomic():
        locked = lock_programme(programme)
        ledger, stage = Ledger(), Stage(programme=locked, place=locked.stages.count() + 1, **wish)
        ledger.add(stage)
        change = ledger.close(programme=locked, kind=ChangeKind.STAGE, told=told_of(stage), by=by)
    assert change is not None
    return change


def delete_stage(*, stage: Stage, by: Actor) -> Change | None:
    """Delete a stage without activities. Raises StageNotEmpty, PlaceGone."""
    with transaction.atomic():
        programme, locked = _lock(stage)
        if locked.activities.exists():
            raise StageNotEmpty(_("This stage has activities. Move or delete them first."))
        if locked.closings.exists():
            raise StageNotEmpty(_("This stage was closed once, and the report tells of it. It stays."))
        ledger, told = Ledger(), told_of(locked)
        ledger.drop(locked)
        number(list(programme.stages.order_by("place")))
        return ledger.close(programme=programme, kind=ChangeKind.STAGE, told=told, by=by)


def move_stage(*, stage: Stage, step: int, by: Actor) -> Change | None:
    """One place up (-1) or down (1); None at the end of the plan. Raises PlaceGone."""
    with transaction.atomic():
        programme, locked = _lock(stage)
        if not 1 <= locked.place + step <= programme.stages.count():
            return None
        ledger = Ledger()
        put_stage(ledger, locked, place=locked.place + step)
        return ledger.close(programme=programme, kind=ChangeKind.MOVE, told=told_of(locked), by=by)


def _lock(stage: Stage) -> tuple[Programme, Stage]:
    programme = lock_programme(stage.programme)
    locked = Stage.objects.select_for_update(of=("self",)).filter(pk=stage.pk).first()
    if locked is None:
        raise PlaceGone(_("This stage was deleted meanwhile. It can be brought back from the history."))
    return programme, locked
