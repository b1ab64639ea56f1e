"""Long work that a person waits for: a row with a lease and its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.lease import LeasedRow
from core.models.school import Role, School
from core.models.stored_file import StoredFile
from core.models.user import User

if TYPE_CHECKING:
    from core.actors import Actor


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("ready")
    FAILED = "failed", _("did not succeed")


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, actor: Actor) -> JobQuerySet:
        """The jobs of the actor's school for its curators and administrators, else one's own there."""
        rows = self.filter(school_id=actor.school_id)
        return rows if actor.role in {Role.CURATOR, Role.ADMINISTRATOR} else rows.filter(user_id=actor.user_id)


class Job(LeasedRow):
    """One piece of long work; `done` of `total` steps are finished, `total` 0 until it is known."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = JobQuerySet.as_manager()

    OPEN = (JobState.WAITING,)
    GIVEN_UP: ClassVar[dict[str, Any]] = {"state": JobState.FAILED}

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="job_does_not_overrun_its_total"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.WAITING, finished_at=None)
                | (~Q(state=JobState.WAITING) & Q(finished_at__isnull=False)),
                name="job_is_finished_unless_waiting",
            ),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="job_by_due"),)

    def __str__(self) -> str:
        return f"job {self.pk} {self.kind} {self.state}"
