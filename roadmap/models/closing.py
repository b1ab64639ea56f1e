"""The end of a stage in one cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.states import Moves
from roadmap.models.programme import Cycle, Programme, Stage

if TYPE_CHECKING:
    from core.actors import Actor


class ClosingState(models.TextChoices):
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("opened again")


class StageClosingQuerySet(models.QuerySet["StageClosing"]):
    def visible_to(self, actor: Actor) -> StageClosingQuerySet:
        """The closings of the programmes the actor sees."""
        return self.filter(stage__programme__in=Programme.objects.visible_to(actor))


class StageClosing(models.Model):
    """A stage that was closed in a cycle; `lacking` are the conditions it did not meet, `reason` why it was closed
    all the same. Without anything lacking no reason is needed.
    """

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="closings")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="closings")
    state = models.CharField(max_length=10, choices=ClosingState.choices, default=ClosingState.CLOSED)
    closed_on = models.DateField(_("closed on"))
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lacking = models.JSONField(default=list, blank=True)
    reason = models.TextField(_("why it is closed all the same"), blank=True)
    reopened_for = models.TextField(_("why it is opened again"), blank=True)

    objects = StageClosingQuerySet.as_manager()

    MOVES: Moves = {
        ClosingState.CLOSED: frozenset({ClosingState.REOPENED}),
        ClosingState.REOPENED: frozenset({ClosingState.CLOSED}),
    }

    class Meta:
        ordering = ("stage__place", "cycle__year")
        constraints = (
            models.UniqueConstraint(fields=("stage", "cycle"), name="one_closing_per_stage_and_cycle"),
            models.CheckConstraint(condition=Q(state__in=ClosingState.values), name="closing_state_is_known"),
            models.CheckConstraint(condition=Q(lacking=[]) | ~Q(reason=""), name="closing_with_gaps_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"closing of stage {self.stage_id} in cycle {self.cycle_id}"
