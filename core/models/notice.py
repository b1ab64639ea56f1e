"""Something to be told to a person once: the row is the truth, the letter follows from it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.lease import LeasedRow
from core.models.school import Role, School
from core.models.user import User

if TYPE_CHECKING:
    from core.actors import Actor


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    NEEDLESS = "needless", _("no longer needed")
    FAILED = "failed", _("could not be sent")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """Curators and administrators see what their school sent, everyone what was sent to him."""
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.filter(user_id=actor.user_id)


class Notice(LeasedRow):
    """One letter to one person. `payload` holds keys only; `secret` is sealed and wiped once sent."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, blank=True)
    secret = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=NoticeState.choices, default=NoticeState.WAITING)

    objects = NoticeQuerySet.as_manager()

    OPEN = (NoticeState.WAITING,)
    GIVEN_UP: ClassVar[dict[str, Any]] = {"state": NoticeState.FAILED, "secret": None}

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.WAITING, finished_at=None)
                | (~Q(state=NoticeState.WAITING) & Q(finished_at__isnull=False, secret=None)),
                name="notice_is_finished_and_bare_unless_waiting",
            ),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="notice_by_due"),)

    def __str__(self) -> str:
        return f"notice {self.pk} {self.kind} {self.state}"

    @property
    def message_id(self) -> str:
        """The same for every copy of the letter, so that a mailbox shows one."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:40]
