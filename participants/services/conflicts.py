"""Two guardians who disagree: what one gave is contested until a person has settled it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.errors import DomainError
from core.states import move
from participants.hanging import lock_use_of
from participants.models import Consent, ConsentState, Guardianship
from participants.register.disputes import GIVEN, OBJECTED
from participants.services.asking import end_consent, lock_with_others
from participants.services.cycles import today_in
from participants.services.ending import end_use
from participants.services.telling import CONSENT_CONTESTED, tell_curators
from participants.services.validity import put_in_force

REFUSED: dict[str, str | Promise] = {
    OBJECTED: gettext_lazy("Another guardian objects."),
    ConsentState.DECLINED: gettext_lazy("Another guardian has declined."),
    ConsentState.WITHDRAWN: gettext_lazy("Another guardian has withdrawn the consent."),
}
REASON_LENGTH = 500


def contest_consent(*, consent: Consent, reason: str, by: Actor) -> None:
    """Another guardian objects on paper or aloud: neither this consent nor what others gave is in force until
    `settle_conflict`.

    Raises DomainError without a reason and where no other guardian is entered, TransitionRefused where nothing was given.
    """
    reason = _words(reason)
    with transaction.atomic():
        consent, others = lock_with_others(consent)
        bonds = Guardianship.objects.filter(minor=consent.person_id).exclude(guardian=consent.guardian_id)
        if consent.guardian_id is None or not bonds.exists():
            raise DomainError(_("No other guardian is entered who could object. Record a withdrawal instead."))
        contest_given([consent, *given_by_another(consent, others)], reason, by)


def object_to_given(*, consent: Consent, reason: str, by: Actor) -> None:
    """The guardian whom the school stopped asking, for another had given the same, is against that one.

    What the other gave is contested until `settle_conflict`; a reason is welcome and not required. Raises DomainError
    where nothing of the kind is given any more.
    """
    words = " ".join(reason.split())[:REASON_LENGTH] or OBJECTED
    with transaction.atomic():
        consent, others = lock_with_others(consent)
        dropped = told_of_others(Consent.objects.filter(pk=consent.pk)).filter(other_state__in=GIVEN)
        if not dropped.exists():
            raise DomainError(_("There is nothing here any more to object to. Look at the page as it is now."))
        contest_given(given_by_another(consent, others), words, by)


def told_of_others(rows: QuerySet[Consent]) -> QuerySet[Any]:
    """The rows with `other_state`: where a guardian was asked for this no longer, the state of what another guardian
    of the child has given in its place; else None.
    """
    same = {"person": OuterRef("person"), "purpose": OuterRef("purpose")}
    own = Consent.objects.filter(**same, guardian=OuterRef("guardian"), pk__gt=OuterRef("pk"))
    represents = Guardianship.objects.standing().filter(minor=OuterRef("person"), guardian=OuterRef("guardian"))
    another = Consent.objects.filter(**same, guardian__isnull=False, state__in=(*GIVEN, ConsentState.CONTESTED))
    another = another.exclude(guardian=OuterRef("guardian")).order_by("-asked_at", "-pk")
    dropped = When(
        Q(Exists(represents), ~Exists(own), state=ConsentState.CANCELLED), then=Subquery(another.values("state")[:1])
    )
    return rows.annotate(other_state=Case(dropped, default=None))


def settle_conflict(*, consent: Consent, keeps: bool, reason: str, by: Actor) -> None:
    """A person decides after talking to the guardians: the consent holds, or it ends as a withdrawn one does; and with it
    whatever else is contested of the same child for the same purpose.

    Raises DomainError without a reason, TransitionRefused where nothing is contested.
    """
    reason = _words(reason)
    with transaction.atomic():
        lock_use_of(consent.person)
        consent, others = lock_with_others(consent)
        if consent.state != ConsentState.CONTESTED:
            raise DomainError(_("Nothing is contested here any more. Look at it again before you go on."))
        today = today_in(consent.person.school)
        alike = [row for row in others if row.state == ConsentState.CONTESTED and row.expires_on >= today]
        for row in (consent, *alike):
            if keeps:
                put_in_force(row, others, reason=reason, by=by)
                continue
            row.reason = reason
            end_consent(row, ConsentState.WITHDRAWN, also=("reason",), by=by)
        if not keeps:
            end_use(consent, by=by)


def contest_given(consents: Iterable[Consent], reason: str, by: Actor) -> None:
    """Make these locked consents contested, and tell the curators.

    `reason` may be a key of `REFUSED`, of which everyone reads in the language of the programme, not of one's screen.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = str(REFUSED.get(reason, reason))
    for consent in consents:
        consent.reason = words
        move(consent, ConsentState.CONTESTED, school=consent.person.school, also=("reason",), by=by)
        tell_curators(consent, CONSENT_CONTESTED)


def given_by_another(consent: Consent, others: Iterable[Consent]) -> list[Consent]:
    """Those of `others` that another guardian gave; none where the person signs for himself."""
    if consent.guardian_id is None:
        return []
    return [row for row in others if row.state in GIVEN and row.guardian_id not in (None, consent.guardian_id)]


def _words(reason: str) -> str:
    words = " ".join(reason.split())[:REASON_LENGTH]
    if not words:
        raise DomainError(_("Say what the guardians said or agreed on: the reason stays with the consent."))
    return words
