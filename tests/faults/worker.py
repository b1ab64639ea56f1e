"""The product's worker, with the kind of notice and the short lease of the fault tests and a sweep every second."""

from __future__ import annotations

from mentoring.celery import app
from tests.faults import letters

__all__ = ["app", "letters"]

app.conf.beat_schedule["sweep"]["schedule"] = 1.0
