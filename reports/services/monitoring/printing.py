"""Printing a monitoring report: done by the worker alone, which has the engines loaded."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageChops

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from reports.models import MonitoringReport
from reports.papers.monitoring.frame import file_name
from reports.papers.monitoring.word import write_docx
from reports.services.monitoring.papers import ReportPaper, read_report

STEPS = 4
PIXELS_A_POINT = 200 / 72
"""200 pixels to the inch: sharp on paper."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_monitoring_pdf(job: Job, progress: Progress) -> StoredFile:
    """The report named in the job's payload, as a stored file. Raises MonitoringReport.DoesNotExist."""
    report = _report(job)
    progress(1, STEPS)
    paper = read_report(report)
    progress(2, STEPS)
    context = {"frame": paper.frame, "blocks": paper.blocks}
    data = render_pdf("reports/documents/monitoring.html", context, title=paper.frame.title)
    return _store(report, paper, "pdf", "application/pdf", data)


def make_monitoring_docx(job: Job, progress: Progress) -> StoredFile:
    """The same as a Word document, for a school that goes on in Word."""
    report = _report(job)
    progress(1, STEPS)
    paper = read_report(report)
    progress(2, STEPS)
    pictures = list(draw_pictures([block.svg for block in paper.blocks if block.svg]))
    progress(3, STEPS)
    return _store(report, paper, "docx", WORD, write_docx(paper.frame, paper.blocks, pictures))


def draw_pictures(charts: Sequence[str]) -> Iterator[bytes]:
    """Each chart as PNG, drawn from the very SVG of the page."""
    if not charts:
        return
    pdf = render_pdf("reports/documents/charts.html", {"charts": charts}, title="Диаграммы")
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            out = io.BytesIO()
            _cut(page.render(scale=PIXELS_A_POINT).to_pil().convert("RGB")).save(out, "PNG", optimize=True)
            yield out.getvalue()
    finally:
        document.close()


def _cut(page: Image.Image) -> Image.Image:
    """The drawing without the empty sheet below it."""
    drawn = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    bottom = drawn[3] + 8 if drawn else page.height
    return page.crop((0, 0, page.width, min(bottom, page.height)))


def _report(job: Job) -> MonitoringReport:
    rows = MonitoringReport.objects.select_related("cycle__programme__school", "created_by")
    return rows.get(pk=job.payload["report"], cycle__programme__school_id=job.school_id)


def _store(report: MonitoringReport, paper: ReportPaper, ending: str, content_type: str, data: bytes) -> StoredFile:
    return store_file(
        school=report.cycle.programme.school,
        purpose="monitoring report",
        name=f"{file_name(paper.words)}.{ending}",
        content_type=content_type,
        data=data,
        by=SYSTEM,
    )
