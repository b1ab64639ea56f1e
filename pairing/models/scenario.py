"""A scenario: one computed proposal of pairs for a cycle and a form, worked on by the curator before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, School, User
from pairing.models.preference import GroupFilling
from participants.models import Enrolment, MentoringForm
from participants.models.person import REGISTER_READERS
from roadmap.models import Cycle

if TYPE_CHECKING:
    from core.actors import Actor


class ScenarioAim(models.TextChoices):
    TOTAL = "total", _("the best total")
    WORST_FIRST = "worst_first", _("the weakest pair first")


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, actor: Actor) -> ScenarioQuerySet:
        """Those of their school for the curators, who work on them; an administrator sees what is sent to him."""
        return self.filter(school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class Scenario(models.Model):
    """One proposal, kept until it is put away; nothing in it binds anybody until it is sent and approved.

    `weights` are those it was computed with; `version` rises with every change, so that two curators do not
    overwrite each other. `served`, `total`, `worst`, `bound` and `blocking` are of the pairs as they stand after the
    last computation; `fingerprint` is a digest of what was known of everybody then, in hexadecimal.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="scenarios")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="scenarios")
    form = models.ForeignKey(MentoringForm, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("name of the scenario"), max_length=80)
    aim = models.CharField(_("what comes first"), max_length=11, choices=ScenarioAim.choices, default=ScenarioAim.TOTAL)
    filling = models.CharField(
        _("groups are filled"), max_length=8, choices=GroupFilling.choices, default=GroupFilling.EVEN
    )
    weights = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    served = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worst = models.PositiveSmallIntegerField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    blocking = models.PositiveIntegerField(default=0)
    solved_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(aim__in=ScenarioAim.values), name="aim_of_a_scenario_is_known"),
            models.CheckConstraint(condition=Q(filling__in=GroupFilling.values), name="filling_of_a_scenario_is_known"),
        )

    def __str__(self) -> str:
        return f"scenario {self.pk}"


class ScenarioPairQuerySet(models.QuerySet["ScenarioPair"]):
    def visible_to(self, actor: Actor) -> ScenarioPairQuerySet:
        """The pairs of the scenarios the actor sees."""
        return self.filter(scenario__in=Scenario.objects.visible_to(actor))


class ScenarioPair(models.Model):
    """A pair of a scenario. A locked one stays in every computation; `lifted` are the hard rules it was put together
    against, by key, and `reason` says why.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("points of the pair"), default=0)
    is_locked = models.BooleanField(default=False)
    lifted = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("why against the rule"), max_length=500, blank=True, default="")
    put_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScenarioPairQuerySet.as_manager()

    class Meta:
        ordering = ("mentee__person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("scenario", "mentee"), name="one_pair_per_mentee_of_a_scenario"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_is_paired_with_himself"),
            models.CheckConstraint(condition=Q(score__lte=100), name="a_score_is_up_to_a_hundred"),
            models.CheckConstraint(
                condition=Q(lifted=[]) | (~Q(reason="") & Q(put_by__isnull=False)),
                name="a_rule_is_lifted_by_someone_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"scenario pair {self.pk}"


class ScenarioBanQuerySet(models.QuerySet["ScenarioBan"]):
    def visible_to(self, actor: Actor) -> ScenarioBanQuerySet:
        """The bans of the scenarios the actor sees."""
        return self.filter(scenario__in=Scenario.objects.visible_to(actor))


class ScenarioBan(models.Model):
    """Two whom the curator keeps apart in a scenario."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="bans")
    mentor = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScenarioBanQuerySet.as_manager()

    class Meta:
        ordering = ("mentee__person__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("scenario", "mentor", "mentee"), name="one_ban_per_pair_of_a_scenario"),
        )

    def __str__(self) -> str:
        return f"scenario ban {self.pk}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, actor: Actor) -> SubmissionQuerySet:
        """Those of their school for who proposes and who decides."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class Submission(models.Model):
    """Pairs sent together for approval, with the protocol of the computation they came from.

    `protocol` is written once, names nobody but by key, and holds the digest of the data, the weights, the rules, the
    pairs with their shares, the bans, the rules lifted and by whom, the result and the proved bound.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="submissions")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="submissions")
    form = models.ForeignKey(MentoringForm, on_delete=models.PROTECT, related_name="submissions")
    scenario = models.ForeignKey(Scenario, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions")
    note = models.CharField(_("note to the administrator"), max_length=500, blank=True, default="")
    protocol = models.JSONField(default=dict)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return f"submission {self.pk}"
