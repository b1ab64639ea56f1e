"""The end of a consent and of the use that rested on it, whatever ended it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from core.actors import Actor
from participants.hanging import stop_use_of
from participants.models import (
    DATA_PURPOSES,
    PURPOSE_OF_SIDE,
    Consent,
    ConsentPurpose,
    ConsentState,
    DestructionGround,
    Person,
    Side,
)
from participants.models.enrolment import NEEDS_LABOUR_CONSENT
from participants.services.asking import end_consent
from participants.services.cycles import today_in
from participants.services.destruction import lift_clock, start_clock
from participants.services.register import is_cleared

PARTS_ON: dict[str, Q] = {
    ConsentPurpose.PROCESSING: Q(side=Side.MENTEE),
    ConsentPurpose.MENTOR: Q(side=Side.MENTOR),
    ConsentPurpose.LABOUR: NEEDS_LABOUR_CONSENT,
}
"""The parts of a person that rest on a consent for this purpose; a publication is no part of the programme."""
_SIDES: dict[str, str] = {purpose: side for side, purpose in PURPOSE_OF_SIDE.items()}


def end_use(consent: Consent, *, ground: DestructionGround = DestructionGround.WITHDRAWN, by: Actor) -> None:
    """Stop what rested on a consent that has ended, unless another for the same purpose is in force, and start the clock
    for the person's data; where the consent to another purpose is in force, for those of this one alone. `lock_use_of`
    comes before.
    """
    person, purpose = consent.person, consent.purpose
    if purpose not in PARTS_ON or _is_given(person, purpose):
        return
    parts = list(person.enrolments.filter(PARTS_ON[purpose]).values_list("pk", flat=True))
    stop_use_of(person, parts, by)
    start_clock_of(consent, ground=ground, by=by)


def start_clock_of(consent: Consent, *, ground: DestructionGround, by: Actor) -> None:
    """The clock for what was written under a consent that has ended; nothing where no data rest on its purpose."""
    if consent.purpose in DATA_PURPOSES:
        side = _SIDES[consent.purpose] if is_cleared(consent.person) else ""
        start_clock(person=consent.person, ground=ground, side=side, by=by)


def lift_end(consent: Consent, *, by: Actor) -> None:
    """What a consent newly in force makes needless."""
    if consent.purpose in DATA_PURPOSES:
        lift_clock(person=consent.person, by=by)


def lock_publication_asked(person: Person) -> None:
    """Lock what `stop_asking_for_publication` will change."""
    list(_publication_asked(person).order_by("pk").values_list("pk"))


def stop_asking_for_publication(person: Person, parts: Sequence[int], by: Actor) -> None:
    """Nobody is asked, or reminded, to let somebody be published whose data may be used no longer."""
    if is_cleared(person):
        return
    for consent in list(_publication_asked(person).select_related("person__school").order_by("pk")):
        end_consent(consent, ConsentState.CANCELLED, by=by)


def _publication_asked(person: Person) -> QuerySet[Consent]:
    rows = Consent.objects.select_for_update(of=("self",), no_key=True).filter(person=person)
    return rows.filter(purpose=ConsentPurpose.DISSEMINATION, state__in=(ConsentState.ASKED, ConsentState.RETURNED))


def _is_given(person: Person, purpose: str) -> bool:
    return person.consents.in_force(today_in(person.school)).filter(purpose=purpose).exists()
