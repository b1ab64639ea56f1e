"""One window: when it was done, when it is to happen."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm


class DoneForm(PlainForm, forms.Form):
    """When an activity was done, and what is worth noting."""

    done_on = forms.DateField(label=_("Done on the day"), widget=DayInput({"autofocus": ""}))
    note = forms.CharField(
        label=_("Note, if there is something to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("done_on", "note", css_class="fields-done"))
        return helper


class DaysForm(PlainForm, forms.Form):
    """The days of an activity whose term names none."""

    starts_on = forms.DateField(label=_("First day of the activity"), widget=DayInput({"autofocus": ""}))
    ends_on = forms.DateField(label=_("Last day of the activity"), widget=DayInput())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("starts_on", "ends_on", css_class="fields-2"))
        return helper
