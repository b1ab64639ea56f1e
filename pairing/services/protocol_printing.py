"""Printing the protocol of a computation: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from django.utils import translation

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from core.typography import long_date
from pairing.models import Submission
from pairing.sheet import sheet_of
from participants.models import Enrolment
from participants.services.cycles import today_in

TITLE = "Протокол подбора наставнических пар и групп"


def make_protocol_pdf(job: Job, progress: Progress) -> StoredFile:
    """The protocol named in the job's payload; who has no consent in force is not named. Raises Submission.DoesNotExist."""
    rows = Submission.objects.select_related("school", "form", "cycle", "sent_by")
    submission = rows.get(pk=job.payload["submission"], school=job.school_id)
    today = today_in(submission.school)
    with translation.override("ru"):
        sheet = sheet_of(submission, today)
    parts = {key for row in sheet.rows for key in (row.line.mentee.pk, row.line.mentor.pk)}
    context = {
        "submission": submission,
        "sheet": sheet,
        "solved_on": long_date(sheet.solved_at.date()),
        "named": set(Enrolment.objects.cleared(today).filter(pk__in=parts).values_list("pk", flat=True)),
        "today": long_date(today),
    }
    progress(1, 2)
    pdf = render_pdf("pairing/documents/protocol.html", context, title=TITLE)
    return store_file(
        school=submission.school,
        purpose="pairing protocol",
        name=f"{TITLE}.pdf",
        content_type="application/pdf",
        data=pdf,
        by=SYSTEM,
    )
