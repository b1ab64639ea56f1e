"""How the machine is, for the installation's administrator."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import render

from accounts.heartbeat import last_round
from accounts.letters import is_mail_set_up
from core.access import ActingRequest, Door, allow
from core.models import Job, JobState, Notice, NoticeState

GIGABYTE = 10**9


@allow(Door.INSTALLATION)
def health(request: ActingRequest) -> HttpResponse:
    """Counts and sizes alone; nothing of any person."""
    disk = shutil.disk_usage(settings.DATA_DIR)
    notices = dict(Notice.objects.order_by().values_list("state").annotate(Count("pk")))
    jobs = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "notices_waiting": notices.get(NoticeState.WAITING, 0),
        "notices_failed": notices.get(NoticeState.FAILED, 0),
        "oldest_notice": Notice.objects.filter(state=NoticeState.WAITING).aggregate(Min("due_at"))["due_at__min"],
        "jobs_waiting": jobs.get(JobState.WAITING, 0),
        "jobs_failed": jobs.get(JobState.FAILED, 0),
        "disk_free": disk.free / GIGABYTE,
        "disk_percent": round(100 * disk.used / disk.total),
        "last_round": last_round(),
        "database": connection.vendor,
        "is_mail_set_up": is_mail_set_up(),
        "version": _version(),
    }
    return render(request, "accounts/health.html", context)


def _version() -> str:
    try:
        return version("stupeni")
    except PackageNotFoundError:
        return settings.VERSION if hasattr(settings, "VERSION") else ""
