"""An uploaded roadmap while the curator looks it over: nothing of it is a programme yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, School, StoredFile, User
from roadmap.models.programme import Programme

if TYPE_CHECKING:
    from core.actors import Actor


class DraftOrigin(models.TextChoices):
    """What a draft was laid out from."""

    FILE = "file", _("a file")
    TEMPLATE = "template", _("a template")
    PREVIOUS = "previous", _("the programme of last year")


class DraftQuerySet(models.QuerySet["Draft"]):
    def open(self) -> DraftQuerySet:
        """Drafts that have not become a programme."""
        return self.filter(programme=None)

    def visible_to(self, actor: Actor) -> DraftQuerySet:
        """The drafts of the school, for its curators."""
        return self.filter(school_id=actor.school_id) if actor.role == Role.CURATOR else self.none()


class Draft(models.Model):
    """The outline read from a file, taken from the library or from last year, with what the curator typed over it.

    `outline` is what `outline_to_draft` gives, `entered` the form fields as last typed, `settled` the
    warnings the curator has put aside, `lines` the source text. `template` is the key of one in the library,
    `previous` the programme of last year. `programme` is set once it was made.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=10, choices=DraftOrigin.choices, default=DraftOrigin.FILE)
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    template = models.CharField(max_length=40, blank=True)
    previous = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    outline = models.JSONField()
    entered = models.JSONField(default=dict)
    settled = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(origin=DraftOrigin.FILE, source__isnull=False, template="", previous=None)
                | (Q(origin=DraftOrigin.TEMPLATE, source=None, previous=None) & ~Q(template=""))
                | Q(origin=DraftOrigin.PREVIOUS, source=None, template="", previous__isnull=False),
                name="draft_has_what_its_origin_says",
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"
