"""How those who have not answered are searched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm


class UnansweredForm(PlainForm, forms.Form):
    """By name and by class."""

    q = forms.CharField(
        label=_("Name or class"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control", "type": "search"}),
    )
    class_name = forms.ChoiceField(
        label=_("Class of the pupil"), required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("every class")), *((name, name) for name in classes)]
        self.fields["class_name"].choices = choices  # type: ignore[attr-defined]
