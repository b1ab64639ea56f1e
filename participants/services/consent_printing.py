"""Printing a consent form: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from django.db import transaction

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job
from core.pdf import render_pdf
from participants.models import Consent
from participants.papers.consent import TEMPLATES, TITLES, consent_context
from participants.services.consent_papers import read_consent_paper


def make_consent_pdf(job: Job, progress: Progress) -> None:
    """Print the form of the consent named in the payload and keep it with the consent, once and for ever.

    The file is the consent's, not the job's: it outlives the job. Raises Consent.DoesNotExist.
    """
    rows = Consent.objects.select_related("person__school", "guardian", "text")
    consent = rows.get(pk=job.payload["consent"], person__school=job.school_id)
    if consent.paper_id is not None:
        return
    paper = read_consent_paper(consent)
    pdf = render_pdf(TEMPLATES[paper.kind], consent_context(paper), title=TITLES[paper.kind])
    progress(1, 1)
    with transaction.atomic():
        if Consent.objects.select_for_update(no_key=True).get(pk=consent.pk).paper_id is None:
            stored = store_file(
                school=consent.person.school,
                purpose="consent form",
                name=f"{TITLES[paper.kind]} {paper.code}.pdf",
                content_type="application/pdf",
                data=pdf,
                by=SYSTEM,
            )
            Consent.objects.filter(pk=consent.pk).update(paper=stored)
