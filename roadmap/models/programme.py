"""A programme of one or several years, its cycles, stages and approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import KeyField
from core.models import Role, School, StoredFile, User
from core.russian import search_key

if TYPE_CHECKING:
    from core.actors import Actor

ROADMAP_READERS = frozenset({Role.CURATOR, Role.ADMINISTRATOR, Role.PSYCHOLOGIST, Role.CLASS_TEACHER})
"""Those who read the whole roadmap of their school."""


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """The programmes of the actor's school, for those who read its roadmap."""
        return self.filter(school_id=actor.school_id) if actor.role in ROADMAP_READERS else self.none()

    def sketched_for(self, actor: Actor) -> ProgrammeQuerySet:
        """The programmes of the actor's school for a page that shows stages, days and counts, and nothing else."""
        return self.filter(school_id=actor.school_id)


class Programme(models.Model):
    """A school's mentoring programme as its roadmap document lays it down.

    `settled` are the keys of the findings that the curator calls right, `previous` the programme it continues. On the
    word of `self_marked_by` activities are marked done by their evidence; None: only people mark them.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="programmes")
    title = models.CharField(_("title"), max_length=1000)
    organisation = models.CharField(_("organisation"), max_length=1000, blank=True)
    preamble = models.TextField(_("preamble"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    columns = models.JSONField(default=list)
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    settled = models.JSONField(default=list, blank=True)
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="following")
    self_marked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    search_key = KeyField(of=("title",), by=search_key, max_length=1000)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"programme {self.pk}"


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, actor: Actor) -> CycleQuerySet:
        """The cycles of the programmes the actor sees."""
        return self.filter(programme__in=Programme.objects.visible_to(actor))


class Cycle(models.Model):
    """One academic year of a programme; `year` is the calendar year in which it begins."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("programme", "year"), name="one_cycle_per_programme_and_year"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cycle_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"cycle {self.year} of programme {self.programme_id}"

    @property
    def label(self) -> str:
        """«2023–2024»"""
        return f"{self.year}–{self.year + 1}"


class StageQuerySet(models.QuerySet["Stage"]):
    def visible_to(self, actor: Actor) -> StageQuerySet:
        """The stages of the programmes the actor sees."""
        return self.filter(programme__in=Programme.objects.visible_to(actor))


class Stage(models.Model):
    """A stage of a programme in the document's own words; `place` counts from 1."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="stages")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name of the stage"), max_length=500)
    goal = models.TextField(blank=True)
    task = models.TextField(blank=True)
    result = models.TextField(blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("programme", "place"), name="one_stage_per_place"),)

    def __str__(self) -> str:
        return f"stage {self.place} of programme {self.programme_id}"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, actor: Actor) -> ApprovalQuerySet:
        """The approvals of the programmes the actor sees."""
        return self.filter(programme__in=Programme.objects.visible_to(actor))


class Approval(models.Model):
    """One stamp on the roadmap: СОГЛАСОВАНО or УТВЕРЖДАЮ, by whom and on what ground."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="approvals")
    place = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=60)
    by = models.CharField(max_length=300, blank=True)
    person = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    date = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=40, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("programme", "place"), name="one_approval_per_place"),)

    def __str__(self) -> str:
        return f"approval {self.place} of programme {self.programme_id}"
