"""Whose form a scanned page is, told by its codes alone; a page of which that is not certain is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.models import School
from participants.models import Consent, ConsentState, PilePageStatus
from participants.papers.codes import consent_of_code, sheet_of_code
from participants.pile.reading import Read
from participants.pile.shape import is_form_code
from participants.pile_reasons import PageReason
from participants.services.sending import AWAITED

REASONS = {
    ConsentState.SENT: PageReason.CAME,
    ConsentState.ACCEPTED: PageReason.GIVEN,
    ConsentState.IN_FORCE: PageReason.GIVEN,
    ConsentState.CONTESTED: PageReason.CONTESTED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a page. `consent` is of the pile's school; `sheet` tells which of its form's sheets the page is."""

    status: PilePageStatus
    consent: Consent | None = None
    reason: str = ""
    sheet: int = 1


def judge_page(read: Read, school: School) -> Verdict:
    """By the genuine code on the page, where there is one and no second."""
    if not read.codes:
        return Verdict(PilePageStatus.UNREAD, reason=_why_unread(read))
    keys = {key for key in map(consent_of_code, read.codes) if key is not None}
    if len(keys) != 1:
        return Verdict(PilePageStatus.UNKNOWN, reason=_why_unknown(read.codes, len(keys)))
    consent = Consent.objects.select_related("person__school", "guardian", "text").filter(pk=keys.pop()).first()
    if consent is None or consent.person.destroyed_at is not None:
        return Verdict(PilePageStatus.UNKNOWN, reason=PageReason.GONE)
    if consent.person.school_id != school.pk:
        return Verdict(PilePageStatus.OTHER_SCHOOL, reason=PageReason.ELSEWHERE)
    sheet = min(sheet_of_code(code) for code in read.codes if consent_of_code(code) is not None)
    if consent.state in AWAITED:
        return Verdict(PilePageStatus.FILED, consent, sheet=sheet)
    return Verdict(PilePageStatus.UNKNOWN, consent, why_not_filed(consent), sheet)


def why_not_filed(consent: Consent) -> PageReason:
    """Why the copy of a consent that is not awaited stays in the inbox."""
    return REASONS.get(ConsentState(consent.state), PageReason.ENDED)


def _why_unread(read: Read) -> str:
    if not read.jpeg:
        return PageReason.SHUT
    return PageReason.BLANK if read.is_blank else ""


def _why_unknown(codes: Sequence[str], genuine: int) -> PageReason:
    if genuine:
        return PageReason.SEVERAL
    return PageReason.FORGED if any(map(is_form_code, codes)) else PageReason.FOREIGN
