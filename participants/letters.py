"""How the letters about consents read: what is true when they are sent, and a given name at most."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter
from participants.models import Consent, ConsentPurpose, ConsentState, LinkState, PersonalLink
from participants.returning import ReturnReason


def write_asking(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None once the link was replaced or revoked, and when nothing is awaited of its holder any more."""
    link = _open_link(notice)
    consents = _awaited(link) if link else []
    if link is None or not consents:
        return None
    subject = _("Please sign a consent: mentoring programme, %(school)s") % {"school": link.school.short_name}
    is_publication = all(consent.purpose == ConsentPurpose.DISSEMINATION for consent in consents)
    context = {"consents": consents, "asked_by": consents[0].asked_by, "is_publication": is_publication}
    return _letter(link, subject, "consent_asked", secret, **context)


def write_return(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None once something else was done about the copy that this letter speaks of."""
    link = _open_link(notice)
    rows = Consent.objects.filter(pk=notice.payload["consent"], attempt=notice.payload["attempt"])
    consent = rows.filter(state=ConsentState.RETURNED).select_related("decided_by").first()
    if link is None or consent is None:
        return None
    code = str(notice.payload["reason"])
    reason = ReturnReason(code).label if code else ""
    subject = _("The consent has to be sent once more: %(school)s") % {"school": link.school.short_name}
    return _letter(link, subject, "consent_returned", secret, reason=reason, decided_by=consent.decided_by)


def write_reminder(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """One letter for every child of whoever signs; None once nothing is awaited of him any more."""
    rows = PersonalLink.objects.filter(pk__in=notice.payload["links"], state=LinkState.OPEN)
    links = rows.select_related("school", "person", "guardian").order_by("pk")
    awaited = {link: found for link in links if (found := _awaited(link))}
    if not awaited:
        return None
    first, consents = next(iter(awaited.items()))
    parts = [
        {"child": link.person.given_name if link.guardian else "", "consents": found, "link": _address_of(link, secret)}
        for link, found in awaited.items()
    ]
    subject = _("A consent still waits for your answer: %(school)s") % {"school": first.school.short_name}
    return _letter(first, subject, "consent_reminder", secret, parts=parts, asked_by=consents[0].asked_by)


def _address_of(link: PersonalLink, secret: dict[str, str]) -> str:
    return full_address("participants:link_open", secret[str(link.pk)])


def _open_link(notice: Notice) -> PersonalLink | None:
    rows = PersonalLink.objects.filter(pk=notice.payload["link"], state=LinkState.OPEN)
    return rows.select_related("school", "person", "guardian").first()


def _awaited(link: PersonalLink) -> list[Consent]:
    rows = Consent.objects.filter(
        person=link.person_id, guardian=link.guardian_id, state__in=(ConsentState.ASKED, ConsentState.RETURNED)
    )
    return list(rows.select_related("asked_by").order_by("pk"))


def _letter(
    link: PersonalLink, subject: str, template: str, secret: dict[str, str], **context: object
) -> Letter | None:
    address = link.guardian.email if link.guardian else link.person.email
    if not address:
        return None
    context |= {
        "school": link.school.name,
        "child": link.person.given_name if link.guardian else "",
        "link": full_address("participants:link_open", secret["token"]) if "token" in secret else "",
        "last_day": link.expires_on,
    }
    body = render_to_string(f"participants/notices/{template}.txt", context)
    return Letter(address, subject, body.strip() + "\n")
