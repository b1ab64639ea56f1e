"""Long work as rows: started by a view, done by the worker, its progress kept in the row."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from core.actors import SYSTEM, Actor
from core.files import delete_file
from core.leases import begin, claim_due, finish, hold, retry_later
from core.models import Job, JobState, StoredFile
from core.nudge import nudge

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all); renews the job's lease."""
Runner = Callable[[Job, Progress], StoredFile | None]

Address = Callable[[Job], str]
"""Gives the URL of a page of the app that the job belongs to."""


class LeaseLost(Exception):
    """Another worker has taken the job over; this one stops at once."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """How jobs of one kind are done, and what the person who waits is told."""

    runner: Runner | str
    """The function, or its dotted path: then only the worker imports what the work needs."""
    label: str | Promise = ""
    result_url: Address | None = None
    origin_url: Address | None = None
    """The page where such jobs are started."""


_kinds: dict[str, JobKind] = {}


def register_job(
    kind: str,
    runner: Runner | str,
    *,
    label: str | Promise = "",
    result_url: Address | None = None,
    origin_url: Address | None = None,
) -> None:
    """Say how jobs of `kind` are done; called from `AppConfig.ready`."""
    _kinds[kind] = JobKind(runner, label, result_url, origin_url)


def job_kind(job: Job) -> JobKind:
    """What was registered for this job's kind."""
    return _kinds[job.kind]


def start_job(*, key: str, kind: str, payload: dict[str, object], by: Actor) -> Job:
    """The job with this key, made now or already there: asking twice for the same work does it once.

    A job that failed is tried again.
    """
    Job.objects.bulk_create(
        [Job(key=key, kind=kind, payload=payload, school=by.school, user=by.user)], ignore_conflicts=True
    )
    job = Job.objects.get(key=key)
    retry_job(job=job)
    return job


def retry_job(*, job: Job) -> None:
    """Put a job that failed, or that waits for its next try, first in the queue again; else nothing happens."""
    idle = Job.objects.filter(pk=job.pk, lease="").exclude(state=JobState.DONE)
    idle.update(state=JobState.WAITING, due_at=timezone.now(), tries=0, finished_at=None, error="")
    job.refresh_from_db()
    nudge()


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
        result = _runner(job)(job, progress)
    except LeaseLost:
        return False
    except Exception as error:  # one poisoned job never stops the rest
        logger.warning("job failed", extra={"job": job.pk, "error": type(error).__name__}, exc_info=True)
        retry_later(job, error=type(error).__name__)
        return False
    is_mine = finish(job, JobState.DONE, result=result, error="")
    if result and not is_mine:
        delete_file(result, by=SYSTEM)
    return is_mine


def _runner(job: Job) -> Runner:
    runner: Runner | str = job_kind(job).runner
    if isinstance(runner, str):
        found: Runner = import_string(runner)
        return found
    return runner
