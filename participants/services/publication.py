"""Publication: where the school publishes, what a person has allowed there, and nothing beyond it (152-FZ art. 10.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import (
    DATA_PURPOSES,
    LIVE_CONSENTS,
    Consent,
    ConsentPurpose,
    ConsentState,
    Datum,
    Person,
    PublicResource,
    PublishedItem,
)
from participants.services.asking import CONSENT_ASKED, ask_for, lock_consent, lock_people, signers_of, tell_signer

OPEN_TO_CHOICE = (ConsentState.ASKED, ConsentState.SENT, ConsentState.RETURNED, ConsentState.ACCEPTED)
CONDITION_LENGTH = 300
Choices = Mapping[int, tuple[bool | None, str]]
"""For the key of each `PublishedItem` whether it is allowed, and the condition or prohibition in the signer's words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking many: the consents, and in words why some were not asked."""

    consents: Sequence[Consent]
    refusals: Sequence[str]


def save_resource(
    *, school: School, resource: PublicResource | None = None, name: str, url: str, is_used: bool = True, by: Actor
) -> PublicResource:
    """Write down where the school publishes. Raises DomainError for an address it has already, and for one on which
    somebody was asked: the address stands on a signed paper.
    """
    name, url = " ".join(name.split()), url.strip()
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        same = school.public_resources.filter(url=url).exclude(pk=resource.pk if resource else 0)
        if same.exists():
            raise DomainError(_("This address is in the list already."))
        if resource and resource.url != url and PublishedItem.objects.filter(resource=resource).exists():
            raise DomainError(_("People were asked with this address on the form. Add the new address as another one."))
        row = resource or PublicResource(school=school, place=_next_place(school))
        row.name, row.url, row.is_used = name, url, is_used
        row.save()
        record_event(verb="change" if resource else "add", thing=row, school=school, by=by)
    return row


def ask_publication(*, person: Person, by: Actor) -> list[Consent]:
    """Ask whoever signs for the person to allow a publication, on every resource the school uses.

    Raises DomainError where the form could not carry all that order № 18 wants of it, and as `ask_consents` does.
    """
    with transaction.atomic():
        lock_people([person.pk])
        person = Person.objects.select_related("school").get(pk=person.pk)
        resources = resources_for_form(person.school)
        asked = [
            ask_for(person, signer, ConsentPurpose.DISSEMINATION, by=by)
            for signer in signers_of(person, ConsentPurpose.DISSEMINATION)
            if not _is_live(person, signer.pk if signer else None)
        ]
        for consent in asked:
            lay_out(consent, resources)
            tell_signer(person, consent.guardian, CONSENT_ASKED, by=by)
    return asked


def lay_out(consent: Consent, resources: Iterable[PublicResource]) -> None:
    """Every datum on every resource, none of them chosen yet."""
    PublishedItem.objects.bulk_create(
        PublishedItem(consent=consent, resource=resource, datum=datum) for resource in resources for datum in Datum
    )


def ask_publication_of(*, people: Iterable[Person], by: Actor) -> Asked:
    """Ask for each of these people; who can not be asked keeps nobody else out."""
    consents: list[Consent] = []
    refusals: list[str] = []
    chosen = list(people)
    with transaction.atomic():
        lock_people(person.pk for person in chosen)
        for person in chosen:
            try:
                consents += ask_publication(person=person, by=by)
            except DomainError as refusal:
                refusals.append(str(refusal))
    return Asked(consents, list(dict.fromkeys(refusals)))


def write_choices(*, consent: Consent, choices: Choices, by: Actor) -> None:
    """Write what the signer allows: by himself before he signs, or by the curator from the paper.

    What is not named stays as it was. Raises DomainError for another consent's items, and once the consent is in force:
    a changed mind is a new paper, a withdrawal, or `forbid_item`.
    """
    with transaction.atomic():
        consent = lock_consent(consent)
        if consent.state not in OPEN_TO_CHOICE:
            raise DomainError(
                _("The choices of this consent are settled. To change them, ask anew or forbid single ones.")
            )
        items = {item.pk: item for item in consent.items.select_for_update()}
        if set(choices) - set(items):
            raise DomainError(_("These choices belong to another consent."))
        for key, (is_allowed, condition) in choices.items():
            items[key].is_allowed = is_allowed
            items[key].condition = " ".join(condition.split())[:CONDITION_LENGTH]
        PublishedItem.objects.bulk_update([items[key] for key in choices], ("is_allowed", "condition"))
        record_event(verb="choose", thing=consent, school=consent.person.school, by=by)


def forbid_item(*, item: PublishedItem, by: Actor) -> None:
    """Stop showing one datum on one resource at once, on the signer's demand; the rest of the consent stands."""
    with transaction.atomic():
        locked = PublishedItem.objects.select_for_update(of=("self",)).select_related("consent__person__school")
        row = locked.get(pk=item.pk)
        row.is_allowed = False
        row.save(update_fields=("is_allowed",))
        record_event(verb="forbid", thing=row.consent, school=row.consent.person.school, detail={"item": row.pk}, by=by)


def may_publish(person: Person, datum: Datum, resource: PublicResource, today: date) -> bool:
    """Whether this datum of the person may stand on this resource today; silence is a no.

    A consent to publication opens nothing by itself once those to the processing have ended.
    """
    in_force = person.consents.in_force(today)
    if not in_force.filter(purpose__in=DATA_PURPOSES).exists():
        return False
    given = in_force.filter(purpose=ConsentPurpose.DISSEMINATION)
    rows = PublishedItem.objects.filter(consent__in=given, resource=resource, datum=datum, is_allowed__isnull=False)
    choices = set(rows.values_list("is_allowed", flat=True))
    return resource.is_used and choices == {True}


def conditions_of(person: Person, datum: Datum, resource: PublicResource, today: date) -> list[str]:
    """The conditions and prohibitions that whoever publishes this datum must keep to."""
    given = person.consents.in_force(today).filter(purpose=ConsentPurpose.DISSEMINATION)
    rows = PublishedItem.objects.filter(consent__in=given, resource=resource, datum=datum).exclude(condition="")
    return list(rows.order_by("pk").values_list("condition", flat=True))


def shown_name(person: Person, resource: PublicResource | None = None, today: date | None = None) -> str:
    """«Т. Г. А.»: initials alone; the full name only where `may_publish` allows it on this resource today."""
    if resource is not None and today is not None and may_publish(person, Datum.NAME, resource, today):
        return person.full_name
    names = filter(None, (person.surname, person.given_name, person.patronymic))
    return "\u00a0".join(f"{name[0].upper()}." for name in names) or person.pseudonym


def resources_used(school: School) -> list[PublicResource]:
    """Where the school publishes now, in its order."""
    return list(school.public_resources.filter(is_used=True))


def why_not_asked(school: School) -> str:
    """What the form would lack of order № 18 of Roskomnadzor; empty where nothing."""
    if not (school.address and school.inn and school.ogrn):
        return _(
            "The form of a publication needs the school's address, INN and OGRN. Enter them in the school's requisites."
        )
    if not school.public_resources.filter(is_used=True).exists():
        return _("Name the site or page where the school publishes first: its full address stands on the form.")
    return ""


def resources_for_form(school: School) -> list[PublicResource]:
    """The resources a new form names. Raises DomainError where it would lack what the order wants."""
    if refusal := why_not_asked(school):
        raise DomainError(refusal)
    return resources_used(school)


def _is_live(person: Person, guardian: int | None) -> bool:
    rows = person.consents.filter(purpose=ConsentPurpose.DISSEMINATION, state__in=LIVE_CONSENTS)
    return rows.filter(guardian=guardian).exists()


def _next_place(school: School) -> int:
    last: int | None = school.public_resources.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1
