"""Printing: done by the worker alone, which has the engines of all papers loaded."""

from __future__ import annotations

from collections.abc import Callable

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from roadmap.models import Programme
from roadmap.papers import RoadmapPaper, paper_context
from roadmap.papers.spreadsheet import write_xlsx
from roadmap.papers.word import write_docx
from roadmap.services.papers import read_roadmap_paper
from roadmap.services.versions import paper_of

STEPS = 3
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


def make_roadmap_pdf(job: Job, progress: Progress) -> StoredFile:
    """The roadmap of the programme named in the job's payload, as a stored file. Raises Programme.DoesNotExist."""
    return _make(job, progress, "pdf", write_pdf)


def make_roadmap_docx(job: Job, progress: Progress) -> StoredFile:
    """The same as a Word document, for a school that goes on in Word."""
    return _make(job, progress, "docx", write_docx)


def make_roadmap_xlsx(job: Job, progress: Progress) -> StoredFile:
    """The same as a spreadsheet."""
    return _make(job, progress, "xlsx", write_xlsx)


def write_pdf(paper: RoadmapPaper) -> bytes:
    return render_pdf("roadmap/documents/roadmap.html", paper_context(paper), title=paper.title)


def _paper(programme: Programme, version: int | None) -> RoadmapPaper:
    """The programme as it stands, or as it was approved in a version."""
    if version is None:
        return read_roadmap_paper(programme)
    return paper_of(programme.versions.get(pk=version).content)


def _make(job: Job, progress: Progress, ending: str, write: Callable[[RoadmapPaper], bytes]) -> StoredFile:
    programme = Programme.objects.select_related("school").get(pk=job.payload["programme"], school_id=job.school_id)
    progress(1, STEPS)
    data = write(_paper(programme, job.payload.get("version")))
    progress(2, STEPS)
    return store_file(
        school=programme.school,
        purpose="roadmap paper",
        name=f"Дорожная карта {programme.starts_on:%Y}.{ending}",
        content_type=CONTENT_TYPES[ending],
        data=data,
        by=SYSTEM,
    )
