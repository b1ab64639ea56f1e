"""A signed copy comes in: its pages are kept, the consent waits for the curator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.files import delete_file, store_file
from core.journal import record_event
from core.pictures import Scan, read_scans
from core.states import move
from participants.models import Consent, ConsentPage, ConsentRoute, ConsentState
from participants.papers.codes import consent_of_code
from participants.services.asking import lock_consent

PURPOSE = "consent page"
"""Of the stored files."""
AWAITED = (ConsentState.ASKED, ConsentState.RETURNED)


def send_copy(*, consent: Consent, files: Iterable[tuple[str, bytes]], by: Actor) -> Consent:
    """Read the files (their names, their bytes), then keep them as one copy of the signed form.

    Takes seconds, so never within a transaction: there `read_copy` comes before and `keep_copy` within.
    """
    return keep_copy(consent=consent, scans=read_copy(consent, files), by=by)


def read_copy(consent: Consent, files: Iterable[tuple[str, bytes]]) -> list[Scan]:
    """The pages in the files. Raises PicturesRefused, and DomainError for the form of another consent."""
    scans = read_scans(files)
    for scan in scans:
        if {consent_of_code(code) for code in scan.codes} - {None, consent.pk}:
            raise DomainError(
                _(
                    "“%(name)s” shows the form of another child or another consent. "
                    "Nothing was sent. Choose the photos of the form from this page."
                )
                % {"name": scan.name}
            )
    return scans


def keep_copy(
    *, consent: Consent, scans: Sequence[Scan], route: ConsentRoute = ConsentRoute.LINK, by: Actor
) -> Consent:
    """Keep the pages in place of those of earlier attempts. Raises TransitionRefused where no copy is awaited.

    `route` is how the form came; whatever did not come by the link was taken by a member of the school.
    """
    with transaction.atomic():
        consent = lock_consent(consent)
        if consent.state not in AWAITED:
            raise TransitionRefused(why_not_awaited(consent))
        begin_attempt(consent, route, by)
        _keep_pages(consent, scans, by)
    return consent


def begin_attempt(consent: Consent, route: ConsentRoute, by: Actor) -> None:
    """Move a locked consent that is awaited to SENT; the pages of the attempts before go."""
    _remove_pages(consent, by)
    consent.attempt += 1
    consent.sent_at, consent.reason = timezone.now(), ""
    consent.route, consent.taken_by = route, None if route == ConsentRoute.LINK else by.user
    changed = ("attempt", "sent_at", "reason", "route", "taken_by")
    move(consent, ConsentState.SENT, school=consent.person.school, also=changed, by=by)


def add_to_copy(*, consent: Consent, scans: Sequence[Scan], by: Actor) -> Consent:
    """Add pages to the copy that waits for the curator, as a new attempt: nobody accepts it who has not seen them."""
    with transaction.atomic():
        consent = lock_consent(consent)
        if consent.state != ConsentState.SENT:
            raise TransitionRefused(why_not_awaited(consent))
        consent.attempt += 1
        consent.save(update_fields=("attempt",))
        last = consent.pages.aggregate(last=Max("place"))["last"] or 0
        consent.pages.update(attempt=consent.attempt)
        _keep_pages(consent, scans, by, after=last)
        record_event(verb="add", thing=consent, school=consent.person.school, by=by)
    return consent


def why_not_awaited(consent: Consent) -> str:
    """Why no copy is taken now, for whoever signs."""
    if consent.state == ConsentState.SENT:
        return _("The copy has already come in and is being checked. It need not be sent again.")
    if consent.state == ConsentState.IN_FORCE:
        return _("The school has already accepted this consent. Nothing more need be sent.")
    return _("This consent is not asked for any more, so the copy was not taken. Ask the curator if in doubt.")


def _remove_pages(consent: Consent, by: Actor) -> None:
    for page in consent.pages.select_related("file__school"):
        page.delete()
        delete_file(page.file, by=by)


def _keep_pages(consent: Consent, scans: Sequence[Scan], by: Actor, *, after: int = 0) -> None:
    pages = [
        (page, codes, scan.quarantine)
        for scan in scans
        for page, codes in zip(scan.pages, scan.codes_by_page, strict=True)
    ]
    for place, (page, codes, quarantine) in enumerate(pages, after + 1):
        stored = store_file(
            school=consent.person.school,
            purpose=PURPOSE,
            name=f"{place}.jpg",
            content_type="image/jpeg",
            data=page,
            quarantine=quarantine,
            by=by,
        )
        is_known = consent.pk in {consent_of_code(code) for code in codes}
        ConsentPage.objects.create(
            consent=consent, attempt=consent.attempt, place=place, file=stored, is_known=is_known
        )
