"""Beginning a programme from a template: which one, and in which month."""

from __future__ import annotations

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from roadmap.blueprints import templates
from roadmap.cycles import FIRST_MONTH

MONTHS_BACK, MONTHS_ON = 12, 24
"""The first months that are offered, counted from today."""


class TemplateForm(PlainForm, forms.Form):
    """One of the templates, whole as the label of its choice, and the first month of the programme."""

    template = forms.ChoiceField(
        label=_("Template"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose a template first."),
            "invalid_choice": _("There is no such template. Choose one of the list."),
        },
    )
    starts_on = forms.TypedChoiceField(
        label=_("First month of the programme"),
        help_text=_("The terms of the activities follow this month; the year ends when it always ends."),
        coerce=date.fromisoformat,
        error_messages={
            "required": _("Choose the month in which the programme begins."),
            "invalid_choice": _("Choose the month in which the programme begins."),
        },
    )

    def __init__(self, *arguments: object, today: date, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        template, starts_on = self.fields["template"], self.fields["starts_on"]
        assert isinstance(template, forms.ChoiceField)
        assert isinstance(starts_on, forms.ChoiceField)
        template.choices = [(found.key, found) for found in templates()]
        months = [_month(today, count) for count in range(-MONTHS_BACK, MONTHS_ON + 1)]
        starts_on.choices = [(month.isoformat(), date_format(month, "F Y")) for month in months]
        starts_on.initial = usual_start(today).isoformat()

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Field("template", template="roadmap/blueprint_choice.html"), "starts_on")
        return helper


class StartForm(TemplateForm):
    """The first month alone, on the page of a template."""

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("starts_on")
        return helper


def usual_start(today: date) -> date:
    """This month from September on; before it the September to come."""
    return date(today.year, max(today.month, FIRST_MONTH), 1)


def _month(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
