"""People who are alike and are not one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models import Role, User
from participants.models.person import Person

if TYPE_CHECKING:
    from core.actors import Actor


class DistinctionQuerySet(models.QuerySet["Distinction"]):
    def visible_to(self, actor: Actor) -> DistinctionQuerySet:
        """Those of the school, for the curator."""
        return self.filter(first__school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class Distinction(models.Model):
    """The curator has said that these two are not one person; the smaller key stands first."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    objects = DistinctionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="two_people_are_told_apart_in_order"),
            models.UniqueConstraint(fields=("first", "second"), name="two_people_are_told_apart_once"),
        )

    def __str__(self) -> str:
        return f"distinction {self.pk}"
