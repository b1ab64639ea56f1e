"""Closing a stage, opening it again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm

LONGEST = 1000


class CloseForm(PlainForm, forms.Form):
    """Why a stage is closed although something is lacking."""

    reason = forms.CharField(
        label=_("Why the stage is closed all the same"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stands here and goes into the report with what was lacking."),
    )


class ReopenForm(PlainForm, forms.Form):
    """Why a closed stage is opened again."""

    reason = forms.CharField(
        label=_("Why the stage is opened again"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
