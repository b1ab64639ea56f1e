"""What people agree to: the purposes of consents, the documents of each, and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import School, User
from participants.models.person import REGISTER_READERS

if TYPE_CHECKING:
    from core.actors import Actor


class ConsentPurpose(models.TextChoices):
    """One purpose, one paper (152-FZ art. 9; since 1 September 2025 apart from any other paper)."""

    PROCESSING = "processing", _("processing of a mentee's data")
    MENTOR = "mentor", _("processing of a mentor's data")
    DISSEMINATION = "publish", _("publication (152-FZ art. 10.1)")
    LABOUR = "labour", _("mentoring an employee (Labour Code 351.8)")


DATA_PURPOSES = (ConsentPurpose.PROCESSING, ConsentPurpose.MENTOR)
"""Either lets the school keep a person's contacts and ask him things; each covers its own side of the programme."""


class ConsentKind(models.TextChoices):
    """The separate documents: the purpose, and for the data of a mentee who signs."""

    ADULT = "adult", _("consent of an adult mentee")
    GUARDIAN = "guardian", _("consent of a guardian of a mentee under age")
    MENTOR = "mentor", _("consent of a mentor")
    DISSEMINATION = "publish", _("consent to publication")
    LABOUR = "labour", _("consent of an employee to mentor")


def kind_of_consent(purpose: str, *, is_by_guardian: bool) -> ConsentKind:
    """The document by which a consent for this purpose is given."""
    if purpose == ConsentPurpose.PROCESSING:
        return ConsentKind.GUARDIAN if is_by_guardian else ConsentKind.ADULT
    return ConsentKind(purpose)


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def visible_to(self, actor: Actor) -> ConsentTextQuerySet:
        """The texts of their school, for those who keep the register."""
        return self.filter(school_id=actor.school_id) if actor.role in REGISTER_READERS else self.none()


class ConsentText(models.Model):
    """One version of what people of a school agree to; a changed text is a new version, never an edit.

    Item numbers are those of 152-FZ art. 9 (4). For `LABOUR` `purpose_text` is the work, `actions_text` its form
    and pay, and `data_text` and `processor_text` are empty. For `DISSEMINATION` `data_text` is empty too: each datum
    is chosen by itself, see `PublishedItem`, and `actions_text` are the conditions of passing on.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="consent_texts")
    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField()
    purpose_text = models.TextField(_("what for (item 4)"))
    data_text = models.TextField(_("which data (item 5)"), blank=True, default="")
    processor_text = models.TextField(_("who processes on the school's behalf (item 6)"), blank=True, default="")
    actions_text = models.TextField(_("actions and ways (item 7)"))
    term_text = models.TextField(_("term (item 8)"))
    withdrawal_text = models.TextField(_("how it is withdrawn (item 8)"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "kind", "version"), name="one_consent_text_per_school_kind_and_version"
            ),
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="text_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"consent text {self.kind} {self.version} of school {self.school_id}"
