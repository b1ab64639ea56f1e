"""What is printed of an order, read from its rows."""

from __future__ import annotations

import hashlib

from core.actors import Actor
from core.jobs import start_job
from core.models import Job
from reports.models import Order
from reports.papers.order import OrderPaper, PaperLine

ORDER_PDF = "order-pdf"
"""The kind of job that makes it; `reports.services.printing` does the work."""


def read_order_paper(order: Order) -> OrderPaper:
    """Everything of the order that stands on paper, in one query besides the order and its school."""
    school = order.school
    return OrderPaper(
        founder=school.founder,
        organisation=school.name,
        short_name=school.short_name,
        number=order.number,
        dated_on=order.dated_on,
        place=order.place,
        title=order.title,
        preamble=order.preamble,
        points=tuple(order.points),
        signer_post=order.signer_post,
        signer_name=order.signer_name,
        familiar=tuple((post, name) for post, name in order.familiar),
        lines=tuple(
            PaperLine(line.mentor_text, line.mentees_text, line.form_text, line.starts_on, line.ends_on)
            for line in order.lines.all()
        ),
    )


def order_pdf_key(order: Order) -> str:
    """The key of the job that prints the order as it now stands: asking for the same paper makes it once."""
    content = hashlib.sha256(repr(read_order_paper(order)).encode()).hexdigest()
    return f"{ORDER_PDF}:{order.pk}:{content[:32]}"


def print_order(*, order: Order, by: Actor) -> Job:
    """Have the order printed as it now stands."""
    return start_job(key=order_pdf_key(order), kind=ORDER_PDF, payload={"order": order.pk}, by=by)


def file_name(order: Order) -> str:
    """«Приказ № 137-к»"""
    return f"Приказ № {order.number}".replace("/", "-").replace("\\", "-")
