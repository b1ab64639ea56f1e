"""Asking for the consents of a whole school: too long for a page to wait for, so the worker does it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress

from core.actors import Actor, user_actor
from core.errors import DomainError
from core.jobs import Progress, start_job
from core.models import Job, Membership, Role
from participants.models import Consent, Person
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms
from participants.services.reminding import remind_signers

AT_A_TIME = 20
CONSENT_ASKING = "consent-asking"
CONSENT_REMINDING = "consent-reminding"
"""The kinds of jobs that ask and that remind."""


def ask_later(*, people: Sequence[int], by: Actor) -> Job:
    """Have the worker ask for these people, by their keys."""
    key = f"{CONSENT_ASKING}:{secrets.token_hex(16)}"
    return start_job(key=key, kind=CONSENT_ASKING, payload={"people": list(people)}, by=by)


def ask_in_turn(job: Job, progress: Progress) -> None:
    """Ask person by person, each in a transaction of his own; who cannot be asked stays among those not asked.

    Safe to run twice: nobody is asked again. Raises Membership.DoesNotExist once the curator has left the school.
    """
    by = _curator(job)
    keys = job.payload["people"]
    for done, person in enumerate(Person.objects.visible_to(by).filter(pk__in=keys), start=1):
        with suppress(DomainError):
            print_forms(ask_consents(person=person, by=by), by=by)
        progress(done, len(keys))


def remind_later(*, consents: Sequence[int], by: Actor) -> Job:
    """Have the worker remind whoever signs these consents, by their keys."""
    key = f"{CONSENT_REMINDING}:{secrets.token_hex(16)}"
    return start_job(key=key, kind=CONSENT_REMINDING, payload={"consents": list(consents)}, by=by)


def remind_in_groups(job: Job, progress: Progress) -> None:
    """Remind them, some at a time. Safe to run twice: nobody is written to twice in a day."""
    by = _curator(job)
    keys = job.payload["consents"]
    for begin in range(0, len(keys), AT_A_TIME):
        rows = Consent.objects.visible_to(by).filter(pk__in=keys[begin : begin + AT_A_TIME])
        remind_signers(consents=rows, by=by)
        progress(min(begin + AT_A_TIME, len(keys)), len(keys))


def _curator(job: Job) -> Actor:
    """Whoever wanted it, while he is a curator of the school."""
    memberships = Membership.objects.active().select_related("school", "user")
    membership = memberships.get(user=job.user, school=job.school_id, role=Role.CURATOR)
    return user_actor(membership.user, [membership])
