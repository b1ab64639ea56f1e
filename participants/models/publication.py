"""Consent to publication: what may be shown, where, and on which conditions (152-FZ art. 10.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import School
from participants.models.consent import Consent
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class PublicResourceQuerySet(models.QuerySet["PublicResource"]):
    def visible_to(self, actor: Actor) -> PublicResourceQuerySet:
        """Those of their school, for those who keep the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class PublicResource(models.Model):
    """A place where the school publishes, by its full address (order of Roskomnadzor of 24.02.2021 № 18)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="public_resources")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("what it is"), max_length=200)
    url = models.URLField(_("full address"), max_length=300)
    is_used = models.BooleanField(_("the school publishes there"), default=True)

    objects = PublicResourceQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=("school", "url"), name="one_resource_per_school_and_address"),)

    def __str__(self) -> str:
        return f"public resource {self.pk}"


class Datum(models.TextChoices):
    """What may be shown of a person; each is allowed or not by itself."""

    NAME = "name", _("surname, given name, patronymic")
    PLACE = "place", _("class or post")
    PHOTO = "photo", _("photograph")
    VIDEO = "video", _("video")
    ACHIEVEMENTS = "deeds", _("achievements and results in the programme")
    WORDS = "words", _("review, interview, story of the work (case)")


class PublishedItemQuerySet(models.QuerySet["PublishedItem"]):
    def visible_to(self, actor: Actor) -> PublishedItemQuerySet:
        """Those of the consents the actor sees."""
        return self.filter(consent__in=Consent.objects.visible_to(actor))


class PublishedItem(models.Model):
    """One datum on one resource: `is_allowed` is None until the signer's choice is known, which counts as a no."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(PublicResource, on_delete=models.PROTECT, related_name="+")
    datum = models.CharField(max_length=8, choices=Datum.choices)
    is_allowed = models.BooleanField(null=True, blank=True)
    condition = models.CharField(_("condition or prohibition"), max_length=300, blank=True, default="")

    objects = PublishedItemQuerySet.as_manager()

    class Meta:
        ordering = ("resource__place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(datum__in=Datum.values), name="datum_is_known"),
            models.UniqueConstraint(
                fields=("consent", "resource", "datum"), name="one_choice_per_consent_resource_and_datum"
            ),
        )

    def __str__(self) -> str:
        return f"published item {self.pk}"
