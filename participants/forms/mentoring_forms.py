"""A form of mentoring with its role models."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import FormModel, PersonKind

KINDS = [("", _("anyone")), *PersonKind.choices]


class MentoringFormForm(PlainForm, forms.Form):
    """The school's own wording; an empty kind lets anyone take that side."""

    name = forms.CharField(label=_("Name of the form"), max_length=200)
    model = forms.ChoiceField(label=_("Model"), choices=FormModel.choices)
    mentor_kind = forms.ChoiceField(label=_("Mentors are"), required=False, choices=KINDS)
    mentee_kind = forms.ChoiceField(label=_("Mentees are"), required=False, choices=KINDS)
    is_of_employees = forms.BooleanField(
        label=_("The mentee is an employee of the school"),
        required=False,
        help_text=_("Then a mentor who is an employee too signs a separate consent (Labour Code, article 351.8)."),
    )
    is_used = forms.BooleanField(
        label=_("The school uses this form"),
        required=False,
        help_text=_("A form that is switched off is offered to nobody; those who take part in it stay in it."),
    )
    role_models = forms.CharField(
        label=_("Role models, each on a line of its own"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 7}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Div("name", "model", css_class="form-two"),
            Div("mentor_kind", "mentee_kind", css_class="form-two"),
            "is_of_employees",
            "role_models",
            "is_used",
        )
        return helper

    @property
    def columns(self) -> dict[str, Any]:
        """What `save_form` takes, after a valid form."""
        return self.cleaned_data | {"role_models": self.cleaned_data["role_models"].splitlines()}

    def clean_role_models(self) -> str:
        lines: str = self.cleaned_data["role_models"]
        if any(len(line.strip()) > 300 for line in lines.splitlines()):
            raise forms.ValidationError(_("A role model has at most 300 characters."))
        return lines
