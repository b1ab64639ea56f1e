"""A private file: encrypted on disk, reached only through the page of the thing it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from core.models.school import Role, School

if TYPE_CHECKING:
    from core.actors import Actor


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: Actor) -> StoredFileQuerySet:
        """Curators and administrators reach the files of their school; others by the page that owns the file."""
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.none()


class StoredFile(models.Model):
    """One encrypted file; `sha256` is of the plain bytes, `size` in bytes."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    place = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"file {self.pk} {self.purpose}"
