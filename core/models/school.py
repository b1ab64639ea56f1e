"""A school, its calendar, and who is what in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import KeyField
from core.russian import search_key, sort_key

if TYPE_CHECKING:
    from core.actors import Actor

RUSSIAN_ZONES = (
    ("Europe/Kaliningrad", _("Kaliningrad, UTC+2")),
    ("Europe/Moscow", _("Moscow, UTC+3")),
    ("Europe/Samara", _("Samara, UTC+4")),
    ("Asia/Yekaterinburg", _("Yekaterinburg, UTC+5")),
    ("Asia/Omsk", _("Omsk, UTC+6")),
    ("Asia/Krasnoyarsk", _("Krasnoyarsk, UTC+7")),
    ("Asia/Irkutsk", _("Irkutsk, UTC+8")),
    ("Asia/Yakutsk", _("Yakutsk, UTC+9")),
    ("Asia/Vladivostok", _("Vladivostok, UTC+10")),
    ("Asia/Magadan", _("Magadan, UTC+11")),
    ("Asia/Kamchatka", _("Kamchatka, UTC+12")),
)


class Role(models.TextChoices):
    """What a person is in a school; `product.md` says what each comes for."""

    CURATOR = "curator", _("curator")
    ADMINISTRATOR = "administrator", _("administrator")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    CLASS_TEACHER = "class_teacher", _("class teacher")
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")
    GUARDIAN = "guardian", _("parent")
    OBSERVER = "observer", _("observer")


DEVICE_ROLES = frozenset({Role.MENTOR, Role.MENTEE, Role.GUARDIAN})
"""Roles that open only a person's own pages and may stay logged in on a phone."""


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, actor: Actor) -> SchoolQuerySet:
        """The actor's own school; every school for the installation's administrator."""
        if actor.is_installation_admin:
            return self
        return self.filter(pk=actor.school_id)


class School(models.Model):
    """An educational organisation with the requisites its papers carry."""

    name = models.CharField(_("name as in the charter"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=120)
    founder = models.CharField(_("founder"), max_length=300, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    ogrn = models.CharField(_("OGRN"), max_length=15, blank=True)
    head_post = models.CharField(_("post of the head"), max_length=100, default="Директор")
    head_name = models.CharField(_("name of the head"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, choices=RUSSIAN_ZONES, default="Europe/Moscow")
    site = models.URLField(_("site address"), blank=True)
    search_key = KeyField(of=("short_name", "name", "place"), by=search_key)
    sort_key = KeyField(of=("short_name",), by=sort_key)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.short_name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class PeriodKind(models.TextChoices):
    """A stretch of the school's own calendar."""

    TERM = "term", _("school term")
    HOLIDAY = "holiday", _("school holiday")


class SchoolPeriodQuerySet(models.QuerySet["SchoolPeriod"]):
    def visible_to(self, actor: Actor) -> SchoolPeriodQuerySet:
        """The calendar of the actor's school."""
        return self.filter(school_id=actor.school_id)


class SchoolPeriod(models.Model):
    """A term or a holiday in a school's calendar; both days belong to it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=10, choices=PeriodKind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = SchoolPeriodQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="school_period_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(kind__in=PeriodKind.values), name="school_period_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.starts_on}–{self.ends_on}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        """Staff see the people of their school, everyone sees his own roles."""
        if actor.role in {Role.CURATOR, Role.ADMINISTRATOR}:
            return self.filter(school_id=actor.school_id)
        return self.filter(user_id=actor.user_id)


class Membership(models.Model):
    """One role of one person in one school; it is ended, never deleted."""

    user = models.ForeignKey("core.User", on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    post = models.CharField(_("post"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("school", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "school", "role"),
                condition=Q(ended_at=None),
                name="one_active_membership_per_user_school_role",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.user_id} of school {self.school_id}"
