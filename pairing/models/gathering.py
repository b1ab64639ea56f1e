"""The group meeting at which mentors and mentees get to know each other (Methodology R-145, stage 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import School, User
from participants.models import Enrolment, MentoringForm
from participants.models.person import REGISTER_READERS
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, actor: Actor) -> GatheringQuerySet:
        """Those of their school for who keeps the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class Gathering(models.Model):
    """A group meeting of one form; each mentee has `talks` short talks of `minutes` each, one a round."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="gatherings")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="gatherings")
    form = models.ForeignKey(MentoringForm, on_delete=models.PROTECT, related_name="gatherings")
    held_at = models.DateTimeField(_("when it is held"))
    place = models.CharField(_("where it is held"), max_length=200, blank=True, default="")
    talks = models.PositiveSmallIntegerField(_("short talks of each mentee"), default=3)
    minutes = models.PositiveSmallIntegerField(_("minutes a talk"), default=5)
    seated_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ("-held_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(talks__gte=1, talks__lte=12), name="one_to_twelve_talks"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=60), name="a_talk_lasts_up_to_an_hour"),
        )

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class GuestQuerySet(models.QuerySet["Guest"]):
    def visible_to(self, actor: Actor) -> GuestQuerySet:
        """Those of the gatherings the actor sees."""
        return self.filter(gathering__in=Gathering.objects.visible_to(actor))


class Guest(models.Model):
    """Someone asked to a gathering; `has_come` is unknown until it is noted."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="gatherings")
    has_come = models.BooleanField(_("has come to the meeting"), null=True, blank=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ("enrolment__person__sort_key", "pk")
        constraints = (models.UniqueConstraint(fields=("gathering", "enrolment"), name="asked_to_a_gathering_once"),)

    def __str__(self) -> str:
        return f"guest {self.pk}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, actor: Actor) -> SeatQuerySet:
        """Those of the gatherings the actor sees."""
        return self.filter(gathering__in=Gathering.objects.visible_to(actor))


class Seat(models.Model):
    """A mentee at the table of a mentor in one round, from 1."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField(_("round of talks"))
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("round", "mentor__person__sort_key", "mentee__person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("gathering", "mentor", "mentee"), name="two_talk_once_at_a_gathering"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_talks_with_himself"),
            models.CheckConstraint(condition=Q(round__gte=1), name="rounds_count_from_one"),
        )

    def __str__(self) -> str:
        return f"seat {self.pk}"
