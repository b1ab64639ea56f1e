"""Printing all that is held on a person: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from django.utils import translation

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from participants.models import Person
from participants.services.holdings import holdings_context

TITLE = "Сведения о персональных данных, которые обрабатывает школа"


def make_holdings_pdf(job: Job, progress: Progress) -> StoredFile:
    """Print what is held on the person named in the payload. Raises Person.DoesNotExist."""
    people = Person.objects.present().select_related("school", "user")
    person = people.get(pk=job.payload["person"], school=job.school_id)
    with translation.override("ru"):
        context = holdings_context(person)
    pdf = render_pdf("participants/documents/act_holdings.html", context, title=TITLE)
    progress(1, 1)
    return store_file(
        school=person.school,
        purpose="holdings",
        name=f"{TITLE}.pdf",
        content_type="application/pdf",
        data=pdf,
        by=SYSTEM,
    )
