"""The photos of a signed form that wait on the server until whoever signs sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.actors import ActorKind
from core.models import StoredFile
from participants.models.consent import Consent

if TYPE_CHECKING:
    from core.actors import Actor


class DraftPageQuerySet(models.QuerySet["DraftPage"]):
    def visible_to(self, actor: Actor) -> DraftPageQuerySet:
        """Those of whoever signs, and of nobody else: what is not sent yet is no business of the school."""
        if actor.kind is ActorKind.LINK:
            return self.filter(consent__in=Consent.objects.visible_to(actor))
        own = Q(consent__guardian__user=actor.user_id) | Q(consent__guardian=None, consent__person__user=actor.user_id)
        return self.filter(own, consent__person__school=actor.school_id)


class DraftPage(models.Model):
    """One page that was taken in and not sent yet, re-encoded as a picture; found again by the link on any device.

    `is_known` where the form's own code was read on it. `is_final` where whoever signs has sent it, and only the
    antivirus is waited for.
    """

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="draft_pages")
    place = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_known = models.BooleanField(default=False)
    is_final = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = DraftPageQuerySet.as_manager()

    class Meta:
        ordering = ("consent", "place")
        constraints = (models.UniqueConstraint(fields=("consent", "place"), name="one_draft_page_per_place"),)

    def __str__(self) -> str:
        return f"draft page {self.place} of consent {self.consent_id}"
