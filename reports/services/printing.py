"""Printing: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from core.pdf import render_pdf
from reports.models import Order
from reports.papers.order import order_context
from reports.services.papers import file_name, read_order_paper

STEPS = 3


def make_order_pdf(job: Job, progress: Progress) -> StoredFile:
    """The order named in the job's payload, as a stored file. Raises Order.DoesNotExist."""
    order = Order.objects.select_related("school").get(pk=job.payload["order"], school_id=job.school_id)
    progress(1, STEPS)
    paper = order_context(read_order_paper(order))
    pdf = render_pdf("reports/documents/order.html", {"paper": paper}, title=order.title)
    progress(2, STEPS)
    return store_file(
        school=order.school,
        purpose="order paper",
        name=f"{file_name(order)}.pdf",
        content_type="application/pdf",
        data=pdf,
        by=SYSTEM,
    )
