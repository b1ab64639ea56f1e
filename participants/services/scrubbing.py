"""What cannot be done within a transaction: no trace of deleted rows is left in the database's own files."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.files import delete_file, remove_orphans
from core.jobs import Progress, retry_job, start_job
from core.models import Event, Job, JobState, Once
from participants.models import Destruction
from participants.services.ledger import note_destroyed

SCRUBBING = "destruction-scrub"
"""The kind of job that wipes; it is tried until it succeeds."""
STEPS = 3
ORPHAN_SECONDS = 900.0
"""A file on disk without a row that is older than this is of no transaction that still runs."""
LOCK_MILLISECONDS = 3000


class StillInUse(Exception):
    """Something that began before the destruction still goes on; the worker tries again."""


def start_scrubbing(row: Destruction, *, by: Actor) -> Job:
    """Delete what the worker made before this destruction and have it wipe after it; to be called in its transaction, so
    that neither is without the other.
    """
    job = start_job(key=f"{SCRUBBING}:{row.pk}", kind=SCRUBBING, payload={"destruction": row.pk}, by=by)
    _remove_results(_earlier(job))
    return job


def scrub(job: Job, progress: Progress) -> None:
    """Note the destruction outside the database; delete the papers and lists that the worker was making meanwhile, files
    that lost their row, and what deleted rows left.

    Raises StillInUse, and OperationalError where a lock of the database is not to be had.
    """
    note_destroyed()
    earlier = _earlier(job)
    _remove_results(earlier)
    if earlier.filter(state=JobState.WAITING, lease_until__gt=timezone.now()).exclude(lease="").exists():
        raise StillInUse
    progress(1, STEPS)
    remove_orphans(older_than_seconds=ORPHAN_SECONDS)
    progress(2, STEPS)
    wipe_database()


def retry_scrubbing() -> int:
    """Try those anew that were given up; their number."""
    rows = list(Job.objects.filter(kind=SCRUBBING, state=JobState.FAILED))
    for job in rows:
        retry_job(job=job)
    return len(rows)


def _earlier(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(school=job.school_id, created_at__lte=job.created_at).exclude(pk=job.pk)


def _remove_results(jobs: QuerySet[Job]) -> None:
    """Lists and forms that were made before the destruction may name the person; whoever needs one makes it anew."""
    for made in jobs.filter(result__isnull=False).select_related("result__school"):
        file, made.result = made.result, None
        made.delete()
        if file:
            delete_file(file, by=SYSTEM)


def wipe_database() -> None:
    """Rewrite the database's files without what was deleted. Raises StillInUse while a reader keeps the old pages."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA temp_store=FILE")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA temp_store=MEMORY")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_pages = cursor.fetchone()
            if is_busy:
                raise StillInUse
        else:
            _vacuum_tables()


def _vacuum_tables() -> None:
    """PostgreSQL keeps old versions of rows in the pages; the journal, which names nobody, may stay as it is."""
    tables = [model._meta.db_table for model in apps.get_models() if model not in (Event, Once)]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
        try:
            for table in sorted(tables):
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET statement_timeout")
            cursor.execute("RESET lock_timeout")
