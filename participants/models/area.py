"""Areas of help: the one list by which requests of mentees and competences of mentors meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import School

if TYPE_CHECKING:
    from core.actors import Actor


class AreaQuerySet(models.QuerySet["Area"]):
    def visible_to(self, actor: Actor) -> AreaQuerySet:
        """The list of the actor's school: its words say nothing of anybody."""
        return self.filter(school_id=actor.school_id)


class Area(models.Model):
    """«Математика», «Адаптация в новом классе»: what one asks help in and another can help with."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="areas")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("area of help"), max_length=120)
    is_used = models.BooleanField(_("the school uses this area"), default=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=("school", "name"), name="one_area_per_school_and_name"),)

    def __str__(self) -> str:
        return f"area {self.pk}"
