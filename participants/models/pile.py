"""The scanned pile: many signed forms in one PDF, told apart by the codes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, School, StoredFile, User
from core.states import Moves
from participants.models.consent import Consent

if TYPE_CHECKING:
    from core.actors import Actor


class PileState(models.TextChoices):
    READING = "reading", _("being read")
    READ = "read", _("read")


class PileQuerySet(models.QuerySet["Pile"]):
    def visible_to(self, actor: Actor) -> PileQuerySet:
        """The piles of the school, for the curator."""
        return self.filter(school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class Pile(models.Model):
    """One scanned PDF, sealed; the file goes when it is read, its unfiled pages 30 days after."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="piles")
    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=PileState.choices, default=PileState.READING)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PileQuerySet.as_manager()

    MOVES: Moves = {PileState.READING: frozenset({PileState.READ}), PileState.READ: frozenset()}

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (models.CheckConstraint(condition=Q(state__in=PileState.values), name="pile_state_is_known"),)

    def __str__(self) -> str:
        return f"pile {self.pk}"


class PilePageStatus(models.TextChoices):
    """UNREAD has no code that could be read; UNKNOWN a code that is no consent of this installation."""

    FILED = "filed", _("filed")
    UNREAD = "unread", _("no code was read")
    OTHER_SCHOOL = "other_school", _("of another school")
    UNKNOWN = "unknown", _("the code is unknown")
    DISCARDED = "discarded", _("put aside")


class PilePageQuerySet(models.QuerySet["PilePage"]):
    def visible_to(self, actor: Actor) -> PilePageQuerySet:
        return self.filter(pile__in=Pile.objects.visible_to(actor))


class PilePage(models.Model):
    """One page, counted from 1. `reason` says why a page whose code was read could not be filed; a page filed by hand
    has `settled_by`. `file` is its picture while it waits for a person; that of a filed page belongs to the consent.
    """

    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=PilePageStatus.choices)
    consent = models.ForeignKey(Consent, on_delete=models.SET_NULL, null=True, blank=True, related_name="pile_pages")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = PilePageQuerySet.as_manager()

    SETTLING: Moves = {
        PilePageStatus.UNREAD: frozenset({PilePageStatus.FILED, PilePageStatus.DISCARDED}),
        PilePageStatus.OTHER_SCHOOL: frozenset({PilePageStatus.DISCARDED}),
        PilePageStatus.UNKNOWN: frozenset({PilePageStatus.FILED, PilePageStatus.DISCARDED}),
        PilePageStatus.FILED: frozenset(),
        PilePageStatus.DISCARDED: frozenset(),
    }

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("pile", "number"), name="one_page_per_pile_and_number"),
            models.CheckConstraint(condition=Q(status__in=PilePageStatus.values), name="pile_page_status_is_known"),
        )

    def __str__(self) -> str:
        return f"page {self.number} of pile {self.pile_id}"
