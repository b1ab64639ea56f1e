"""A match: a mentor proposed to a mentee, and what became of the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import School, User
from core.states import Moves
from participants.models import Enrolment
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("waits for approval")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    IN_FORCE = "in_force", _("in force by an order")
    DROPPED = "dropped", _("dropped")


OPEN_MATCHES = (MatchState.PROPOSED, MatchState.RETURNED, MatchState.APPROVED)
"""The states in which the mentee is spoken for and the mentor's place is taken, before an order."""


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, actor: Actor) -> MatchQuerySet:
        """The matches of their school for those who propose and decide; nobody else learns of them."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class Match(models.Model):
    """One mentor for one mentee, proposed by somebody and decided by somebody else.

    `submission`, `score` and `reasons` are what it was sent with: the shares of the score, each
    `{"part": key, "points": whole number, "words": sentence}`; none where a hand proposed it. `lifted` are the hard
    rules it was proposed against, by key; `note` says why then.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="matches")
    mentor = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="mentor_matches")
    mentee = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="mentee_matches")
    state = models.CharField(max_length=10, choices=MatchState.choices, default=MatchState.PROPOSED)
    note = models.TextField(_("why these two"), blank=True, default="")
    submission = models.ForeignKey(
        "pairing.Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    lifted = models.JSONField(default=list, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(_("note to the proposer"), blank=True, default="")

    objects = MatchQuerySet.as_manager()

    MOVES: Moves = {
        MatchState.PROPOSED: frozenset({MatchState.APPROVED, MatchState.RETURNED, MatchState.DROPPED}),
        MatchState.RETURNED: frozenset({MatchState.PROPOSED, MatchState.DROPPED}),
        MatchState.APPROVED: frozenset({MatchState.IN_FORCE, MatchState.RETURNED, MatchState.DROPPED}),
        MatchState.IN_FORCE: frozenset(),
        MatchState.DROPPED: frozenset(),
    }

    class Meta:
        ordering = ("mentor__person__sort_key", "mentee__person__sort_key", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_is_known"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_is_his_own_mentor"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="match_is_decided_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(MatchState.APPROVED, MatchState.RETURNED, MatchState.IN_FORCE))
                | Q(decided_at__isnull=False),
                name="match_is_decided_unless_proposed_or_dropped",
            ),
            models.CheckConstraint(condition=Q(lifted=[]) | ~Q(note=""), name="a_match_against_a_rule_says_why"),
            models.UniqueConstraint(
                fields=("mentee",), condition=Q(state__in=OPEN_MATCHES), name="one_open_match_per_mentee_and_form"
            ),
        )

    def __str__(self) -> str:
        return f"match {self.pk} {self.state}"


class ApprovalRuleQuerySet(models.QuerySet["ApprovalRule"]):
    def visible_to(self, actor: Actor) -> ApprovalRuleQuerySet:
        """The rule of their school, for those who propose and decide."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class ApprovalRule(models.Model):
    """Whether a school with one head lets him approve what he proposed himself; absent, it does not."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="approval_rule")
    is_single = models.BooleanField(_("one administrator may propose and approve"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ApprovalRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"approval rule of school {self.school_id}"
