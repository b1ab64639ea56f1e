"""The copies of signed forms that came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from core.models import Role, StoredFile
from participants.models.consent import Consent

if TYPE_CHECKING:
    from core.actors import Actor


class ConsentPageQuerySet(models.QuerySet["ConsentPage"]):
    def visible_to(self, actor: Actor) -> ConsentPageQuerySet:
        """The copies for the curator alone among the staff; whoever sent one sees it."""
        if actor.role == Role.ADMINISTRATOR:
            return self.none()
        return self.filter(consent__in=Consent.objects.visible_to(actor))


class ConsentPage(models.Model):
    """One page of what was sent in, re-encoded as a picture. `is_known` where the form's own code was read on it."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="pages")
    attempt = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_known = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConsentPageQuerySet.as_manager()

    class Meta:
        ordering = ("attempt", "place")
        constraints = (
            models.UniqueConstraint(fields=("consent", "attempt", "place"), name="one_page_per_attempt_and_place"),
        )

    def __str__(self) -> str:
        return f"page {self.place} of consent {self.consent_id}"
