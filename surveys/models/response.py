"""What was answered: under a name, or released without one in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from core.actors import ActorKind
from core.models import StoredFile, User
from participants.models import Enrolment
from surveys.models.campaign import Campaign, Respondent
from surveys.models.questionnaire import SURVEY_KEEPERS

if TYPE_CHECKING:
    from core.actors import Actor


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, actor: Actor) -> ResponseQuerySet:
        """Those that bear a name, for those who read answers, and everyone his own; released ones, for the keepers."""
        here = self.filter(campaign__cycle__programme__school_id=actor.school_id)
        if actor.role in SURVEY_KEEPERS:
            return here
        if actor.kind is ActorKind.LINK:
            return self.filter(respondent=actor.link_key("respondent"))
        return here.filter(
            Q(respondent__membership__user_id=actor.user_id) | Q(respondent__enrolment__person__user_id=actor.user_id)
        )

    def counted(self) -> ResponseQuerySet:
        """Those that stand in the results: sent, and not of one whose consent was withdrawn."""
        return self.filter(is_sent=True).filter(Q(respondent=None) | Q(respondent__stopped_at=None))


class Response(models.Model):
    """The answers of one respondent, or, without one, answers released from an anonymous campaign.

    Until it is sent `draft` keeps what was typed, `{question key: value}`, valid or not. A released response has
    neither a respondent nor a moment. `taken_at` is when the curator took its answers into the register.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="responses")
    respondent = models.OneToOneField(
        Respondent, on_delete=models.CASCADE, null=True, blank=True, related_name="response"
    )
    is_sent = models.BooleanField(default=False)
    draft = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    respondent=None, is_sent=True, began_at=None, sent_at=None, taken_at=None, draft={}, entered_by=None
                )
                | Q(respondent__isnull=False, is_sent=False, sent_at=None, taken_at=None)
                | Q(respondent__isnull=False, is_sent=True, sent_at__isnull=False),
                name="a_response_has_a_name_and_a_moment_or_neither",
            ),
        )

    def __str__(self) -> str:
        return f"response {self.pk}"


class HeldResponse(models.Model):
    """Answers of an anonymous campaign that wait until at least five can be released at once.

    `sealed` holds the answers and their place in the order of coming, padded, so that neither can be read here; all
    of a campaign are sealed anew in another order whenever one is added.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="held")
    sealed = models.BinaryField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"held response {self.pk}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, actor: Actor) -> AnswerQuerySet:
        """The answers of the responses the actor sees."""
        return self.filter(response__in=Response.objects.visible_to(actor))


class Answer(models.Model):
    """One datum of a response; an answer of several options, rows or places is several of them.

    `question` and `item` are keys of the version's content: `item` is the chosen option or the row of a matrix.
    `number` is a scale, a number, yes (1) or no (0), the column of a matrix or the place in a ranking, from 1.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    item = models.CharField(max_length=20, blank=True, default="")
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.TextField(blank=True, default="")
    chosen = models.ForeignKey(Enrolment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("response", "question", "item"),
                condition=Q(chosen=None),
                name="one_answer_per_question_and_item",
            ),
            models.UniqueConstraint(
                fields=("response", "question", "chosen"),
                condition=Q(chosen__isnull=False),
                name="one_answer_per_question_and_person",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"
