"""What others say of a mentee: the class teacher, the psychologist, the parents (Methodology R-145, activity 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Role, User
from participants.models.enrolment import Enrolment
from participants.models.person import CHARGE_ROLES, Person

if TYPE_CHECKING:
    from core.actors import Actor

CLEARED_ROLES = frozenset({Role.CURATOR, Role.PSYCHOLOGIST})
"""Those who may read a note marked sensitive."""


class NoteSource(models.TextChoices):
    CLASS_TEACHER = "teacher", _("class teacher")
    PSYCHOLOGIST = "psycho", _("psychologist")
    SOCIAL = "social", _("social pedagogue")
    PARENTS = "parents", _("parents")
    OTHER = "other", _("someone else")


class ThirdPartyNoteQuerySet(models.QuerySet["ThirdPartyNote"]):
    def visible_to(self, actor: Actor) -> ThirdPartyNoteQuerySet:
        """The curator sees all of the school; those in charge of a pupil the notes on him, a class teacher no sensitive
        one but his own. The administrator and the person himself see none.
        """
        if actor.role == Role.CURATOR:
            return self.filter(enrolment__person__school_id=actor.school_id)
        if actor.role not in CHARGE_ROLES:
            return self.none()
        rows = self.filter(enrolment__person__in=Person.objects.visible_to(actor))
        if actor.role in CLEARED_ROLES:
            return rows
        return rows.filter(Q(is_sensitive=False) | Q(created_by=actor.user_id))


class ThirdPartyNote(models.Model):
    """One person's word on a mentee's request. Nothing of health or disability belongs here, and the form says so."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    source = models.CharField(_("whose words"), max_length=8, choices=NoteSource.choices)
    text = models.TextField(_("what is said"))
    is_sensitive = models.BooleanField(_("only for the curator and the psychologist"), default=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ThirdPartyNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (models.CheckConstraint(condition=Q(source__in=NoteSource.values), name="note_source_is_known"),)

    def __str__(self) -> str:
        return f"note {self.pk}"
