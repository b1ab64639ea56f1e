"""Moving a row that has a life: one method, one table, one line in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import TransitionRefused
from core.journal import record_event
from core.models import School

Moves = Mapping[str, frozenset[str]]
"""From each state, the states that may follow it."""


def move(
    row: models.Model,
    to: str,
    *,
    school: School,
    also: Iterable[str] = (),
    detail: dict[str, object] | None = None,
    by: Actor,
) -> None:
    """Take `row` from its `state` to `to` by the table `MOVES` of its model and journal the step.

    `also` names columns already changed on `row` that belong to the step, `detail` is for the journal. The caller
    holds the row's lock.
    Raises TransitionRefused where the table has no such step.
    """
    before: str = row.state  # type: ignore[attr-defined]
    moves: Moves = row.MOVES  # type: ignore[attr-defined]
    if to not in moves[before]:
        raise TransitionRefused(_("This has already been changed by someone. Look at it again before you go on."))
    with transaction.atomic():
        row.state = to  # type: ignore[attr-defined]
        row.save(update_fields=("state", *also))
        record_event(verb="move", thing=row, school=school, from_state=before, to_state=to, detail=detail, by=by)
