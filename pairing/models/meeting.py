"""Meetings of a mentorship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from pairing.models.mentorship import Mentorship, Place

if TYPE_CHECKING:
    from core.actors import Actor


class MeetingKind(models.TextChoices):
    """The kinds the method names (Methodology R-145, stage 6)."""

    FIRST = "first", _("first, organisational")
    TRIAL = "trial", _("second, trial")
    PLANNING = "planning", _("planning")
    REGULAR = "regular", _("regular")
    FINAL = "final", _("final")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """Those of the mentorships the actor sees; who stands in a place sees only the meetings of that place."""
        return self.filter(attended__in=Place.objects.visible_to(actor)).distinct()


class Meeting(models.Model):
    """One meeting as its mentor recorded it; `attended` are the mentees who came, at least one."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("which meeting"), max_length=10, choices=MeetingKind.choices)
    held_at = models.DateTimeField(_("when it was"))
    minutes = models.PositiveSmallIntegerField(_("how long, minutes"))
    summary = models.TextField(_("what was agreed"), blank=True, default="")
    next_at = models.DateTimeField(_("when the next is"), null=True, blank=True)
    attended = models.ManyToManyField(Place, related_name="meetings")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_is_known"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600), name="a_meeting_lasts_up_to_ten_hours"
            ),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(next_at__gt=F("held_at")), name="the_next_meeting_is_later"
            ),
        )
        indexes = (models.Index(fields=("mentorship", "held_at"), name="meeting_by_day"),)

    def __str__(self) -> str:
        return f"meeting {self.pk}"
