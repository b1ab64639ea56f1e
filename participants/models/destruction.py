"""The legal clock of a withdrawal, and the destruction of a person's data with its act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import School, StoredFile, User
from core.states import Moves
from participants.models.consent import Consent, ConsentQuerySet
from participants.models.consent_text import ConsentPurpose
from participants.models.enrolment import Side
from participants.models.person import REGISTER_READERS, Person

if TYPE_CHECKING:
    from core.actors import Actor


PURPOSE_OF_SIDE: dict[str, ConsentPurpose] = {
    Side.MENTEE: ConsentPurpose.PROCESSING,
    Side.MENTOR: ConsentPurpose.MENTOR,
}
"""The consent that lets something be written of a person on each side."""


class DestructionGround(models.TextChoices):
    """Why the data must go (152-FZ art. 21), each with its own term."""

    WITHDRAWN = "withdrawn", _("the consent was withdrawn")
    EXPIRED = "expired", _("the term of the consent is over")
    REACHED = "reached", _("the purpose is reached")
    DEMAND = "demand", _("the person demanded it")
    UNLAWFUL = "unlawful", _("the data were processed without a ground")


class DestructionState(models.TextChoices):
    DUE = "due", _("to be carried out")
    DONE = "done", _("carried out")
    LIFTED = "lifted", _("no longer needed")


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def visible_to(self, actor: Actor) -> DestructionQuerySet:
        """Those of their school, for those who keep the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class Destruction(models.Model):
    """One person's data are to be destroyed by `due_on`, or were at `done_at`.

    `side` is empty where everything goes; else only what was written of him on that side of the programme goes, for the
    consent to that purpose has ended and the one to the other is in force (152-FZ art. 21 (5)).
    `categories` are the names of the kinds of data that were destroyed. `act` and `extract` are the papers of order
    № 179 of 28.10.2022, sealed and kept until `kept_until` together with the signed consents; opening them is for an
    inspection and goes into the journal. `reason` says where they had been destroyed before. `paper_sheets` counts the sheets of paper destroyed with them.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="destructions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="destructions")
    side = models.CharField(max_length=6, choices=Side.choices, blank=True, default="")
    ground = models.CharField(_("ground"), max_length=10, choices=DestructionGround.choices)
    state = models.CharField(max_length=6, choices=DestructionState.choices, default=DestructionState.DUE)
    due_on = models.DateField(_("to be carried out by"))
    categories = models.JSONField(default=list, blank=True)
    paper_sheets = models.PositiveSmallIntegerField(_("sheets of paper destroyed"), default=0)
    reason = models.CharField(max_length=500, blank=True, default="")
    act = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    extract = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kept_until = models.DateField(null=True, blank=True)

    objects = DestructionQuerySet.as_manager()

    MOVES: Moves = {
        DestructionState.DUE: frozenset({DestructionState.DONE, DestructionState.LIFTED}),
        DestructionState.DONE: frozenset(),
        DestructionState.LIFTED: frozenset(),
    }

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ground__in=DestructionGround.values), name="ground_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=(DestructionState.DUE, DestructionState.LIFTED), done_at=None, kept_until=None)
                | Q(state=DestructionState.DONE, done_at__isnull=False, kept_until__isnull=False),
                name="destruction_was_done_at_a_time",
            ),
            models.CheckConstraint(condition=Q(side__in=["", *Side.values]), name="destruction_is_of_a_known_side"),
            models.UniqueConstraint(
                fields=("person", "side"),
                condition=Q(state=DestructionState.DUE),
                name="one_destruction_due_per_person_and_side",
            ),
        )

    def __str__(self) -> str:
        return f"destruction {self.pk} {self.state}"

    @property
    def scope(self) -> str:
        """In words what of the person it is about; empty where everything is."""
        if self.side == Side.MENTEE:
            return gettext("only what was written of the person as a mentee")
        return gettext("only what was written of the person as a mentor") if self.side else ""

    def consents(self) -> ConsentQuerySet:
        """Those that end with it; once it is carried out, those that stay sealed after it."""
        rows = Consent.objects.filter(person=self.person_id)
        if self.side:
            rows = rows.filter(purpose=PURPOSE_OF_SIDE[self.side])
        return rows.filter(ended_at__lte=self.done_at) if self.done_at else rows
