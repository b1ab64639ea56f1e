"""Campaigns: a questionnaire asked of certain people in a certain time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.actors import ActorKind
from core.models import Membership, Role, User
from core.states import Moves
from participants.models import Enrolment, Person
from roadmap.models import Cycle, Window
from surveys.models.questionnaire import SURVEY_READERS, QuestionnaireVersion

if TYPE_CHECKING:
    from core.actors import Actor


def usual_reminders() -> list[int]:
    """Days after the asking on which whoever has not answered is reminded."""
    return [3, 6]


class Wave(models.TextChoices):
    """Which of the measurements of a year a campaign is."""

    NONE = "", _("no measurement")
    ENTRY = "entry", _("before: at the entry")
    MIDDLE = "middle", _("in the middle of the year")
    EXIT = "exit", _("after: at the exit")


class CampaignState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "being prepared")
    PLANNED = "planned", pgettext_lazy("campaign", "opens by itself")
    OPEN = "open", pgettext_lazy("campaign", "open for answers")
    CLOSED = "closed", pgettext_lazy("campaign", "closed")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: Actor) -> CampaignQuerySet:
        """Those of their school for those who see what is asked."""
        if actor.role in SURVEY_READERS:
            return self.filter(cycle__programme__school_id=actor.school_id)
        return self.none()


class Campaign(models.Model):
    """One asking: a version of a questionnaire, its audience and its days.

    `audience` is `{"sides": [...], "forms": [keys], "classes": [...], "states": [...], "roles": [...]}`, an empty list
    binding nothing. With a `window` the days are those of the activity and follow it. In an anonymous campaign it is
    known who has answered and not what. `remind_after` are days after the asking.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="campaigns")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("name of the survey"), max_length=200)
    wave = models.CharField(_("measurement"), max_length=6, choices=Wave.choices, blank=True, default="")
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    audience = models.JSONField(default=dict)
    window = models.ForeignKey(Window, on_delete=models.SET_NULL, null=True, blank=True, related_name="campaigns")
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day for answers"))
    remind_after = models.JSONField(
        _("days after which those who have not answered are reminded"), default=usual_reminders
    )
    state = models.CharField(max_length=7, choices=CampaignState.choices, default=CampaignState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CampaignQuerySet.as_manager()

    MOVES: Moves = {
        CampaignState.DRAFT: frozenset({CampaignState.PLANNED, CampaignState.OPEN}),
        CampaignState.PLANNED: frozenset({CampaignState.DRAFT, CampaignState.OPEN}),
        CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
        CampaignState.CLOSED: frozenset({CampaignState.OPEN}),
    }
    """A campaign that was closed is opened again by the service only while it bears names."""

    class Meta:
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(wave__in=Wave.values), name="wave_is_known"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_campaign_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(state__in=(CampaignState.DRAFT, CampaignState.PLANNED), opened_at=None, closed_at=None)
                | Q(state=CampaignState.OPEN, opened_at__isnull=False, closed_at=None)
                | Q(state=CampaignState.CLOSED, opened_at__isnull=False, closed_at__isnull=False),
                name="a_campaign_opens_and_closes_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class RespondentQuerySet(models.QuerySet["Respondent"]):
    def visible_to(self, actor: Actor) -> RespondentQuerySet:
        """All of their school for those who see what is asked, a class teacher those in his charge; everyone himself."""
        own = Q(membership__user_id=actor.user_id) | Q(enrolment__person__user_id=actor.user_id)
        here = self.filter(campaign__cycle__programme__school_id=actor.school_id)
        if actor.role in SURVEY_READERS:
            return here
        if actor.kind is ActorKind.LINK:
            return self.filter(pk=actor.link_key("respondent"))
        if actor.role == Role.CLASS_TEACHER:
            return here.filter(own | Q(enrolment__person__in=Person.objects.visible_to(actor)))
        return here.filter(own)

    def asked(self) -> RespondentQuerySet:
        """Those of whom an answer is wanted or was given: neither excused nor stopped by a withdrawn consent."""
        return self.filter(stopped_at=None, is_excused=False)


class Respondent(models.Model):
    """Someone who is asked in a campaign: a part of a cycle, or a member of the staff.

    Of an anonymous campaign it is only known that he `has_answered`; no moment is kept. `letter_hash` and `slip_hash`
    are digests of the tokens of the personal link, `code_hash` of the one-time code for the link of the class.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="respondents")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, null=True, blank=True, related_name="respondents"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="respondents"
    )
    has_answered = models.BooleanField(default=False)
    is_excused = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True, blank=True)
    letter_hash = models.CharField(max_length=64, blank=True, default="")
    slip_hash = models.CharField(max_length=64, blank=True, default="")
    code_hash = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, membership=None) | Q(enrolment=None, membership__isnull=False),
                name="a_respondent_takes_part_or_works_here",
            ),
            models.UniqueConstraint(fields=("campaign", "enrolment"), name="one_respondent_per_campaign_and_enrolment"),
            models.UniqueConstraint(
                fields=("campaign", "membership"), name="one_respondent_per_campaign_and_membership"
            ),
            *(
                models.UniqueConstraint(
                    fields=(field,), condition=~Q(**{field: ""}), name=f"one_respondent_per_{field}"
                )
                for field in ("letter_hash", "slip_hash")
            ),
            models.UniqueConstraint(
                fields=("campaign", "code_hash"),
                condition=~Q(code_hash=""),
                name="one_respondent_per_campaign_and_code",
            ),
        )

    def __str__(self) -> str:
        return f"respondent {self.pk}"


class ClassDoorQuerySet(models.QuerySet["ClassDoor"]):
    def visible_to(self, actor: Actor) -> ClassDoorQuerySet:
        """The doors of the campaigns the actor sees."""
        return self.filter(campaign__in=Campaign.objects.visible_to(actor))


class ClassDoor(models.Model):
    """One link for a class; whoever comes by it says his one-time code. Too many wrong codes close it for a while."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="doors")
    class_name = models.CharField(_("class"), max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ClassDoorQuerySet.as_manager()

    class Meta:
        ordering = ("class_name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "class_name"), name="one_door_per_campaign_and_class"),
        )

    def __str__(self) -> str:
        return f"door of a class {self.pk}"
