"""What the curator sends and types while a scanned pile is sorted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.pile.refusals import MOST_BYTES, WORDS


class PileForm(PlainForm, forms.Form):
    """The PDF of the scanner."""

    file = forms.FileField(
        label=_("PDF of the scanned pile"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": WORDS["none"], "empty": WORDS["empty"]},
        help_text=_("One PDF up to 150 MB and 300 pages; 150 dots per inch are enough. The order does not matter."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(str(WORDS["size"]))
        return file


class ChildForm(PlainForm, forms.Form):
    """Whose form is on the picture."""

    q = forms.CharField(
        label=_("Whose form is it? Type the child's name or class"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class ClassForm(PlainForm, forms.Form):
    """The class whose parents get slips."""

    def __init__(self, *args: Any, classes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["class_key"] = forms.ChoiceField(
            label=_("Class, and how many people in it are awaited"), choices=list(classes.items())
        )
