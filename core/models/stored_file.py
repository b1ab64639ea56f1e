"""A private file: encrypted on disk, reached only through the page of the thing it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.school import Role, School

if TYPE_CHECKING:
    from core.actors import Actor


class Quarantine(models.TextChoices):
    """WAITING is given to nobody until an antivirus has looked at it; INFECTED has lost its bytes for good."""

    NONE = "", _("looked at")
    WAITING = "waiting", _("waits for the antivirus")
    INFECTED = "infected", _("had a virus in it")


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
    quarantine = models.CharField(max_length=8, choices=Quarantine.choices, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(quarantine__in=Quarantine.values), name="quarantine_is_known"),
        )

    def __str__(self) -> str:
        return f"file {self.pk} {self.purpose}"
