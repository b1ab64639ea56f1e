"""The legal clock: when a person's data have to be destroyed, and when no longer."""

from __future__ import annotations

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from core.states import move
from participants.models import Destruction, DestructionGround, DestructionState, Person
from participants.services.cycles import today_in
from participants.services.destruction_terms import last_day_for
from participants.services.register import is_cleared

OF_CONSENT = frozenset({DestructionGround.WITHDRAWN, DestructionGround.EXPIRED, DestructionGround.REACHED})
"""The grounds that are none while another consent to the processing of the data is in force."""


def start_clock(*, person: Person, ground: DestructionGround, by: Actor) -> Destruction | None:
    """Have the person's data destroyed within the term of `ground`; the nearer day stands where a clock runs already.

    To be called in the transaction of the withdrawal, after the consents have moved and their use has been stopped.
    None where a consent to the processing of the data is still in force and the ground is the end of another one.
    """
    with transaction.atomic():
        if person.destroyed_at or (ground in OF_CONSENT and is_cleared(person)):
            return None
        due_on = last_day_for(ground, today_in(person.school))
        found = _running(person)
        if found and found.due_on <= due_on:
            return found
        if found:
            found.ground, found.due_on = ground, due_on
            found.save(update_fields=("ground", "due_on"))
        else:
            found = Destruction.objects.create(school=person.school, person=person, ground=ground, due_on=due_on)
        detail: dict[str, object] = {"person": person.pk, "ground": ground.value, "due_on": due_on.isoformat()}
        record_event(verb="clock", thing=found, school=person.school, to_state=found.state, detail=detail, by=by)
    return found


def lift_clock(*, person: Person, by: Actor) -> None:
    """Stop the clock because a new consent is in force; nothing where none runs or no consent is.

    To be called in the transaction that puts the consent in force.
    """
    with transaction.atomic():
        found = _running(person)
        if found and is_cleared(person):
            move(found, DestructionState.LIFTED, school=person.school, by=by)


def _running(person: Person) -> Destruction | None:
    rows = Destruction.objects.select_for_update(of=("self",), no_key=True).filter(state=DestructionState.DUE)
    return rows.filter(person=person).first()
