"""A programme as it was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from roadmap.models.programme import Programme

if TYPE_CHECKING:
    from core.actors import Actor


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, actor: Actor) -> VersionQuerySet:
        """The versions of the programmes the actor sees."""
        return self.filter(programme__in=Programme.objects.visible_to(actor))


class Version(models.Model):
    """What the approved roadmap says, frozen; `revision` is the programme's at that moment.

    `ground` names the paper the approval rests on: «приказ от 31.08.2023 № 137/к».
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    ground = models.CharField(_("paper the approval rests on"), max_length=300, blank=True)
    approved_on = models.DateField(_("approved on"))
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("programme", "number"), name="one_version_per_number"),
            models.UniqueConstraint(fields=("programme", "revision"), name="one_version_per_revision"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of programme {self.programme_id}"
