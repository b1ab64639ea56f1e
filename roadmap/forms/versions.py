"""The approval of a programme."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm


class VersionForm(PlainForm, forms.Form):
    """When and by which paper the programme was approved; `seen` is the revision that was read."""

    ground = forms.CharField(
        label=_("Paper the approval rests on"),
        required=False,
        max_length=300,
        help_text=_("For example: order of 31.08.2026 No. 137"),
    )
    approved_on = forms.DateField(label=_("Approved on the day"), widget=DayInput())
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("ground", "approved_on", css_class="form-two"), "seen")
        return helper
