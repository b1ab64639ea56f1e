"""A person's part in one cycle: mentee or mentor of a form of mentoring."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.states import Moves
from participants.models.consent import Consent, ConsentPurpose
from participants.models.form import MentoringForm, RoleModel
from participants.models.person import Person, PersonKind
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class Side(models.TextChoices):
    MENTEE = "mentee", _("mentee")
    MENTOR = "mentor", _("mentor")


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", _("takes part")
    LEFT = "left", _("has left")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, actor: Actor) -> EnrolmentQuerySet:
        """Those of the people the actor sees in the register."""
        return self.filter(person__in=Person.objects.visible_to(actor))

    def enrolled(self) -> EnrolmentQuerySet:
        return self.filter(state=EnrolmentState.ENROLLED)

    def cleared(self, today: date) -> EnrolmentQuerySet:
        """Those whose every needed consent is in force today: processing of data for all, and the Labour Code
        351.8 consent of an employee who mentors an employee. No pair, letter or list goes beyond these.
        """
        given = Consent.objects.in_force(today).filter(person=OuterRef("person"))
        processing = Exists(given.filter(purpose=ConsentPurpose.PROCESSING))
        labour = Exists(given.filter(purpose=ConsentPurpose.LABOUR))
        return self.filter(processing).filter(~NEEDS_LABOUR_CONSENT | Q(labour))


NEEDS_LABOUR_CONSENT = Q(side=Side.MENTOR, form__is_of_employees=True, person__kind=PersonKind.TEACHER)
"""An employee of the school who mentors an employee (Labour Code art. 351.8)."""


class Enrolment(models.Model):
    """Someone takes part in a cycle on one side of a form; request, competences and the rest come after consent.

    `available` are the hours of the week he is free, as `weekday * 100 + hour`: 116 is Monday, 16:00 to 17:00.
    `capacity` is how many mentees a mentor takes.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="enrolments")
    side = models.CharField(_("takes part as"), max_length=6, choices=Side.choices)
    form = models.ForeignKey(
        MentoringForm, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("form of mentoring")
    )
    role_model = models.ForeignKey(
        RoleModel, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("role model")
    )
    state = models.CharField(max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    request = models.TextField(_("main request"), blank=True, default="")
    competences = models.TextField(_("main competences"), blank=True, default="")
    capacity = models.PositiveSmallIntegerField(_("takes mentees"), null=True, blank=True)
    available = models.JSONField(_("free hours of the week"), default=list, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    left_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    MOVES: Moves = {
        EnrolmentState.ENROLLED: frozenset({EnrolmentState.LEFT}),
        EnrolmentState.LEFT: frozenset({EnrolmentState.ENROLLED}),
    }

    class Meta:
        ordering = ("person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "cycle", "side", "form"), name="one_enrolment_per_person_cycle_side_and_form"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="side_is_known"),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.ENROLLED, left_on=None)
                | Q(state=EnrolmentState.LEFT, left_on__isnull=False),
                name="enrolment_has_left_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(side=Side.MENTOR, capacity__gte=1, capacity__lte=30),
                name="a_mentor_takes_one_to_thirty_mentees",
            ),
        )

    def __str__(self) -> str:
        return f"enrolment {self.pk}"
