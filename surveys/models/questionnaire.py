"""Questionnaires and their versions: what is asked, as data that a school edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Role, School, User
from core.states import Moves
from participants.models import MentoringForm, Side

if TYPE_CHECKING:
    from core.actors import Actor

SURVEY_KEEPERS = frozenset({Role.CURATOR, Role.PSYCHOLOGIST})
"""Those who write questionnaires, ask, and read the answers that bear a name."""
SURVEY_READERS = SURVEY_KEEPERS | {Role.ADMINISTRATOR}
"""Those who see what was asked and what came out on the whole."""


class QuestionnaireKind(models.TextChoices):
    """What a questionnaire is for in the method (domain reference, questionnaires and monitoring)."""

    REQUEST = "request", _("first request survey")
    ENTRY = "entry", pgettext_lazy("questionnaire", "at the entry")
    EXIT = "exit", pgettext_lazy("questionnaire", "at the exit")
    PREFERENCE = "preference", _("preferences after the group meeting")
    INTERIM = "interim", _("interim feedback")
    SATISFACTION = "satisfaction", _("satisfaction")
    CHECKLIST = "checklist", _("scored checklist of the curator")
    SWOT = "swot", _("SWOT analysis")
    OWN = "own", _("the school's own")


class Answerer(models.TextChoices):
    """Who answers."""

    MENTEE = Side.MENTEE.value, _("mentees")
    MENTOR = Side.MENTOR.value, _("mentors")
    STAFF = "staff", _("staff of the school")


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, actor: Actor) -> QuestionnaireQuerySet:
        """Those of their school, for those who see what is asked."""
        return self.filter(school_id=actor.school_id) if actor.role in SURVEY_READERS else self.none()


class Questionnaire(models.Model):
    """What a school asks, over the years; what stands in it are its versions.

    `key` is the standard questionnaire it was made from, empty for the school's own. `form` is the form it is worded
    for, none for all. `source` says where the wording is from and `is_verified` whether it was compared with it.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="questionnaires")
    key = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(_("title of the questionnaire"), max_length=200)
    kind = models.CharField(_("what it is for"), max_length=12, choices=QuestionnaireKind.choices)
    answerer = models.CharField(_("who answers"), max_length=6, choices=Answerer.choices)
    form = models.ForeignKey(
        MentoringForm,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("form of mentoring"),
    )
    source = models.CharField(_("source of the wording"), max_length=300, blank=True, default="")
    is_verified = models.BooleanField(_("the wording was compared with the source"), default=False)
    is_used = models.BooleanField(_("the school uses this questionnaire"), default=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("school", "title"), name="one_questionnaire_per_school_and_title"),
            models.UniqueConstraint(
                fields=("school", "key"), condition=~Q(key=""), name="one_questionnaire_per_school_and_key"
            ),
            models.CheckConstraint(condition=Q(kind__in=QuestionnaireKind.values), name="questionnaire_kind_is_known"),
            models.CheckConstraint(condition=Q(answerer__in=Answerer.values), name="answerer_is_known"),
        )

    def __str__(self) -> str:
        return f"questionnaire {self.pk}"


class VersionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("questionnaire", "draft")
    PUBLISHED = "published", pgettext_lazy("questionnaire", "in use")


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    def visible_to(self, actor: Actor) -> QuestionnaireVersionQuerySet:
        """The versions of the questionnaires the actor sees."""
        return self.filter(questionnaire__in=Questionnaire.objects.visible_to(actor))


class QuestionnaireVersion(models.Model):
    """What a questionnaire asks; once in use it does not change, and answers stay with it.

    `content` is the outline of `surveys.content`; `revision` grows with every edit of a draft.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionnaireVersionQuerySet.as_manager()

    MOVES: Moves = {VersionState.DRAFT: frozenset({VersionState.PUBLISHED}), VersionState.PUBLISHED: frozenset()}

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("questionnaire", "number"), name="one_version_per_questionnaire_and_number"
            ),
            models.UniqueConstraint(
                fields=("questionnaire",), condition=Q(state=VersionState.DRAFT), name="one_draft_per_questionnaire"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at=None)
                | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="a_version_is_in_use_from_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number} of questionnaire {self.questionnaire_id}"
