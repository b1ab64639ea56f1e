"""Work that waits in a row until one worker takes it under a lease."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone


class LeasedRow(models.Model):
    """A row that a worker claims for a time; a lease that ran out may be claimed again."""

    key = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        state: models.CharField[str, str]

    OPEN: ClassVar[tuple[str, ...]] = ()
    """The states in which a row waits or is being worked on."""
    GIVEN_UP: ClassVar[dict[str, Any]] = {}
    """What its columns say once it was tried in vain for the last time."""

    class Meta:
        abstract = True
