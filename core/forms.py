"""The one layout of every form."""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class PlainForm:
    """Mixin of every form: labels above, no form tag of its own, so that a page may hold several parts."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper


class StandingForm(forms.Form):
    """Mixin of a form that changes what stands already: it is not saved over what another has changed meanwhile.

    The page shows `seen_input` beside the fields; `initial` is what stands now.
    """

    @property
    def seen_input(self) -> SafeString:
        """A hidden field by which it is known at saving what the page was opened with."""
        return SafeString(f'<input type="hidden" name="seen" value="{self._standing()}">')

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.data.get("seen", self._standing()) != self._standing():
            changed = _(
                "Someone has changed this while you were writing. Your text is kept: compare it and save again."
            )
            self.add_error(None, changed)
        return given

    def _standing(self) -> str:
        told = sorted((name, str(value)) for name, value in self.initial.items())
        return sha256(json.dumps(told).encode()).hexdigest()[:32]


class DayInput(forms.DateInput):
    """A day by the browser's own calendar; its value is ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PlainSelect(forms.Select):
    """A list to choose from, without groups, made in one go: the usual one renders two templates for each option."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = [
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(str(label))}</option>'
            for key, label in self.choices
        ]
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return SafeString(f"<select{flatatt(given)}>{''.join(options)}</select>")


def labelled_fields(form: forms.Form) -> SafeString:
    """The fields of a filter below their labels, without crispy: it has neither errors nor hints."""
    return SafeString(
        "\n".join(
            [
                f'<div class="mb-3"><label class="form-label" for="{field.id_for_label}">{escape(str(field.label))}</label>'
                f"{field.as_widget()}</div>"
                for field in form
            ]
        )
    )


class ManyFilesInput(forms.FileInput):
    """Takes several files at a time."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """As many files as were chosen; what is in them is looked at elsewhere."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = [super(ManyFilesField, self).clean(one, initial) for one in data or [None]]
        return [file for file in files if file]
