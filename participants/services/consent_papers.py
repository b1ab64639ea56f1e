"""The forms that are given out: read from rows, printed by the worker, kept as they were printed."""

from __future__ import annotations

from collections.abc import Iterable

from core.actors import Actor
from core.jobs import start_job
from core.models import Job
from participants.models import OPEN_CONSENTS, Authority, Consent, ConsentKind, Datum, Guardianship
from participants.papers.codes import form_code
from participants.papers.consent import Choice, ConsentPaper, Resource

CONSENT_PDF = "consent-pdf"
"""The kind of job that prints one form; `participants.services.consent_printing` does the work."""


def read_consent_paper(consent: Consent) -> ConsentPaper:
    """Everything that stands on the form."""
    person, guardian, text, school = consent.person, consent.guardian, consent.text, consent.person.school
    signer = guardian or person
    bond = Guardianship.objects.filter(minor=person, guardian=guardian).first() if guardian else None
    return ConsentPaper(
        kind=ConsentKind(text.kind),
        code=form_code(consent),
        version=text.version,
        written_on=text.created_at.astimezone(school.zone).date(),
        expires_on=consent.expires_on,
        subject=person.full_name,
        birth_date=person.birth_date,
        place=person.place,
        signer=guardian.full_name if guardian else "",
        authority=Authority(bond.authority).label if bond else "",
        operator=school.name,
        operator_short=school.short_name,
        address=school.address,
        inn=school.inn,
        ogrn=school.ogrn,
        purpose_text=text.purpose_text,
        data_text=text.data_text,
        processor_text=text.processor_text,
        actions_text=text.actions_text,
        term_text=text.term_text,
        withdrawal_text=text.withdrawal_text,
        contact=", ".join(filter(None, (signer.phone, signer.email))),
        resources=_resources(consent),
    )


def _resources(consent: Consent) -> tuple[Resource, ...]:
    """What the signer was asked for, resource by resource; nothing but for a publication."""
    found: dict[tuple[str, str], list[Choice]] = {}
    for item in consent.items.select_related("resource").order_by("resource__place", "resource", "pk"):
        row = Choice(Datum(item.datum).label, item.is_allowed, item.condition)
        found.setdefault((item.resource.name, item.resource.url), []).append(row)
    return tuple(Resource(name, url, tuple(rows)) for (name, url), rows in found.items())


def print_forms(consents: Iterable[Consent], *, by: Actor) -> list[Job]:
    """Have the form of each open consent printed unless that was done: asking twice prints once."""
    return [
        start_job(key=f"{CONSENT_PDF}:{consent.pk}", kind=CONSENT_PDF, payload={"consent": consent.pk}, by=by)
        for consent in consents
        if consent.paper_id is None and consent.state in OPEN_CONSENTS
    ]
