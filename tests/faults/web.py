"""The product's web application with the pages of the fault tests."""

from __future__ import annotations

from django.conf import settings

from mentoring.wsgi import application

__all__ = ["application"]

from core import nudge

settings.ROOT_URLCONF = "tests.faults.pages"
# The worst case: a process that has not yet learnt that the broker is away, at every request anew.
nudge.BREAK_SECONDS = 0.0
