"""The only message that goes through the broker: look at the rows now."""

from __future__ import annotations

from celery import shared_task

from core.sweep import run_sweep


@shared_task  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Send due notices and do due jobs; safe to run twice and at once."""
    run_sweep()
