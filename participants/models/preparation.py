"""How a mentor is prepared: the interview and the training (Methodology R-145, stage 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from participants.models.enrolment import Enrolment
from participants.models.person import REGISTER_READERS
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class InterviewOutcome(models.TextChoices):
    PASSED = "passed", _("passed")
    AGAIN = "again", _("to be repeated")
    REFUSED = "refused", _("not admitted")


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, actor: Actor) -> InterviewQuerySet:
        """Those of their school for who keeps the register; a mentor is not shown what was said of him."""
        if actor.role in REGISTER_READERS:
            return self.filter(enrolment__person__school_id=actor.school_id)
        return self.none()


class Interview(models.Model):
    """A talk with a candidate for mentor; `note` is for the curator."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="interviews")
    held_on = models.DateField(_("held on"))
    is_with_psychologist = models.BooleanField(_("with the psychologist"), default=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=InterviewOutcome.choices)
    note = models.TextField(_("note"), blank=True, default="")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=InterviewOutcome.values), name="outcome_is_known"),
        )

    def __str__(self) -> str:
        return f"interview {self.pk}"


class TrainingQuerySet(models.QuerySet["Training"]):
    def visible_to(self, actor: Actor) -> TrainingQuerySet:
        """Those of their school for who keeps the register; a mentor sees those he was put down for."""
        rows = self.filter(cycle__programme__school_id=actor.school_id)
        if actor.role in REGISTER_READERS:
            return rows
        return rows.filter(attendances__enrolment__person__user_id=actor.user_id).distinct()


class Training(models.Model):
    """A session of the mentors' training; `hours` are academic hours."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="trainings")
    title = models.CharField(_("topic"), max_length=200)
    held_on = models.DateField(_("held on"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ("held_on", "pk")

    def __str__(self) -> str:
        return f"training {self.pk}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, actor: Actor) -> AttendanceQuerySet:
        """Those of the trainings the actor keeps; a mentor sees his own."""
        rows = self.filter(training__cycle__programme__school_id=actor.school_id)
        if actor.role in REGISTER_READERS:
            return rows
        return rows.filter(enrolment__person__user_id=actor.user_id)


class Attendance(models.Model):
    """One mentor at one training. `has_come` is None until it is known; `has_passed` where a result is given."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    has_come = models.BooleanField(null=True, blank=True)
    has_passed = models.BooleanField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ("enrolment__person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("training", "enrolment"), name="one_attendance_per_training_and_mentor"),
            models.CheckConstraint(
                condition=Q(has_passed=None) | Q(has_come__isnull=False, has_come=True),
                name="only_who_came_has_a_result",
            ),
        )

    def __str__(self) -> str:
        return f"attendance {self.pk}"
