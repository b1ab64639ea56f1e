"""What makes a form that is sent twice act once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Once(models.Model):
    """One sending of one form: `key` is a digest of who sent it and the form's token, `answer` where it led."""

    key = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"once {self.pk}"
