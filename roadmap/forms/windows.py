"""One window: when it was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, ManyFilesField, ManyFilesInput, PlainForm


def _files(label: Any, *, is_required: bool) -> ManyFilesField:
    return ManyFilesField(
        label=label,
        required=is_required,
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Choose the files first.")},
        help_text=_("PDF, JPEG, PNG or HEIC, up to 20 MB a file; up to 12 pages at once, 10 files in all."),
    )


class FilesForm(PlainForm, forms.Form):
    """Files that prove what is done already."""

    proofs = _files(_("Files that prove it"), is_required=True)

    @property
    def chosen(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each file, after a valid form."""
        return ((file.name or "", file.read()) for file in self.cleaned_data["proofs"])

    def tell_of_files(self) -> None:
        """Browsers forget the files of a form that was refused."""
        if "proofs" in self.files:
            self.add_error("proofs", _("The files were not kept: choose them once more."))


class DoneForm(FilesForm):
    """When an activity was done, what is worth noting, what proves it."""

    done_on = forms.DateField(label=_("Done on the day"), widget=DayInput({"autofocus": ""}))
    note = forms.CharField(
        label=_("Note, if there is something to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proofs = _files(_("Files that prove it, if there are any"), is_required=False)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("done_on", "note", css_class="fields-done"), "proofs")
        return helper
