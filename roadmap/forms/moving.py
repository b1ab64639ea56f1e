"""The days of an activity, and which of those that follow are moved along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm

Along = tuple[int, tuple[date, date]]
"""The key of a window and the days it is to get."""


class MoveForm(PlainForm, forms.Form):
    """When an activity is to happen; `seen` is what the page showed of it before, `words` are for its term."""

    starts_on = forms.DateField(label=_("First day of the activity"), widget=DayInput({"autofocus": ""}))
    ends_on = forms.DateField(label=_("Last day of the activity"), widget=DayInput())
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
    words = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("starts_on", "ends_on", css_class="fields-2"), "seen", "words")
        return helper


def along_value(key: int, days: tuple[date, date]) -> str:
    """What a tick stands for: «7:2026-10-21:2026-10-23»."""
    return ":".join((str(key), *(day.isoformat() for day in days)))


def read_along(values: Iterable[str]) -> list[Along]:
    """What was ticked. Raises ValueError where it is nothing this page has offered."""
    found = []
    for value in values:
        key, first, last = value.split(":")
        found.append((int(key), (date.fromisoformat(first), date.fromisoformat(last))))
    return found
