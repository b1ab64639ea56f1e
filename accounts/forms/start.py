"""The code from the console."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm


class StartCodeForm(PlainForm, forms.Form):
    """Twelve signs, with or without dashes."""

    code = forms.CharField(
        label=_("Code from the console"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "autofocus": True}),
    )
