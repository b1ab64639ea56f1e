"""A destruction that the curator sets going: on demand, for want of a ground, or because the purpose is reached."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.jobs import start_job
from core.models import Job
from participants.hanging import lock_use_of, stop_use_of
from participants.models import (
    OPEN_CONSENTS,
    ConsentState,
    Destruction,
    DestructionGround,
    DestructionState,
    Person,
)
from participants.models.consent import ConsentQuerySet
from participants.services.asking import end_consent, lock_people
from participants.services.destruction import start_clock

DESTROYING = "destruction"
"""The kind of job that carries out; `participants.services.carrying` does the work."""
MOST_AT_ONCE = 50
END_BY_GROUND: dict[str, ConsentState] = {
    DestructionGround.WITHDRAWN: ConsentState.WITHDRAWN,
    DestructionGround.EXPIRED: ConsentState.EXPIRED,
    DestructionGround.REACHED: ConsentState.EXPIRED,
    DestructionGround.DEMAND: ConsentState.WITHDRAWN,
    DestructionGround.UNLAWFUL: ConsentState.INVALID,
}
"""How consents in force end with the data they were given for."""


def demand_destruction(*, person: Person, ground: DestructionGround, by: Actor) -> Destruction:
    """Stop every use of the person's data now, end his consents, and start the clock of this ground."""
    with transaction.atomic():
        lock_use_of(person)
        lock_people([person.pk])
        end_consents(person.consents.all(), ground, by)
        stop_use_of(person, list(person.enrolments.values_list("pk", flat=True)), by)
        found = start_clock(person=person, ground=ground, by=by)
        if found is None:
            raise DomainError(_("The data of this person have been destroyed already."))
    return found


def end_consents(consents: ConsentQuerySet, ground: str, by: Actor) -> None:
    """What is asked for is asked no more; what is in force ends on this ground."""
    rows = consents.select_for_update(of=("self",), no_key=True).filter(ended_at=None)
    for consent in rows.select_related("person__school").order_by("pk"):
        is_open = consent.state in OPEN_CONSENTS
        end_consent(consent, ConsentState.CANCELLED if is_open else END_BY_GROUND[ground], by=by)


def start_destroying(*, destructions: Sequence[Destruction], sheets: int, by: Actor) -> Job:
    """Have the worker destroy the data of these people with one act: asking twice for the same ones does it once.

    Raises DomainError for none, for too many, and where one is carried out or lifted already.
    """
    keys = sorted({row.pk for row in destructions})
    if not keys or len(keys) > MOST_AT_ONCE:
        raise DomainError(_("Choose from 1 to %(most)s people for one act.") % {"most": MOST_AT_ONCE})
    if any(row.state != DestructionState.DUE for row in destructions):
        raise DomainError(
            _("One of these destructions has been carried out or lifted meanwhile. Look at the list again.")
        )
    digest = hashlib.sha256(repr(keys).encode()).hexdigest()
    payload: dict[str, object] = {"destructions": keys, "sheets": sheets}
    return start_job(key=f"{DESTROYING}:{digest[:40]}", kind=DESTROYING, payload=payload, by=by)
