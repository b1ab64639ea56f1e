"""What the signer himself allows to be published, before he signs."""

from __future__ import annotations

from django.db import transaction

from core.actors import Actor
from core.errors import TransitionRefused
from core.files import delete_file
from core.models import Job
from participants.models import Consent
from participants.services.asking import lock_consent
from participants.services.consent_papers import CONSENT_PDF, print_forms
from participants.services.publication import Choices, write_choices
from participants.services.sending import AWAITED, why_not_awaited


def choose_published(*, consent: Consent, choices: Choices, by: Actor) -> None:
    """Write the signer's choices and print the form anew with them, so that he signs what he chose.

    Raises TransitionRefused once the copy is on its way, DomainError for another consent's items.
    """
    with transaction.atomic():
        consent = lock_consent(consent)
        if consent.state not in AWAITED:
            raise TransitionRefused(why_not_awaited(consent))
        write_choices(consent=consent, choices=choices, by=by)
        before, consent.paper = consent.paper, None
        consent.save(update_fields=("paper",))
        if before:
            delete_file(before, by=by)
        Job.objects.filter(kind=CONSENT_PDF, key=f"{CONSENT_PDF}:{consent.pk}").delete()
        print_forms([consent], by=by)
