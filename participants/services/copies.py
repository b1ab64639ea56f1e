"""The copy that was sent, bound into one PDF: the same pages give the same bytes."""

from __future__ import annotations

from core.actors import Actor
from core.files import read_file
from core.journal import record_event
from core.pictures import as_pdf
from participants.models import Consent


def bind_copy(*, consent: Consent, by: Actor) -> bytes:
    """The pages of the newest attempt, one on a sheet of A4; journaled. Raises Consent.DoesNotExist without a page."""
    pages = consent.pages.filter(attempt=consent.attempt).select_related("file").order_by("place")
    data = [read_file(page.file) for page in pages]
    if not data:
        raise Consent.DoesNotExist
    record_event(verb="download", thing=consent, school=consent.person.school, detail={"pages": len(data)}, by=by)
    return as_pdf(data)
