"""The list of areas of help, all of it in one form; and the merging of two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import Area
from participants.services.areas import AreaLine

NEW = ("new1", "new2", "new3")
"""The lines at the end in which areas are added."""


class Row(NamedTuple):
    """The three fields of one line; `area` is None for a new one."""

    area: Area | None
    place: BoundField
    name: BoundField
    is_used: BoundField


class AreaListForm(PlainForm, forms.Form):
    """A number, a name and a tick for each area; the numbers give the order, the one typed last going before its equal."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lines: Iterable[Area]) -> None:
        super().__init__(data)
        self.lines = {str(area.pk): area for area in lines}
        for number, (key, area) in enumerate(self.lines.items(), start=1):
            self._add(key, number, area.name, is_used=area.is_used)
        for number, key in enumerate(NEW, start=len(self.lines) + 1):
            self._add(key, number, "", is_used=True)

    def _add(self, key: str, number: int, name: str, *, is_used: bool) -> None:
        self.fields[f"place_{key}"] = forms.IntegerField(
            label=_("Place in the list"),
            initial=number,
            min_value=1,
            max_value=999,
            widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
        )
        self.fields[f"name_{key}"] = forms.CharField(
            label=_("Name of the area"),
            initial=name,
            max_length=120,
            required=key not in NEW,
            widget=forms.TextInput({"class": "form-control"}),
        )
        self.fields[f"used_{key}"] = forms.BooleanField(
            label=_("In use"),
            initial=is_used,
            required=False,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )

    def rows(self) -> Iterator[Row]:
        """The lines of the page, those for new areas last."""
        for key in (*self.lines, *NEW):
            yield Row(self.lines.get(key), self[f"place_{key}"], self[f"name_{key}"], self[f"used_{key}"])

    @property
    def areas(self) -> list[AreaLine]:
        """The lines in their new order, after a valid form; new ones without a name are left out."""
        given = self.cleaned_data
        keys = [key for key in (*self.lines, *NEW) if given[f"name_{key}"].strip()]
        old = {key: number for number, key in enumerate((*self.lines, *NEW), start=1)}
        keys.sort(key=lambda key: (given[f"place_{key}"], self._rank(given[f"place_{key}"], old[key])))
        return [
            AreaLine(int(key) if key in self.lines else None, given[f"name_{key}"], given[f"used_{key}"])
            for key in keys
        ]

    @staticmethod
    def _rank(place: int, before: int) -> int:
        """An area that moves up goes before the one that has this place, one that moves down goes behind it."""
        return (place > before) - (place < before)


class MergeForm(PlainForm, forms.Form):
    """Into which area another one goes."""

    into = forms.ChoiceField(label=_("Put it into"))

    def __init__(self, *args: Any, others: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("choose an area")), *((str(row.pk), row.name) for row in others)]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("into")
        return helper
