"""Printing: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from roadmap.models import Programme
from roadmap.papers import paper_context
from roadmap.services.papers import read_roadmap_paper

STEPS = 3


def make_roadmap_pdf(job: Job, progress: Progress) -> StoredFile:
    """The roadmap of the programme named in the job's payload, as a stored file. Raises Programme.DoesNotExist."""
    programme = Programme.objects.select_related("school").get(pk=job.payload["programme"], school_id=job.school_id)
    progress(1, STEPS)
    context = paper_context(read_roadmap_paper(programme))
    pdf = render_pdf("roadmap/documents/roadmap.html", context, title=programme.title)
    progress(2, STEPS)
    return store_file(
        school=programme.school,
        purpose="roadmap paper",
        name=f"Дорожная карта {programme.starts_on:%Y}.pdf",
        content_type="application/pdf",
        data=pdf,
        by=SYSTEM,
    )
