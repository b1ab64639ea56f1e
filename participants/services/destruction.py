"""The legal clock: when a person's data have to be destroyed, and when no longer."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from core.states import move
from participants.models import (
    DATA_PURPOSES,
    PURPOSE_OF_SIDE,
    Destruction,
    DestructionGround,
    DestructionState,
    Person,
    Side,
)
from participants.services.cycles import today_in
from participants.services.destruction_terms import last_day_for

OF_CONSENT = frozenset({DestructionGround.WITHDRAWN, DestructionGround.EXPIRED, DestructionGround.REACHED})
"""The grounds that are none while another consent to the processing of the data is in force."""


def start_clock(*, person: Person, ground: DestructionGround, side: str = "", by: Actor) -> Destruction | None:
    """Have the person's data destroyed within the term of `ground`, with a `side` only those written of him on it; the
    nearer day stands where a clock runs already.

    To be called in the transaction of the withdrawal, after the consents have moved and their use has been stopped.
    None where a consent to the same processing is still in force and the ground is the end of another one.
    """
    with transaction.atomic():
        if person.destroyed_at or (ground in OF_CONSENT and is_allowed(person, side)):
            return None
        due_on = last_day_for(ground, today_in(person.school))
        running = _running(person)
        found = running.pop("", None) or running.pop(side, None)
        if found and found.due_on <= due_on:
            return found
        if found:
            found.ground, found.due_on = ground, due_on
            found.save(update_fields=("ground", "due_on"))
        else:
            if not side:
                due_on = min([due_on, *(row.due_on for row in _take_in(running, by))])
            found = _begin(person, side, ground, due_on)
        _note(found, by)
    return found


def lift_clock(*, person: Person, by: Actor) -> None:
    """Stop what a new consent in force makes needless; nothing where no clock runs or no consent is.

    Where all was to go and the consent covers one side only, what was written on the other goes by the same day. To be
    called in the transaction that puts the consent in force.
    """
    with transaction.atomic():
        for side, row in _running(person).items():
            if not is_allowed(person, side):
                continue
            move(row, DestructionState.LIFTED, school=person.school, by=by)
            if not side:
                _keep_running(row, by)


def is_allowed(person: Person, side: str) -> bool:
    """Whether a consent in force covers what is written on this side; without a side, whether any does."""
    purposes = [PURPOSE_OF_SIDE[side]] if side else DATA_PURPOSES
    return person.consents.in_force(today_in(person.school)).filter(purpose__in=purposes).exists()


def _keep_running(row: Destruction, by: Actor) -> None:
    for side in Side.values:
        if not is_allowed(row.person, side) and row.person.enrolments.filter(side=side).exists():
            _note(_begin(row.person, side, row.ground, row.due_on), by)


def _take_in(running: dict[str, Destruction], by: Actor) -> list[Destruction]:
    """End the clocks of one side, for all goes now."""
    for row in running.values():
        move(row, DestructionState.LIFTED, school=row.school, by=by)
    return list(running.values())


def _begin(person: Person, side: str, ground: str, due_on: date) -> Destruction:
    return Destruction.objects.create(school=person.school, person=person, side=side, ground=ground, due_on=due_on)


def _note(row: Destruction, by: Actor) -> None:
    detail: dict[str, object] = {"person": row.person_id, "ground": str(row.ground), "due_on": row.due_on.isoformat()}
    if row.side:
        detail["side"] = row.side
    record_event(verb="clock", thing=row, school=row.school, to_state=row.state, detail=detail, by=by)


def _running(person: Person) -> dict[str, Destruction]:
    """The clocks of the person that run, locked, by their side."""
    rows = Destruction.objects.select_for_update(of=("self",), no_key=True).filter(state=DestructionState.DUE)
    return {
        row.side: row for row in rows.filter(person=person).select_related("person__school", "school").order_by("pk")
    }
