"""Filing the pages of a pile with the consents they belong to: by their codes, by hand, or putting them aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.files import delete_file, read_file, store_file
from core.journal import record_event
from core.models import StoredFile
from core.pictures import Scan
from participants.models import Consent, ConsentPage, ConsentRoute, ConsentState, Pile, PilePage, PilePageStatus
from participants.pile.reading import Read
from participants.services.asking import lock_consent
from participants.services.pile_judging import Verdict, why_not_filed
from participants.services.sending import AWAITED, PURPOSE, add_to_copy, begin_attempt, keep_copy

MAY_BE_FILED = (*AWAITED, ConsentState.SENT)
"""The states in which a page may be put with a consent by hand."""
WAITING = (PilePageStatus.UNREAD, PilePageStatus.UNKNOWN, PilePageStatus.OTHER_SCHOOL)


def keep_pages(*, pile: Pile, pages: Iterable[tuple[Read, Verdict]], by: Actor) -> None:
    """Keep pages as they were read. One that is to be filed waits as UNKNOWN without a reason until the pile is read
    whole, so that the sheets of a form go together.
    """
    with transaction.atomic():
        for read, verdict in pages:
            is_wanted = verdict.status == PilePageStatus.FILED
            PilePage.objects.create(
                pile=pile,
                number=read.page,
                status=PilePageStatus.UNKNOWN if is_wanted else verdict.status,
                consent=verdict.consent,
                reason=verdict.reason,
                file=store_file(
                    school=pile.school,
                    purpose="pile page",
                    name=f"{verdict.sheet}.jpg",
                    content_type="image/jpeg",
                    data=read.jpeg,
                    by=by,
                )
                if read.jpeg
                else None,
            )


def file_by_code(*, pile: Pile, by: Actor) -> None:
    """File what was kept to be filed, the sheets of each form together; safe to be called again."""
    rows = pile.pages.filter(status=PilePageStatus.UNKNOWN, reason="", consent__isnull=False, file__isnull=False)
    rows = rows.select_related("pile__school", "consent", "file")
    for _consent, pages in groupby(rows.order_by("consent", "file__name", "number"), lambda page: page.consent_id):
        _file_together(list(pages), by)


def file_by_hand(*, page: PilePage, consent: Consent, by: Actor) -> Consent:
    """Put a page with the consent that a person chose beside its picture. Raises DomainError."""
    with transaction.atomic():
        page = _locked(page, to=PilePageStatus.FILED)
        if consent.person.school_id != page.pile.school_id:
            raise DomainError(_("This consent belongs to another school."))
        if page.file is None:
            raise DomainError(_("There is no picture of this page any more. Scan the sheet anew."))
        if consent.state not in MAY_BE_FILED:
            raise TransitionRefused(_("The page was not filed: %(reason)s.") % {"reason": why_not_filed(consent).label})
        scans = [Scan(page.file.name, (read_file(page.file),), ((),))]
        if consent.state == ConsentState.SENT:
            consent = add_to_copy(consent=consent, scans=scans, by=by)
        else:
            consent = keep_copy(consent=consent, scans=scans, route=ConsentRoute.PAPER, by=by)
        page.settled_by, page.settled_at = by.user, timezone.now()
        _settle(page, consent, by)
    return consent


def put_aside(*, pages: QuerySet[PilePage], by: Actor) -> int:
    """Let go of pages that are no forms, with their pictures; how many there were that still waited."""
    with transaction.atomic():
        rows = pages.filter(status__in=WAITING, pile__state="read").select_for_update(of=("self",), no_key=True)
        found = list(rows.select_related("pile__school", "file__school"))
        for page in found:
            file, page.file, page.consent = page.file, None, None
            page.status, page.settled_by, page.settled_at = PilePageStatus.DISCARDED, by.user, timezone.now()
            page.save()
            record_event(verb="discard", thing=page, school=page.pile.school, by=by)
            if file:
                delete_file(file, by=by)
    return len(found)


def _file_together(pages: Sequence[PilePage], by: Actor) -> None:
    """The sheets of one form as one copy; where it is awaited no longer, they wait for a person with the reason."""
    assert pages[0].consent is not None
    with transaction.atomic():
        consent = lock_consent(pages[0].consent)
        if consent.state not in AWAITED:
            PilePage.objects.filter(pk__in=[page.pk for page in pages]).update(reason=why_not_filed(consent))
            return
        begin_attempt(consent, ConsentRoute.PAPER, by)
        for place, page in enumerate(pages, 1):
            _hand_over(page, consent, place, by)


def _hand_over(page: PilePage, consent: Consent, place: int, by: Actor) -> None:
    """The picture of the page becomes one of the copy's as it is."""
    file, page.file = page.file, None
    assert file is not None
    StoredFile.objects.filter(pk=file.pk).update(purpose=PURPOSE, name=f"{place}.jpg")
    ConsentPage.objects.create(consent=consent, attempt=consent.attempt, place=place, file=file, is_known=True)
    page.status = PilePageStatus.FILED
    page.save(update_fields=("status", "file"))
    record_event(verb="file", thing=page, school=page.pile.school, detail={"consent": consent.pk}, by=by)


def _settle(page: PilePage, consent: Consent, by: Actor) -> None:
    """The page is the consent's from now on, and so is its picture."""
    file, page.file, page.consent = page.file, None, consent
    page.status, page.reason = PilePageStatus.FILED, ""
    page.save()
    record_event(verb="file", thing=page, school=page.pile.school, detail={"consent": consent.pk}, by=by)
    if file:
        delete_file(file, by=by)


def _locked(page: PilePage, *, to: PilePageStatus) -> PilePage:
    """The page as it now is. Raises TransitionRefused where it cannot go there, and while its pile is being read."""
    rows = PilePage.objects.select_for_update(of=("self",), no_key=True).select_related("pile__school", "file__school")
    page = rows.get(pk=page.pk)
    if to not in page.SETTLING[PilePageStatus(page.status)] or page.pile.state != "read":
        raise TransitionRefused(_("Somebody has already dealt with this page."))
    return page
