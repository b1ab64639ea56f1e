"""What whoever signs fills in: the proof, the photos, why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ManyFilesField, ManyFilesInput, PlainForm

DAY_FORMATS = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d")
"""As people write a day by hand, with a phone's row of digits as well."""


class ProofForm(PlainForm, forms.Form):
    """The birth date of the child, or one's own: typed, for in a calendar it takes a hundred taps."""

    birth_date = forms.DateField(
        label=_("Birth date"),
        input_formats=DAY_FORMATS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "placeholder": "09.11.2013"}),
        error_messages={
            "required": _("Type the birth date: day, month, year."),
            "invalid": _("Type the day, the month and the year, like 09.11.2013."),
        },
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].label = _("Your birth date") if is_own else _("The child's birth date")

    @property
    def day(self) -> date:
        """The day, after a valid form."""
        found: date = self.cleaned_data["birth_date"]
        return found


class PagesForm(PlainForm, forms.Form):
    """The photos or scans of the signed form."""

    pages = ManyFilesField(
        label=_("Photos of the signed sheets"),
        allow_empty_file=True,
        required=False,
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("JPEG, HEIC, PNG or PDF, up to 20 MB. Only the curator of the programme will see the photos."),
    )


class DeclineForm(PlainForm, forms.Form):
    """Why not, if one likes to say."""

    reason = forms.CharField(
        label=_("Why, if you like to say"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
