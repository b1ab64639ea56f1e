"""A person's part in one cycle: mentee or mentor of a form of mentoring."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.states import Moves
from participants.models.area import Area
from participants.models.consent import Consent
from participants.models.consent_text import ConsentPurpose
from participants.models.form import MentoringForm, RoleModel
from participants.models.person import Person, PersonKind
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class Side(models.TextChoices):
    MENTEE = "mentee", _("mentee")
    MENTOR = "mentor", _("mentor")


class EnrolmentState(models.TextChoices):
    """How far someone is in his year; INTERVIEWED and READY are steps of a mentor (Methodology R-145, stage 4)."""

    ENROLLED = "enrolled", _("takes part")
    INTERVIEWED = "interviewed", _("interview passed")
    READY = "ready", _("trained and ready")
    PAUSED = "paused", _("has paused")
    REFUSED = "refused", _("not admitted")
    LEFT = "left", _("has left")
    FINISHED = "finished", _("has finished")


TAKING_PART = (EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED, EnrolmentState.READY, EnrolmentState.PAUSED)
"""The states of those who are in the year; the others have left it."""
_LEAVING = frozenset({EnrolmentState.LEFT, EnrolmentState.FINISHED})


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, actor: Actor) -> EnrolmentQuerySet:
        """Those of the people the actor sees in the register."""
        return self.filter(person__in=Person.objects.visible_to(actor))

    def enrolled(self) -> EnrolmentQuerySet:
        return self.filter(state__in=TAKING_PART)

    def consented(self, today: date) -> EnrolmentQuerySet:
        """Those whose consent to the processing is in force today, as a mentee or as a mentor: what follows the
        consent may be written down of them.
        """
        given = Consent.objects.in_force(today).filter(person=OuterRef("person"))
        own = Q(Exists(given.filter(purpose=ConsentPurpose.PROCESSING)), side=Side.MENTEE)
        return self.filter(own | Q(Exists(given.filter(purpose=ConsentPurpose.MENTOR)), side=Side.MENTOR))

    def cleared(self, today: date) -> EnrolmentQuerySet:
        """Those whose every needed consent is in force today: that of a mentee or that of a mentor, and the Labour
        Code 351.8 consent of an employee who mentors an employee. No pair, letter or list goes beyond these.
        """
        labour = Consent.objects.in_force(today).filter(person=OuterRef("person"), purpose=ConsentPurpose.LABOUR)
        return self.consented(today).filter(~NEEDS_LABOUR_CONSENT | Q(Exists(labour)))


NEEDS_LABOUR_CONSENT = Q(side=Side.MENTOR, form__is_of_employees=True, person__kind=PersonKind.TEACHER)
"""An employee of the school who mentors an employee (Labour Code art. 351.8)."""


class Enrolment(models.Model):
    """Someone takes part in a cycle on one side of a form; request, competences and the rest come after consent.

    `available` are the hours of the week he is free, as `weekday * 100 + hour`: 116 is Monday, 16:00 to 17:00.
    `capacity` is how many mentees a mentor takes; `wanted_age_from` and `wanted_age_to` are whole years. `areas` are
    what a mentee wants help in and what a mentor can help with; `wanted_help` says it in the mentee's own words.
    `results`, `case_url` and `is_passed` are the last columns of the official registers.
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
    state = models.CharField(max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    request = models.TextField(_("main request"), blank=True, default="")
    wanted_help = models.TextField(_("wanted help, in one's own words"), blank=True, default="")
    competences = models.TextField(_("main competences"), blank=True, default="")
    achievements = models.TextField(_("achievements that matter for the programme"), blank=True, default="")
    interests = models.TextField(_("interests"), blank=True, default="")
    areas = models.ManyToManyField(Area, related_name="enrolments", blank=True, verbose_name=_("areas of help"))
    wanted_age_from = models.PositiveSmallIntegerField(_("wanted age of mentees, from"), null=True, blank=True)
    wanted_age_to = models.PositiveSmallIntegerField(_("wanted age of mentees, to"), null=True, blank=True)
    time_resource = models.CharField(_("time for the programme"), max_length=300, blank=True, default="")
    capacity = models.PositiveSmallIntegerField(_("takes mentees"), null=True, blank=True)
    available = models.JSONField(_("free hours of the week"), default=list, blank=True)
    building = models.CharField(_("building where it is handy to meet"), max_length=100, blank=True, default="")
    is_remote = models.BooleanField(_("can meet at a distance"), default=False)
    filled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    entered_on = models.DateField(_("entered the programme on"), null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    results = models.TextField(_("results of the programme"), blank=True, default="")
    case_url = models.URLField(_("address of the case or review on the site"), blank=True, default="")
    is_passed = models.BooleanField(_("has passed the programme"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    MOVES: Moves = {
        EnrolmentState.ENROLLED: frozenset(
            {EnrolmentState.INTERVIEWED, EnrolmentState.READY, EnrolmentState.PAUSED, EnrolmentState.REFUSED}
        )
        | _LEAVING,
        EnrolmentState.INTERVIEWED: frozenset(
            {EnrolmentState.ENROLLED, EnrolmentState.READY, EnrolmentState.PAUSED, EnrolmentState.REFUSED}
        )
        | _LEAVING,
        EnrolmentState.READY: frozenset(
            {EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED, EnrolmentState.PAUSED, EnrolmentState.REFUSED}
        )
        | _LEAVING,
        EnrolmentState.PAUSED: frozenset({EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED, EnrolmentState.READY})
        | _LEAVING,
        EnrolmentState.REFUSED: frozenset({EnrolmentState.ENROLLED}),
        EnrolmentState.LEFT: frozenset({EnrolmentState.ENROLLED}),
        EnrolmentState.FINISHED: frozenset({EnrolmentState.ENROLLED}),
    }
    """A step back is a mistake mended: an interview or a training that was entered for another person."""

    class Meta:
        ordering = ("person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "cycle", "side", "form"), name="one_enrolment_per_person_cycle_side_and_form"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="side_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=TAKING_PART, left_on=None)
                | Q(
                    state__in=(EnrolmentState.REFUSED, EnrolmentState.LEFT, EnrolmentState.FINISHED),
                    left_on__isnull=False,
                ),
                name="enrolment_has_left_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(side=Side.MENTOR, capacity__gte=1, capacity__lte=30),
                name="a_mentor_takes_one_to_thirty_mentees",
            ),
            models.CheckConstraint(
                condition=Q(wanted_age_from=None) | Q(wanted_age_to=None) | Q(wanted_age_to__gte=F("wanted_age_from")),
                name="wanted_ages_rise",
            ),
        )

    def __str__(self) -> str:
        return f"enrolment {self.pk}"
