"""What a school has decided about pairing in one form, and what the curator thinks of one pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, User
from participants.models import Enrolment, MentoringForm

if TYPE_CHECKING:
    from core.actors import Actor


class GroupFilling(models.TextChoices):
    """How the places of mentors are filled where several ways serve as many as well."""

    EVEN = "even", _("evenly among the mentors")
    FEWEST = "fewest", _("with as few mentors as will do")
    SMALLEST = "smallest", _("in the smallest groups")


class PairingRulesQuerySet(models.QuerySet["PairingRules"]):
    def visible_to(self, actor: Actor) -> PairingRulesQuerySet:
        """Those of the curator's school: they say nothing of anybody."""
        return self.filter(form__school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class PairingRules(models.Model):
    """The weights and the rules of one form of mentoring; absent, the product's own hold.

    `weights` has a whole number from 0 to 100 by part of the score; `least_age_gap` is whole years by which a mentor
    is older at least.
    """

    form = models.OneToOneField(MentoringForm, on_delete=models.CASCADE, related_name="pairing_rules")
    weights = models.JSONField(default=dict, blank=True)
    wants_ready = models.BooleanField(_("a mentor has passed the interview and is trained"), default=True)
    bars_class_teacher = models.BooleanField(_("a class teacher does not mentor a pupil of his class"), default=False)
    least_age_gap = models.PositiveSmallIntegerField(
        _("a mentor is older by at least, years"), null=True, blank=True, default=None
    )
    filling = models.CharField(
        _("groups are filled"), max_length=8, choices=GroupFilling.choices, default=GroupFilling.EVEN
    )
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PairingRulesQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(filling__in=GroupFilling.values), name="filling_of_a_form_is_known"),
            models.CheckConstraint(
                condition=Q(least_age_gap=None) | Q(least_age_gap__lte=60), name="age_gap_is_up_to_sixty_years"
            ),
        )

    def __str__(self) -> str:
        return f"pairing rules {self.pk}"


class PairNoteQuerySet(models.QuerySet["PairNote"]):
    def visible_to(self, actor: Actor) -> PairNoteQuerySet:
        """Those of the curator's school, and of nobody else."""
        rows = self.filter(mentee__person__school_id=actor.school_id)
        return rows if actor.role == Role.CURATOR else self.none()


class PairNote(models.Model):
    """The curator's word for or against one pair, which the score heeds."""

    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes_as_mentor")
    mentee = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes_as_mentee")
    is_for = models.BooleanField(_("speaks for the pair"))
    text = models.CharField(_("why for or against the pair"), max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = PairNoteQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("mentor", "mentee"), name="one_note_per_pair"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="a_note_is_about_two"),
        )

    def __str__(self) -> str:
        return f"pair note {self.pk}"
