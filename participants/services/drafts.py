"""The pages that whoever signs has photographed and not sent yet: each is kept as soon as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError, TransitionRefused
from core.files import delete_file, read_file, store_file
from core.models import Quarantine, StoredFile
from core.pictures import MOST_FILES, MOST_PAGES, PicturesRefused, Scan, turn_page
from participants.models import Consent, ConsentPage, ConsentRoute, DraftPage
from participants.papers.codes import consent_of_code
from participants.services.asking import CONSENT_ASKED, lock_consent, tell_signer
from participants.services.sending import AWAITED, PURPOSE, begin_attempt, why_not_awaited

KEPT = timedelta(days=30)
"""As docs/data_retention.toml lays down."""


def add_pages(*, consent: Consent, scans: Sequence[Scan], by: Actor) -> None:
    """Keep the pages behind those that are there. Raises TransitionRefused, PicturesRefused where they are too many."""
    with transaction.atomic():
        consent = _lock_awaited(consent)
        pages = [
            (page, codes, scan) for scan in scans for page, codes in zip(scan.pages, scan.codes_by_page, strict=True)
        ]
        if consent.draft_pages.count() + len(pages) > MOST_PAGES:
            raise PicturesRefused("many", pages[-1][2].name, files=MOST_FILES, most=MOST_PAGES)
        last = consent.draft_pages.aggregate(last=Max("place"))["last"] or 0
        for place, (page, codes, scan) in enumerate(pages, last + 1):
            is_known = consent.pk in {consent_of_code(code) for code in codes}
            stored = _store(consent, page, scan.quarantine, by)
            DraftPage.objects.create(consent=consent, place=place, file=stored, is_known=is_known)


def turn_draft_page(*, page: DraftPage, by: Actor) -> None:
    """Turn a page a quarter to the right; its picture is another file then. Takes a second. Raises TransitionRefused."""
    turned = turn_page(read_file(page.file))
    with transaction.atomic():
        consent = _lock_awaited(page.consent)
        row = consent.draft_pages.select_related("file__school").filter(pk=page.pk, file=page.file_id).first()
        if row is None:
            return
        before, row.file = row.file, _store(consent, turned, page.file.quarantine, by)
        row.save(update_fields=("file",))
        delete_file(before, by=by)


def move_draft_page(*, page: DraftPage, step: int, by: Actor) -> None:
    """Let the page change places with the one before (-1) or behind it (1). Raises TransitionRefused."""
    with transaction.atomic():
        rows = list(_lock_awaited(page.consent).draft_pages.order_by("place"))
        here = next((number for number, row in enumerate(rows) if row.pk == page.pk), None)
        if here is None or not 0 <= here + step < len(rows):
            return
        one, other = rows[here], rows[here + step]
        places = one.place, other.place
        for row, place in ((one, 0), (other, places[0]), (one, places[1])):
            row.place = place
            row.save()


def remove_draft_page(*, page: DraftPage, by: Actor) -> None:
    """Take a page away for good; a second time nothing happens. Raises TransitionRefused."""
    with transaction.atomic():
        row = _lock_awaited(page.consent).draft_pages.select_related("file__school").filter(pk=page.pk).first()
        if row:
            row.delete()
            delete_file(row.file, by=by)


def send_draft(*, consent: Consent, by: Actor) -> Consent:
    """Make the kept pages the copy that the curator checks; where the antivirus is waited for, once it has looked.

    Raises TransitionRefused, PicturesRefused without a page, DomainError for a page with a virus.
    """
    with transaction.atomic():
        consent = _lock_awaited(consent)
        pages = list(consent.draft_pages.select_related("file").order_by("place"))
        held = {page.file.quarantine for page in pages}
        if not pages:
            raise PicturesRefused("none")
        if Quarantine.INFECTED in held:
            raise DomainError(_("One page had a virus in it and was deleted. Remove it here and take its photo anew."))
        if Quarantine.WAITING in held:
            consent.draft_pages.update(is_final=True)
            return consent
        begin_attempt(consent, ConsentRoute.LINK, by)
        for place, page in enumerate(pages, 1):
            page.delete()
            ConsentPage.objects.create(
                consent=consent, attempt=consent.attempt, place=place, file=page.file, is_known=page.is_known
            )
    return consent


def send_finished() -> int:
    """Send the copies that waited for the antivirus alone; their number."""
    held = DraftPage.objects.exclude(file__quarantine=Quarantine.NONE)
    rows = Consent.objects.filter(state__in=AWAITED, draft_pages__is_final=True).exclude(draft_pages__in=held)
    ready = list(rows.distinct())
    for consent in ready:
        send_draft(consent=consent, by=SYSTEM)
    return len(ready)


def tell_of_virus(stored: StoredFile) -> None:
    """Let whoever sent the page know: the page says what happened, a letter leads to it if he has gone away."""
    page = DraftPage.objects.select_related("consent__person__school", "consent__guardian").filter(file=stored).first()
    if page is None or not page.is_final:
        return
    page.consent.draft_pages.update(is_final=False)
    tell_signer(page.consent.person, page.consent.guardian, CONSENT_ASKED, by=SYSTEM)


def drop_drafts() -> int:
    """Delete the pages that nobody sent for 30 days or that nobody asks for any more; their number."""
    stale = Q(created_at__lt=timezone.now() - KEPT) | ~Q(consent__state__in=AWAITED)
    rows = list(DraftPage.objects.filter(stale).select_related("file__school"))
    for row in rows:
        with transaction.atomic():
            row.delete()
            delete_file(row.file, by=SYSTEM)
    return len(rows)


def _lock_awaited(consent: Consent) -> Consent:
    """The consent, locked; what was said to be final is so no longer."""
    locked = lock_consent(consent)
    if locked.state not in AWAITED:
        raise TransitionRefused(why_not_awaited(locked))
    locked.draft_pages.filter(is_final=True).update(is_final=False)
    return locked


def _store(consent: Consent, page: bytes, quarantine: str, by: Actor) -> StoredFile:
    return store_file(
        school=consent.person.school,
        purpose=PURPOSE,
        name="page.jpg",
        content_type="image/jpeg",
        data=page,
        quarantine=quarantine,
        by=by,
    )
