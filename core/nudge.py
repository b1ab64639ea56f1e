"""Telling the worker that a row waits. The row is the truth; a broker that is away is never waited for."""

from __future__ import annotations

import logging
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
BREAK_SECONDS = 30.0
"""After a failed publish this process is silent for so long; the sweep picks the work up."""

_silent_until = 0.0


def nudge() -> None:
    """Ask the worker to look at once, after the commit of the running transaction."""
    transaction.on_commit(_publish, robust=True)


def _publish() -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task("core.tasks.sweep", expires=30)
    except (OperationalError, OSError) as error:
        _silent_until = time.monotonic() + BREAK_SECONDS
        logger.warning("broker is away", extra={"error": type(error).__name__})
