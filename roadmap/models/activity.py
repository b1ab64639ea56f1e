"""Activities of a roadmap, the days they are to happen on, and who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import KeyField
from core.models import Membership, User
from core.russian import search_key, sort_key
from core.states import Moves
from roadmap.models.evidence import EvidenceKind
from roadmap.models.programme import Cycle, Programme, Stage

if TYPE_CHECKING:
    from core.actors import Actor


class TermKind(models.TextChoices):
    """What kind of term stands in the document; the same names as `roadmap.terms` gives."""

    MONTH = "month", _("a month")
    RANGE = "range", _("from – to")
    YEARS = "years", _("repeated over the years")
    DEADLINE = "deadline", _("a deadline")
    SCHOOL_YEAR = "school_year", _("during the school year")
    WHOLE_PERIOD = "whole_period", _("during the whole period")
    SCHEDULE = "schedule", _("by a schedule")
    RECURRING = "recurring", _("recurring")
    NONE = "none", _("no term")


class Reminded(models.TextChoices):
    """Whom letters about an activity go to."""

    RESPONSIBLE = "responsible", _("those who answer for it and the curator")
    CURATOR = "curator", _("the curator alone")
    NOBODY = "nobody", _("nobody")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, actor: Actor) -> ActivityQuerySet:
        """The activities of the programmes the actor sees."""
        return self.filter(stage__programme__in=Programme.objects.visible_to(actor))


class Activity(models.Model):
    """One line of the roadmap, its term and responsible people as written and as understood.

    `extra` is what stands in the school's further columns, by the column's kind. `remind_days` are the days before a
    first or a last day on which a letter says so, None for the usual ones. `revision` grows with every edit.
    """

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="activities")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=1000, blank=True)
    text = models.TextField()
    term_text = models.TextField(blank=True)
    term_kind = models.CharField(max_length=12, choices=TermKind.choices, default=TermKind.NONE)
    recurrence = models.CharField(max_length=200, blank=True)
    responsible_text = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    reminded = models.CharField(
        _("whom letters remind"), max_length=12, choices=Reminded.choices, default=Reminded.RESPONSIBLE
    )
    remind_days = models.JSONField(null=True, blank=True)
    evidence = models.CharField(_("proved by"), max_length=20, choices=EvidenceKind.choices, blank=True, default="")
    search_key = KeyField(of=("number", "section", "text", "responsible_text"), by=search_key, max_length=4000)
    sort_key = KeyField(of=("text",), by=sort_key)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ("stage__place", "place")
        constraints = (
            models.UniqueConstraint(fields=("stage", "place"), name="one_activity_per_place"),
            models.CheckConstraint(condition=Q(term_kind__in=TermKind.values), name="term_kind_is_known"),
            models.CheckConstraint(condition=Q(evidence__in=["", *EvidenceKind.values]), name="evidence_kind_is_known"),
            models.CheckConstraint(condition=Q(reminded__in=Reminded.values), name="reminded_is_known"),
        )

    def __str__(self) -> str:
        return f"activity {self.pk}"


class WindowState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DONE = "done", _("done")


class WindowQuerySet(models.QuerySet["Window"]):
    def visible_to(self, actor: Actor) -> WindowQuerySet:
        """The windows of the programmes the actor sees."""
        return self.filter(cycle__programme__in=Programme.objects.visible_to(actor))


class Window(models.Model):
    """One time an activity is to happen, in one cycle; without days it waits for the curator to set them.

    `done_on` is the day the curator names, which may lie before the day it is marked on. Once a person has
    `taken_back` a mark, only people mark this window.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="windows")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="windows")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=WindowState.choices, default=WindowState.PLANNED)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    taken_back = models.BooleanField(default=False)

    objects = WindowQuerySet.as_manager()

    MOVES: Moves = {
        WindowState.PLANNED: frozenset({WindowState.DONE}),
        WindowState.DONE: frozenset({WindowState.PLANNED}),
    }

    class Meta:
        ordering = ("ends_on", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None)
                # Without the two tests for NULL one day alone would pass: the comparison is then neither true nor false.
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="window_has_both_days_in_order_or_none",
            ),
            models.CheckConstraint(
                condition=Q(state=WindowState.PLANNED, done_on=None, done_by=None)
                | Q(state=WindowState.DONE, done_on__isnull=False, done_by__isnull=False),
                name="window_is_done_on_a_day_by_someone",
            ),
        )
        indexes = (models.Index(fields=("cycle", "state", "ends_on"), name="window_by_end"),)

    def __str__(self) -> str:
        return f"window {self.pk} of activity {self.activity_id}"


class Duty(models.TextChoices):
    """The posts that roadmaps name; one or many people of a school may hold each."""

    CURATOR = "curator", _("programme curator")
    HEAD = "head", _("head of the school")
    DEPUTY = "deputy", _("deputy head")
    CLASS_TEACHER = "class_teacher", _("class teachers")
    METHOD_HEAD = "method_head", _("heads of the subject teachers' groups")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    SOCIAL_PEDAGOGUE = "social_pedagogue", _("social pedagogue")
    MENTOR = "mentor", _("mentors")
    OTHER = "other", _("someone else")


class ResponsibleQuerySet(models.QuerySet["Responsible"]):
    def visible_to(self, actor: Actor) -> ResponsibleQuerySet:
        """The responsible people of the activities the actor sees."""
        return self.filter(activity__in=Activity.objects.visible_to(actor))


class Responsible(models.Model):
    """Who answers for an activity: a duty as written, a name where the document gives one, a member where known."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="responsible")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    duty = models.CharField(max_length=20, choices=Duty.choices, default=Duty.OTHER)
    member = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ResponsibleQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("activity", "place"), name="one_responsible_per_place"),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="duty_is_known"),
        )

    def __str__(self) -> str:
        return f"responsible {self.place} of activity {self.activity_id}"
