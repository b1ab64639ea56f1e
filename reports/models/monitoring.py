"""The monitoring report of a year: quality of the programme, and its influence on those who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import User
from core.states import Moves
from roadmap.models import Cycle
from surveys.models import SURVEY_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    APPROVED = "approved", pgettext_lazy("report", "approved")


class MonitoringReportQuerySet(models.QuerySet["MonitoringReport"]):
    def visible_to(self, actor: Actor) -> MonitoringReportQuerySet:
        """Those of their school, for those who write them and for the administrator, who approves them."""
        return self.filter(cycle__programme__school_id=actor.school_id) if actor.role in SURVEY_READERS else self.none()


class MonitoringReport(models.Model):
    """What a school reports of a year as of a day; figures of nobody by name.

    `swot` is `{"strengths": text, "weaknesses": text, "opportunities": text, "threats": text}`. `totals` are the typed
    denominators of the indicators, `{indicator key: number}`. `satisfied_from` is the mark of 10 from which on someone
    counts as satisfied, for the method names none. Once approved, `frozen` keeps every figure as it was; `taken_back`
    says why an approval was taken back.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="monitoring_reports")
    as_of = models.DateField(_("figures as of"))
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    swot = models.JSONField(default=dict, blank=True)
    totals = models.JSONField(default=dict, blank=True)
    satisfied_from = models.PositiveSmallIntegerField(_("satisfied from this mark of 10 on"), default=7)
    conclusion = models.TextField(_("conclusions of the curator"), blank=True, default="")
    frozen = models.JSONField(null=True, blank=True)
    taken_back = models.CharField(_("why the approval is taken back"), max_length=500, blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = MonitoringReportQuerySet.as_manager()

    MOVES: Moves = {
        ReportState.DRAFT: frozenset({ReportState.APPROVED}),
        ReportState.APPROVED: frozenset({ReportState.DRAFT}),
    }

    class Meta:
        ordering = ("-as_of", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, approved_at=None, frozen=None)
                | Q(state=ReportState.APPROVED, approved_at__isnull=False, frozen__isnull=False),
                name="an_approved_report_has_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(satisfied_from__gte=1, satisfied_from__lte=10), name="satisfied_from_is_a_mark_of_ten"
            ),
        )

    def __str__(self) -> str:
        return f"monitoring report {self.pk}"
