"""What is done once a day: taking away what is kept no longer, as `docs/data_retention.toml` lays down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from core.actors import SYSTEM
from core.files import delete_file, remove_orphans
from core.models import Job, JobState, Notice, NoticeState
from core.once import forget_old_sendings

logger = logging.getLogger(__name__)

NOTICES_KEPT = timedelta(days=365)
JOBS_KEPT = timedelta(days=30)
DAY_SECONDS = 86_400

_daily: dict[str, Callable[[], object]] = {}


def register_daily(name: str, step: Callable[[], object]) -> None:
    """Add a step to the day's housekeeping; called from an app's `receivers`."""
    _daily[name] = step


def keep_house() -> dict[str, object]:
    """Run the day's steps unless another worker has begun them today; what each gave back, by name."""
    if not cache.add(f"housekeeping:{timezone.now():%Y-%m-%d}", 1, DAY_SECONDS):
        return {}
    results: dict[str, object] = {}
    for name, step in _daily.items():
        try:
            results[name] = step()
        except Exception:
            logger.exception("housekeeping step failed", extra={"step": name})
            results[name] = "failed"
    return results


def remove_old_rows() -> int:
    """Delete letters and jobs long finished, with the files the jobs made; their number."""
    now = timezone.now()
    notices = Notice.objects.exclude(state=NoticeState.WAITING).filter(finished_at__lt=now - NOTICES_KEPT)
    jobs = Job.objects.exclude(state=JobState.WAITING).filter(finished_at__lt=now - JOBS_KEPT)
    removed = notices.delete()[0]
    for job in jobs.select_related("result"):
        job.delete()
        if job.result:
            delete_file(job.result, by=SYSTEM)
        removed += 1
    return removed


register_daily("old sendings forgotten", forget_old_sendings)
register_daily("old rows removed", remove_old_rows)
register_daily("orphan files removed", remove_orphans)
