"""Asking for consents: whom, for what, and the letters that carry the link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.notices import queue_notice
from core.states import move
from participants.ages import of_age_on
from participants.models import (
    LIVE_CONSENTS,
    Consent,
    ConsentPurpose,
    ConsentState,
    Enrolment,
    Guardian,
    LinkChannel,
    Person,
    PersonalLink,
    Side,
    kind_of_consent,
)
from participants.models.enrolment import NEEDS_LABOUR_CONSENT
from participants.services.links import issue_link, last_day_of
from participants.services.texts import current_text

CONSENT_ASKED, CONSENT_RETURNED = "consent-asked", "consent-returned"
"""The kinds of letters to whoever signs; `participants.letters` writes them."""
LETTER_EVERY = timedelta(days=1)
Signer = Guardian | None


def ask_consents(*, person: Person, by: Actor) -> list[Consent]:
    """Ask for everything the person's parts in the programme need and nobody has given or been asked for yet.

    Each guardian of a minor is asked, an adult himself; whoever has an address gets one letter. Raises DomainError
    for a minor without guardians, and without the birth date by which the link is opened.
    """
    with transaction.atomic():
        lock_people([person.pk])
        person = Person.objects.select_related("school").get(pk=person.pk)
        asked = [
            ask_for(person, signer, purpose, by=by)
            for purpose in _wanted_purposes(person)
            for signer in signers_of(person, purpose)
            if not _is_asked(person, signer, purpose)
        ]
        for signer in dict.fromkeys(consent.guardian for consent in asked):
            tell_signer(person, signer, CONSENT_ASKED, by=by)
    return asked


def ask_many(*, people: Iterable[Person], by: Actor) -> tuple[list[Consent], list[str]]:
    """Ask for the consents of each of these people; what was asked, and in words why some could not be."""
    asked: list[Consent] = []
    refusals: list[str] = []
    chosen = list(people)
    with transaction.atomic():
        lock_people(person.pk for person in chosen)
        for person in chosen:
            try:
                asked += ask_consents(person=person, by=by)
            except DomainError as error:
                refusals.append(str(error))
    return asked, refusals


def cancel_consent(*, consent: Consent, by: Actor) -> None:
    """Ask for it no longer. Raises TransitionRefused where it is not open any more, or contested: that one was given,
    and only `settle_conflict` ends with it the use of the data.
    """
    with transaction.atomic():
        locked = lock_consent(consent)
        if locked.state == ConsentState.CONTESTED:
            raise TransitionRefused(_("The guardians disagree on this consent. Settle the conflict first."))
        end_consent(locked, ConsentState.CANCELLED, by=by)


def drop_needless(*, leaving: Enrolment, by: Actor) -> None:
    """Ask no longer for what no part but this one, which the person is about to leave, wants: nobody is reminded of it.

    A copy that came in stays with the curator.
    """
    person = leaving.person
    parts = person.enrolments.enrolled().exclude(pk=leaving.pk)
    wanted = {*_purposes_of(parts), ConsentPurpose.DISSEMINATION} if parts.exists() else set()
    unsigned = Consent.objects.filter(person=person, state__in=(ConsentState.ASKED, ConsentState.RETURNED))
    rows = unsigned.exclude(purpose__in=wanted).select_for_update(of=("self",), no_key=True)
    for consent in list(rows.select_related("person__school").order_by("pk")):
        end_consent(consent, ConsentState.CANCELLED, by=by)


def end_consent(consent: Consent, state: ConsentState, *, also: Iterable[str] = (), by: Actor) -> None:
    """Move a locked consent to one of its ends."""
    consent.ended_at = timezone.now()
    move(consent, state, school=consent.person.school, also=("ended_at", *also), by=by)


def lock_people(people: Iterable[int]) -> None:
    """Lock these people and the links to them, in one order.

    To be called before the first line of the journal is written, for which the whole school waits.
    """
    keys = list(people)
    rows = (Person.objects.filter(pk__in=keys), PersonalLink.objects.filter(person__in=keys))
    for found in rows:
        list(found.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def lock_consent(consent: Consent) -> Consent:
    """The consent as it now stands, its row locked."""
    rows = Consent.objects.select_for_update(of=("self",), no_key=True).select_related("person__school", "guardian")
    return rows.get(pk=consent.pk)


def lock_with_others(consent: Consent) -> tuple[Consent, list[Consent]]:
    """The consent and the other live ones for the same person and purpose, locked in one order."""
    rows = Consent.objects.select_for_update(of=("self",), no_key=True).select_related("person__school", "guardian")
    found = {row.pk: row for row in rows.filter(person=consent.person_id, purpose=consent.purpose).order_by("pk")}
    return found.pop(consent.pk), [row for row in found.values() if row.state in LIVE_CONSENTS]


def tell_signer(
    person: Person, signer: Signer, kind: str, *, payload: dict[str, object] | None = None, by: Actor
) -> None:
    """A letter with a fresh link to whoever signs; nothing where he has no address."""
    if not _address(person, signer):
        return
    link, token = issue_link(person=person, guardian=signer, channel=LinkChannel.LETTER, by=by)
    queue_notice(
        key=f"{kind}:{link.pk}",
        kind=kind,
        school=person.school,
        payload={"link": link.pk, **(payload or {})},
        secret={"token": token},
    )


def needed_purposes(person: Person) -> list[ConsentPurpose]:
    """What the person's parts in the programme ask for."""
    return _purposes_of(person.enrolments.enrolled())


def _purposes_of(parts: QuerySet[Enrolment]) -> list[ConsentPurpose]:
    sides = set(parts.values_list("side", flat=True))
    needs = {
        ConsentPurpose.PROCESSING: sides != {Side.MENTOR},
        ConsentPurpose.MENTOR: Side.MENTOR in sides,
        ConsentPurpose.LABOUR: parts.filter(NEEDS_LABOUR_CONSENT).exists(),
    }
    return [purpose for purpose, is_needed in needs.items() if is_needed]


def _wanted_purposes(person: Person) -> list[ConsentPurpose]:
    """Those not in force yet: one guardian's signature is enough."""
    given = person.consents.in_force(timezone.localdate(timezone=person.school.zone))
    have = set(given.values_list("purpose", flat=True))
    return [purpose for purpose in needed_purposes(person) if purpose not in have]


def signers_of(person: Person, purpose: ConsentPurpose) -> Sequence[Signer]:
    """Who signs: the person himself (None), for a minor each guardian. Raises DomainError for a minor without one."""
    if purpose == ConsentPurpose.LABOUR or not person.is_minor_on(timezone.localdate(timezone=person.school.zone)):
        return [None]
    guardians = list(Guardian.objects.filter(guardianships__minor=person).order_by("pk"))
    if not guardians:
        raise DomainError(
            _("%(name)s is under age and has no guardian here. Enter the guardian who will sign.")
            % {"name": person.short_name}
        )
    return guardians


def _is_asked(person: Person, signer: Signer, purpose: ConsentPurpose) -> bool:
    return person.consents.filter(state__in=LIVE_CONSENTS, guardian=signer, purpose=purpose).exists()


def ask_for(person: Person, signer: Signer, purpose: ConsentPurpose, *, by: Actor) -> Consent:
    """One consent of one signer, with the text now printed. The person is locked."""
    consent = Consent.objects.create(
        person=person,
        guardian=signer,
        purpose=purpose,
        text=current_text(person.school, kind_of_consent(purpose, is_by_guardian=signer is not None)),
        expires_on=last_day_for(person, signer),
        asked_by=by.user,
    )
    record_event(verb="ask", thing=consent, school=person.school, to_state=consent.state, by=by)
    return consent


def last_day_for(person: Person, signer: Signer) -> date:
    """That of the programme; what a guardian signs ends on the eve of the eighteenth birthday (152-FZ art. 9 (6))."""
    last = last_day_of(person)
    if signer is None or person.birth_date is None:
        return last
    return min(last, of_age_on(person.birth_date) - timedelta(days=1))


def _address(person: Person, signer: Signer) -> str:
    return signer.email if signer else person.email
