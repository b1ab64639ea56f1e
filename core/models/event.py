"""The journal: who did or saw what and when, in a chain that shows every later change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from core.models.school import Role, School

if TYPE_CHECKING:
    from core.actors import Actor


class JournalHead(models.Model):
    """The end of one school's chain; `chain` is the school's key, 0 for the installation.

    `changes` says how many lines were more than a look at something; see `core.counted`.
    """

    chain = models.PositiveBigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    changes = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"journal {self.chain} at {self.number}"


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: Actor) -> EventQuerySet:
        """Curators and administrators read their school's journal, the installation's administrator its own."""
        if actor.is_installation_admin:
            return self.filter(school=None)
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.none()


class Event(models.Model):
    """One line of the journal: keys and pseudonyms only, never names or values."""

    chain = models.PositiveBigIntegerField()
    number = models.PositiveBigIntegerField()
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=80, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("chain", "number"), name="one_event_per_place_in_the_chain"),
            models.CheckConstraint(condition=Q(number__gte=1), name="the_chain_counts_from_one"),
        )
        indexes = (models.Index(fields=("school", "thing"), name="event_by_thing"),)

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.verb} {self.thing}"
