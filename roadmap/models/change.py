"""What was changed in a programme, by whom, and what it was before: the history, and what an undo needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from roadmap.models.activity import Activity
from roadmap.models.programme import Programme

if TYPE_CHECKING:
    from core.actors import Actor


class ChangeKind(models.TextChoices):
    EDIT = "edit", _("edited")
    ADD = "add", _("added")
    DELETE = "delete", _("deleted")
    MOVE = "move", _("moved")
    SPLIT = "split", _("split")
    MERGE = "merge", _("merged")
    DAYS = "days", _("given other days")
    STAGE = "stage", _("stage edited")
    HEAD = "head", _("title page edited")


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, actor: Actor) -> ChangeQuerySet:
        """The history of the programmes the actor sees."""
        return self.filter(programme__in=Programme.objects.visible_to(actor))


class Change(models.Model):
    """One act on a programme; `before` and `after` hold the rows it touched, as `roadmap.editing.rows` writes them.

    `told` says in a few words what it was about: the number and the beginning of an activity, the name of a stage.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="changes")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    told = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    revision = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="change_is_undone_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"change {self.pk} of programme {self.programme_id}"
