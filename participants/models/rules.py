"""What a school has settled for itself about its register and its consents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import School
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


def usual_reminders() -> list[int]:
    """Days after the asking on which whoever has not answered is reminded."""
    return [3, 7, 14]


class RegisterRulesQuerySet(models.QuerySet["RegisterRules"]):
    def visible_to(self, actor: Actor) -> RegisterRulesQuerySet:
        """Those of their school, for those who keep the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class RegisterRules(models.Model):
    """One row per school; a school without one goes by the defaults. Ages in years, terms in days and years."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="register_rules")
    least_age = models.PositiveSmallIntegerField(
        _("mentees from the age of"), default=10, validators=[MinValueValidator(3), MaxValueValidator(18)]
    )
    wants_originals = models.BooleanField(_("a consent is in force only with the paper original"), default=False)
    remind_after = models.JSONField(
        _("days after which those who have not answered are reminded"), default=usual_reminders
    )
    expiring_days = models.PositiveSmallIntegerField(
        _("days before its end a consent counts as expiring"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    kept_years = models.PositiveSmallIntegerField(
        _("years for which signed consents and acts of destruction are kept"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )

    objects = RegisterRulesQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kept_years__gte=1, kept_years__lte=10), name="kept_one_to_ten_years"),
        )

    def __str__(self) -> str:
        return f"register rules of school {self.school_id}"
