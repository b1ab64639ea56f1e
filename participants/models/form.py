"""Forms of mentoring and the role models within them: reference data that a school may edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import School
from participants.models.person import PersonKind

if TYPE_CHECKING:
    from core.actors import Actor


class FormModel(models.TextChoices):
    """The model a form belongs to (Methodology R-145; letter АЗ-1128/08 of 21.12.2021)."""

    STUDENT = "student", _("student model")
    TEACHER = "teacher", _("teacher model")


class MentoringFormQuerySet(models.QuerySet["MentoringForm"]):
    def visible_to(self, actor: Actor) -> MentoringFormQuerySet:
        """The forms of the actor's school: their names say nothing of anybody."""
        return self.filter(school_id=actor.school_id)


class MentoringForm(models.Model):
    """A form of mentoring as the school names it, «ученик – ученик»; `source` says where the wording is from."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="forms")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name of the form"), max_length=200)
    model = models.CharField(_("model"), max_length=10, choices=FormModel.choices)
    mentor_kind = models.CharField(_("mentors are"), max_length=10, choices=PersonKind.choices, blank=True, default="")
    mentee_kind = models.CharField(_("mentees are"), max_length=10, choices=PersonKind.choices, blank=True, default="")
    is_of_employees = models.BooleanField(_("the mentee is an employee of the school"), default=False)
    is_used = models.BooleanField(_("the school uses this form"), default=True)
    source = models.CharField(_("source of the wording"), max_length=300, blank=True, default="")

    objects = MentoringFormQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("school", "name"), name="one_form_per_school_and_name"),
            models.CheckConstraint(condition=Q(model__in=FormModel.values), name="form_model_is_known"),
            models.CheckConstraint(
                condition=Q(mentor_kind__in=["", *PersonKind.values], mentee_kind__in=["", *PersonKind.values]),
                name="kinds_of_a_form_are_known",
            ),
        )

    def __str__(self) -> str:
        return f"form {self.pk}"


class RoleModelQuerySet(models.QuerySet["RoleModel"]):
    def visible_to(self, actor: Actor) -> RoleModelQuerySet:
        """The role models of the forms the actor sees."""
        return self.filter(form__in=MentoringForm.objects.visible_to(actor))


class RoleModel(models.Model):
    """A role model within a form, «успевающий – неуспевающий»."""

    form = models.ForeignKey(MentoringForm, on_delete=models.CASCADE, related_name="role_models")
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("role model"), max_length=300)

    objects = RoleModelQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=("form", "name"), name="one_role_model_per_form_and_name"),)

    def __str__(self) -> str:
        return f"role model {self.pk}"
