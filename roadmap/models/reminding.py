"""What a person wants to be reminded of, and the secret addresses of calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import School, User
from roadmap.models.activity import Activity
from roadmap.models.programme import Programme

if TYPE_CHECKING:
    from core.actors import Actor


class About(models.TextChoices):
    """How much the letter of the day tells a person."""

    EVERYTHING = "everything", _("everything that is mine to see done")
    NAMED = "named", _("only what names me in person")
    LATE = "late", _("only what is overdue")
    NOTHING = "nothing", _("no letters at all")


class ReminderChoiceQuerySet(models.QuerySet["ReminderChoice"]):
    def visible_to(self, actor: Actor) -> ReminderChoiceQuerySet:
        """Everyone's own."""
        return self.filter(user_id=actor.user_id, school_id=actor.school_id)


class ReminderChoice(models.Model):
    """What one person wants to hear about one school; without a row, everything."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(_("letters tell of"), max_length=12, choices=About.choices, default=About.EVERYTHING)

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "school"), name="one_reminder_choice_per_person_and_school"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="about_is_known"),
        )

    def __str__(self) -> str:
        return f"reminder choice {self.pk}"


class QuietQuerySet(models.QuerySet["Quiet"]):
    def visible_to(self, actor: Actor) -> QuietQuerySet:
        """Everyone's own."""
        return self.filter(user_id=actor.user_id, activity__stage__programme__school_id=actor.school_id)


class Quiet(models.Model):
    """A person who does not want to hear of an activity before `until`; None: never again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(_("remind again from"), null=True, blank=True)

    objects = QuietQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "activity"), name="one_quiet_per_person_and_activity"),)

    def __str__(self) -> str:
        return f"quiet {self.pk}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, actor: Actor) -> CalendarFeedQuerySet:
        """Everyone's own."""
        return self.filter(user_id=actor.user_id, school_id=actor.school_id)


class CalendarFeed(models.Model):
    """A secret address of a person's calendar in one school: of a programme, or of what is his to see done.

    Only the SHA-256 of the address is kept; a renewed address takes the place of the old one.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "school"), condition=Q(programme=None), name="one_own_calendar_per_person_and_school"
            ),
            models.UniqueConstraint(
                fields=("user", "programme"),
                condition=Q(programme__isnull=False),
                name="one_calendar_per_person_and_programme",
            ),
        )

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
