"""The end of a consent and of the use that rested on it, whatever ended it."""

from __future__ import annotations

from django.db.models import Q

from core.actors import Actor
from participants.hanging import stop_use_of
from participants.models import DATA_PURPOSES, Consent, ConsentPurpose, DestructionGround, Person, Side
from participants.models.enrolment import NEEDS_LABOUR_CONSENT
from participants.services.cycles import today_in
from participants.services.destruction import lift_clock, start_clock
from participants.services.register import is_cleared

PARTS_ON: dict[str, Q] = {
    ConsentPurpose.PROCESSING: Q(side=Side.MENTEE),
    ConsentPurpose.MENTOR: Q(side=Side.MENTOR),
    ConsentPurpose.LABOUR: NEEDS_LABOUR_CONSENT,
}
"""The parts of a person that rest on a consent for this purpose; a publication is no part of the programme."""


def end_use(consent: Consent, *, ground: DestructionGround = DestructionGround.WITHDRAWN, by: Actor) -> None:
    """Stop what rested on a consent that has ended, unless another for the same purpose is in force, and start the clock
    for the person's data where none for any purpose is. `lock_use_of` comes before.
    """
    person, purpose = consent.person, consent.purpose
    if purpose not in PARTS_ON or _is_given(person, purpose):
        return
    parts = list(person.enrolments.filter(PARTS_ON[purpose]).values_list("pk", flat=True))
    stop_use_of(person, parts, by)
    if purpose in DATA_PURPOSES and not is_cleared(person):
        start_clock(person=person, ground=ground, by=by)


def lift_end(consent: Consent, *, by: Actor) -> None:
    """What a consent newly in force makes needless."""
    if consent.purpose in DATA_PURPOSES:
        lift_clock(person=consent.person, by=by)


def _is_given(person: Person, purpose: str) -> bool:
    return person.consents.in_force(today_in(person.school)).filter(purpose=purpose).exists()
