"""When the worker was last seen at its round; kept in the shared cache, for the health page."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

KEY = "last_round"


def note_round() -> None:
    """Called in every sweep."""
    cache.set(KEY, timezone.now(), None)


def last_round() -> datetime | None:
    """None where no worker has been seen."""
    found: datetime | None = cache.get(KEY)
    return found
