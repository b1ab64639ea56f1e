"""What is measured before and after, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import School, User
from participants.models import Enrolment, Side
from roadmap.models import Cycle
from surveys.models.questionnaire import SURVEY_KEEPERS, SURVEY_READERS
from surveys.models.response import Response

if TYPE_CHECKING:
    from core.actors import Actor


class Direction(models.TextChoices):
    """Which change is good."""

    UP = "up", _("a rise is good")
    DOWN = "down", _("a fall is good")
    NONE = "none", _("neither is good or bad")


class ParameterQuerySet(models.QuerySet["Parameter"]):
    def visible_to(self, actor: Actor) -> ParameterQuerySet:
        """Those of their school for those who see what is measured."""
        return self.filter(school_id=actor.school_id) if actor.role in SURVEY_READERS else self.none()


class Parameter(models.Model):
    """Something that is measured of one side before and after; `least` and `most` bound its scale, None is unbounded.

    Questions name a parameter by its `key`. A sensitive one is seen person by person by the cleared alone.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="parameters")
    place = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=40)
    name = models.CharField(_("name of the parameter"), max_length=200)
    side = models.CharField(_("measured of"), max_length=6, choices=Side.choices)
    unit = models.CharField(_("unit of measurement"), max_length=40, blank=True, default="")
    least = models.DecimalField(_("lowest possible value"), max_digits=10, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("highest possible value"), max_digits=10, decimal_places=2, null=True, blank=True)
    direction = models.CharField(_("which change is good"), max_length=4, choices=Direction.choices)
    is_sensitive = models.BooleanField(_("sensitive: for the psychologist and the curator only"), default=False)
    is_used = models.BooleanField(_("the school measures this"), default=True)
    source = models.CharField(_("source of the wording"), max_length=300, blank=True, default="")

    objects = ParameterQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("school", "key"), name="one_parameter_per_school_and_key"),
            models.UniqueConstraint(fields=("school", "side", "name"), name="one_parameter_per_school_side_and_name"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="side_of_a_parameter_is_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="direction_is_known"),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gt=F("least")), name="a_scale_rises"
            ),
        )

    def __str__(self) -> str:
        return f"parameter {self.pk}"


class MeasurementWave(models.TextChoices):
    ENTRY = "entry", pgettext_lazy("measurement", "before")
    EXIT = "exit", pgettext_lazy("measurement", "after")


class FigureSource(models.TextChoices):
    SURVEY = "survey", pgettext_lazy("measurement", "a survey")
    SHEET = "sheet", pgettext_lazy("measurement", "a spreadsheet")
    HAND = "hand", pgettext_lazy("measurement", "entered by hand")


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def visible_to(self, actor: Actor) -> MeasurementQuerySet:
        """Figures of people are for the curator and the psychologist; everyone else sees what came out on the whole."""
        if actor.role in SURVEY_KEEPERS:
            return self.filter(parameter__school_id=actor.school_id)
        return self.none()


class Measurement(models.Model):
    """One figure of one person at the entry or at the exit; a later one takes its place."""

    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="measurements")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="measurements")
    wave = models.CharField(max_length=5, choices=MeasurementWave.choices)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=2)
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(max_length=6, choices=FigureSource.choices)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="measurements")
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("parameter", "enrolment", "wave"), name="one_figure_per_parameter_enrolment_and_wave"
            ),
            models.CheckConstraint(condition=Q(wave__in=MeasurementWave.values), name="wave_of_a_figure_is_known"),
            models.CheckConstraint(
                condition=Q(source=FigureSource.SURVEY, response__isnull=False)
                | Q(source__in=(FigureSource.SHEET, FigureSource.HAND), response=None),
                name="a_figure_of_a_survey_has_its_response",
            ),
        )

    def __str__(self) -> str:
        return f"measurement {self.pk}"


class ComparisonGroupQuerySet(models.QuerySet["ComparisonGroup"]):
    def visible_to(self, actor: Actor) -> ComparisonGroupQuerySet:
        """Those of their school for those who see what came out on the whole."""
        return self.filter(cycle__programme__school_id=actor.school_id) if actor.role in SURVEY_READERS else self.none()


class ComparisonGroup(models.Model):
    """How the same parameter changed among those who take no part: figures of a group, of nobody by name.

    `mean_change` is after minus before, `deviation` the standard deviation of the changes (n - 1).
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="comparison_groups")
    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="comparison_groups")
    words = models.CharField(_("who is compared"), max_length=200)
    size = models.PositiveIntegerField(_("number of people measured twice"))
    mean_before = models.DecimalField(_("mean before"), max_digits=10, decimal_places=4)
    mean_change = models.DecimalField(_("mean change"), max_digits=10, decimal_places=4)
    deviation = models.DecimalField(_("standard deviation of the change"), max_digits=10, decimal_places=4)

    objects = ComparisonGroupQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("cycle", "parameter"), name="one_comparison_per_cycle_and_parameter"),
            models.CheckConstraint(condition=Q(size__gte=5, deviation__gte=0), name="a_comparison_tells_of_nobody"),
        )

    def __str__(self) -> str:
        return f"comparison group {self.pk}"
