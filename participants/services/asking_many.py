"""Asking for the consents of a whole school: too long for a page to wait for, so the worker does it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress

from core.actors import Actor, user_actor
from core.errors import DomainError
from core.jobs import Progress, start_job
from core.models import Job, Membership, Role
from participants.models import Person
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms

CONSENT_ASKING = "consent-asking"
"""The kind of job that asks."""


def ask_later(*, people: Sequence[int], by: Actor) -> Job:
    """Have the worker ask for these people, by their keys."""
    key = f"{CONSENT_ASKING}:{secrets.token_hex(16)}"
    return start_job(key=key, kind=CONSENT_ASKING, payload={"people": list(people)}, by=by)


def ask_in_turn(job: Job, progress: Progress) -> None:
    """Ask person by person, each in a transaction of his own; who cannot be asked stays among those not asked.

    Safe to run twice: nobody is asked again. Raises Membership.DoesNotExist once the curator has left the school.
    """
    memberships = Membership.objects.active().select_related("school", "user")
    membership = memberships.get(user=job.user, school=job.school_id, role=Role.CURATOR)
    by = user_actor(membership.user, [membership])
    keys = job.payload["people"]
    for done, person in enumerate(Person.objects.visible_to(by).filter(pk__in=keys), start=1):
        with suppress(DomainError):
            print_forms(ask_consents(person=person, by=by), by=by)
        progress(done, len(keys))
