"""How the machine is, for the installation's administrator."""

from __future__ import annotations

import shutil
import tomllib
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.heartbeat import last_round
from accounts.letters import is_mail_set_up
from core.access import ActingRequest, Door, allow
from core.models import Job, JobState, Notice, NoticeState

GIGABYTE = 10**9
LONGEST_SILENCE = timedelta(minutes=3)


@allow(Door.INSTALLATION)
def health(request: ActingRequest) -> HttpResponse:
    """Counts and sizes alone; nothing of any person."""
    disk = shutil.disk_usage(settings.DATA_DIR)
    notices = dict(Notice.objects.order_by().values_list("state").annotate(Count("pk")))
    jobs = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    seen = last_round()
    context = {
        "notices_waiting": notices.get(NoticeState.WAITING, 0),
        "notices_failed": notices.get(NoticeState.FAILED, 0),
        "oldest_notice": Notice.objects.filter(state=NoticeState.WAITING).aggregate(Min("due_at"))["due_at__min"],
        "jobs_waiting": jobs.get(JobState.WAITING, 0),
        "jobs_failed": jobs.get(JobState.FAILED, 0),
        "disk_free": disk.free / GIGABYTE,
        "disk_percent": round(100 * disk.used / disk.total),
        "last_round": seen,
        "worker_is_away": _is_away(seen),
        "database": connection.vendor,
        "is_mail_set_up": is_mail_set_up(),
        "version": _version(),
    }
    return render(request, "accounts/health.html", context)


def _is_away(seen: datetime | None) -> bool:
    """The worker makes a round every half minute."""
    return seen is None or seen < timezone.now() - LONGEST_SILENCE


@cache
def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
