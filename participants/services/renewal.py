"""Renewing a consent before its term is over: it is asked for anew, and the new one takes the place of the old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from participants.models import OPEN_CONSENTS, Consent, ConsentPurpose, ConsentState, Person
from participants.services.asking import CONSENT_ASKED, ask_for, last_day_for, lock_people, tell_signer
from participants.services.cycles import today_in
from participants.services.publication import lay_out, resources_for_form
from participants.services.rules import rules_of


def expiring(rows: QuerySet[Consent], today: date, days: int) -> QuerySet[Consent]:
    """Those in force that end within so many days and for which no newer one by the same signer is in force."""
    soon = rows.filter(state=ConsentState.IN_FORCE, expires_on__gte=today, expires_on__lte=today + timedelta(days=days))
    longer = Consent.objects.in_force(today).filter(
        person=OuterRef("person"), purpose=OuterRef("purpose"), expires_on__gt=OuterRef("expires_on")
    )
    return soon.exclude(Exists(longer))


def not_renewed(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    """Those of `rows` that their signer was not asked anew."""
    asked = Consent.objects.filter(
        Q(guardian=OuterRef("guardian")) | Q(guardian=None, person=OuterRef("person")),
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        state__in=OPEN_CONSENTS,
    )
    return rows.exclude(Exists(asked))


def renew_consent(*, consent: Consent, by: Actor) -> Consent:
    """Ask the same signer anew while his consent is in force.

    Raises DomainError where it is not in force or not near its end, was asked anew already, and where the new one would
    not last longer.
    """
    with transaction.atomic():
        lock_people([consent.person_id])
        old = Consent.objects.select_related("person__school", "guardian").get(pk=consent.pk)
        _refuse(old)
        purpose = ConsentPurpose(old.purpose)
        is_publication = purpose == ConsentPurpose.DISSEMINATION
        resources = resources_for_form(old.person.school) if is_publication else []
        new = ask_for(old.person, old.guardian, purpose, by=by)
        lay_out(new, resources)
        tell_signer(old.person, old.guardian, CONSENT_ASKED, by=by)
    return new


def renew_many(*, consents: Iterable[Consent], by: Actor) -> tuple[list[Consent], list[str]]:
    """Renew each; what was asked, and in words why some could not be."""
    asked: list[Consent] = []
    refusals: list[str] = []
    chosen = list(consents)
    with transaction.atomic():
        lock_people(consent.person_id for consent in chosen)
        for consent in chosen:
            try:
                asked.append(renew_consent(consent=consent, by=by))
            except DomainError as refusal:
                refusals.append(str(refusal))
    return asked, list(dict.fromkeys(refusals))


def _refuse(old: Consent) -> None:
    school = old.person.school
    today = today_in(school)
    if not expiring(Consent.objects.filter(pk=old.pk), today, rules_of(school).expiring_days).exists():
        raise DomainError(_("This consent is not near its end, so there is nothing to renew yet."))
    if not not_renewed(Consent.objects.filter(pk=old.pk)).exists():
        raise DomainError(_("This consent was asked for anew already."))
    if last_day_for(old.person, old.guardian) <= old.expires_on:
        raise DomainError(_why_no_longer(old.person, old))


def _why_no_longer(person: Person, old: Consent) -> str:
    if old.guardian_id and not person.is_minor_on(old.expires_on + timedelta(days=1)):
        return _("%(name)s comes of age the day after it ends and will be asked in person.") % {
            "name": person.short_name
        }
    return _("The programme of %(name)s ends no later than this consent.") % {"name": person.short_name}
