"""Which of two values stays where two rows of one person become one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext

from core.forms import PlainForm
from participants.register.merging import Column

KEPT, GONE = "kept", "gone"
MOST = 2**63 - 1


class MergeForm(PlainForm, forms.Form):
    """One choice for each column in which the two differ; `seen` says what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Iterable[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [column for column in columns if not column.is_alike]
        for column in self.offered:
            empty = gettext("nothing is written")
            choices = [(KEPT, column.kept or empty), (GONE, column.gone or empty)]
            self.fields[column.name] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                initial=KEPT if column.kept else GONE,
                widget=forms.RadioSelect,
            )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("seen", *(column.name for column in self.offered))
        return helper

    @property
    def taken(self) -> dict[str, bool]:
        """Whether the value of the row that goes is taken, by column; after a valid form."""
        return {column.name: self.cleaned_data[column.name] == GONE for column in self.offered}


class WithForm(forms.Form):
    """The other of two people, by the key."""

    other = forms.IntegerField(min_value=1, max_value=MOST)


class ApartForm(WithForm):
    """Two people who are not one."""

    one = forms.IntegerField(min_value=1, max_value=MOST)
