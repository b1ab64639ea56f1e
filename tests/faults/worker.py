"""The product's worker, with the kind of notice and the short lease of the fault tests and a sweep every second."""

from __future__ import annotations

import warnings

from celery.platforms import SecurityWarning

from mentoring.celery import app
from tests.faults import letters

__all__ = ["app", "letters"]

warnings.simplefilter("ignore", SecurityWarning)  # the tests may be run by root
app.conf.beat_schedule["sweep"]["schedule"] = 1.0
