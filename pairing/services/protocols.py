"""The protocol of a computation, asked for as a paper."""

from __future__ import annotations

from django.utils import timezone

from core.actors import Actor
from core.jobs import start_job
from core.journal import record_event
from core.models import Job
from pairing.models import Submission

PROTOCOL_PDF = "pairing-protocol-pdf"
"""The kind of job that prints it; `pairing.services.protocol_printing` does the work."""


def print_protocol(*, submission: Submission, by: Actor) -> Job:
    """Have it printed as it now stands: twice within a minute it is printed once."""
    minute = f"{timezone.now():%Y%m%d%H%M}"
    record_event(verb="export", thing=submission, school=submission.school, detail={"form": "pdf"}, by=by)
    key = f"{PROTOCOL_PDF}:{submission.pk}:{minute}"
    return start_job(key=key, kind=PROTOCOL_PDF, payload={"submission": submission.pk}, by=by)
