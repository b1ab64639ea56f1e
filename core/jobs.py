"""Long work as rows: started by a view, done by the worker, its progress kept in the row."""

from __future__ import annotations

import logging
from collections.abc import Callable

from core.actors import Actor
from core.leases import begin, claim_due, finish, hold, retry_later
from core.models import Job, JobState, StoredFile
from core.nudge import nudge

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all); renews the job's lease."""
Runner = Callable[[Job, Progress], StoredFile | None]

_runners: dict[str, Runner] = {}


class LeaseLost(Exception):
    """Another worker has taken the job over; this one stops at once."""


def register_job(kind: str, runner: Runner) -> None:
    """Say how jobs of `kind` are done; called from `AppConfig.ready`."""
    _runners[kind] = runner


def start_job(*, key: str, kind: str, payload: dict[str, object], by: Actor) -> Job:
    """The job with this key, made now or already there: asking twice for the same work does it once.

    A job that failed is tried again.
    """
    Job.objects.bulk_create(
        [Job(key=key, kind=kind, payload=payload, school=by.school, user=by.user)], ignore_conflicts=True
    )
    Job.objects.filter(key=key, state=JobState.FAILED).update(
        state=JobState.WAITING, tries=0, finished_at=None, error=""
    )
    nudge()
    return Job.objects.get(key=key)


def run_due_jobs(*, most: int = 20) -> int:
    """Do up to `most` due jobs, one at a time; the number that succeeded."""
    succeeded = 0
    for _ in range(most):
        claimed = claim_due(Job, most=1)
        if not claimed:
            break
        succeeded += _run(claimed[0])
    return succeeded


def _run(job: Job) -> bool:
    def progress(done: int, total: int) -> None:
        if not hold(job, done=done, total=total):
            raise LeaseLost

    if not begin(job):
        return False
    try:
        result = _runners[job.kind](job, progress)
    except LeaseLost:
        return False
    except Exception as error:  # one poisoned job never stops the rest
        logger.warning("job failed", extra={"job": job.pk, "error": type(error).__name__}, exc_info=True)
        retry_later(job, error=type(error).__name__)
        return False
    return finish(job, JobState.DONE, result=result, error="")
