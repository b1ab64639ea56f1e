"""Closing a stage of one school year, and opening it again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from core.states import move
from roadmap.board.conditions import Condition, conditions_of, lacking
from roadmap.board.rows import window_rows
from roadmap.evidence import evidence_of
from roadmap.models import ClosingState, Cycle, Stage, StageClosing, Window
from roadmap.services.history import lock_programme


class ClosingRefused(DomainError):
    """The stage cannot be closed or opened like that."""


def conditions_for(stage: Stage, cycle: Cycle) -> list[Condition]:
    """How the conditions of a stage stand now in a cycle of its programme; the addresses are not yet anyone's."""
    school = cycle.programme.school
    rows = window_rows(
        Window.objects.filter(activity__stage=stage, cycle=cycle), timezone.localdate(timezone=school.zone)
    )
    return conditions_of(rows, evidence_of({row.evidence for row in rows}, [cycle.pk]))


def close_stage(*, stage: Stage, cycle: Cycle, reason: str, by: Actor) -> StageClosing:
    """Close a stage; where something is lacking only with a reason, which stays beside what was lacking.

    A stage that is closed already stays as it was closed. Raises ClosingRefused.
    """
    with transaction.atomic():
        school = _locked_school(stage, cycle)
        row = StageClosing.objects.select_for_update().filter(stage=stage, cycle=cycle).first()
        if row is not None and row.state == ClosingState.CLOSED:
            return row
        missing = lacking(conditions_for(stage, cycle))
        if missing and not reason.strip():
            raise ClosingRefused(
                _("Something is lacking: %(what)s. Say why the stage is closed all the same.") % {"what": missing[0]}
            )
        assert by.user is not None  # the doors let in people alone
        columns = {
            "closed_on": timezone.localdate(timezone=school.zone),
            "closed_by": by.user,
            "lacking": missing,
            "reason": reason.strip(),
            "reopened_for": "",
        }
        if row is None:
            row = StageClosing.objects.create(stage=stage, cycle=cycle, **columns)
            record_event(
                verb="close", thing=row, school=school, detail={"stage": stage.pk, "lacking": len(missing)}, by=by
            )
            return row
        for name, value in columns.items():
            setattr(row, name, value)
        move(row, ClosingState.CLOSED, school=school, also=columns, by=by)
    return row


def reopen_stage(*, stage: Stage, cycle: Cycle, reason: str, by: Actor) -> None:
    """Open a closed stage again; the reason stays with it. Raises ClosingRefused."""
    if not reason.strip():
        raise ClosingRefused(_("Say why the stage is opened again."))
    with transaction.atomic():
        school = _locked_school(stage, cycle)
        row = StageClosing.objects.select_for_update().filter(stage=stage, cycle=cycle).first()
        if row is None:
            raise ClosingRefused(_("This stage is not closed."))
        if row.state == ClosingState.REOPENED:
            return
        row.reopened_for = reason.strip()
        move(row, ClosingState.REOPENED, school=school, also=("reopened_for",), by=by)


def _locked_school(stage: Stage, cycle: Cycle) -> School:
    """The programme is locked, so that one closing follows another. Raises ClosingRefused for a foreign year."""
    if stage.programme_id != cycle.programme_id:
        raise ClosingRefused(_("This school year is not of this programme."))
    return lock_programme(stage.programme).school
