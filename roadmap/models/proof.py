"""Files that prove that an activity was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from core.models import StoredFile
from roadmap.models.activity import Window

if TYPE_CHECKING:
    from core.actors import Actor


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, actor: Actor) -> ProofQuerySet:
        """The proofs of the activities the actor sees."""
        return self.filter(window__in=Window.objects.visible_to(actor))


class Proof(models.Model):
    """One file laid to a window: minutes, a photograph, an order."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="proofs")
    place = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("window", "place"), name="one_proof_per_place"),)

    def __str__(self) -> str:
        return f"proof {self.place} of window {self.window_id}"
