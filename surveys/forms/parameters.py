"""The parameters: one of them, and the order of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from surveys.models import Direction, Parameter
from surveys.services.parameters import ParameterLine


class ParameterForm(PlainForm, forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """What is measured, of whom, on what scale, and which change is good."""

    class Meta:
        model = Parameter
        fields = ("name", "side", "unit", "least", "most", "direction", "is_sensitive", "is_used", "source")
        help_texts = {
            "unit": _("For example «point», «project», «%»."),
            "least": _("Empty where there is none."),
            "most": _(
                "Empty where there is none. A question fills this parameter only if its scale has the same ends."
            ),
            "is_sensitive": _("It is left out of spreadsheets with names unless you ask for it."),
        }
        widgets = {"direction": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["direction"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = Direction.choices
        for name in ("least", "most"):
            if (end := self.initial.get(name)) is not None:
                self.initial[name] = f"{end.normalize():f}"

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "name", "side", "direction", Div("least", "most", "unit", css_class="parameter-scale"),
            "is_sensitive", "is_used", "source",
        )  # fmt: skip
        return helper

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        least, most = given.get("least"), given.get("most")
        if least is not None and most is not None and most <= least:
            self.add_error("most", _("The highest value must be above the lowest."))
        return given

    def validate_unique(self) -> None:
        """The service says it in words of its own."""

    def validate_constraints(self) -> None:
        """What binds several fields is said at the field."""


class Row(NamedTuple):
    """The fields of one line of the list."""

    parameter: Parameter
    place: BoundField
    is_used: BoundField


class ParameterListForm(PlainForm, forms.Form):
    """A number and a tick for each parameter; the numbers give the order, the one changed last going before its equal."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lines: Iterable[Parameter]) -> None:
        super().__init__(data)
        self.lines = list(lines)
        for number, row in enumerate(self.lines, start=1):
            self.fields[f"place_{row.pk}"] = forms.IntegerField(
                label=_("Place in the list of parameters"),
                initial=number,
                min_value=1,
                max_value=999,
                widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
            )
            self.fields[f"used_{row.pk}"] = forms.BooleanField(
                label=_("The school measures this"),
                initial=row.is_used,
                required=False,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )

    def rows(self) -> Iterator[Row]:
        for row in self.lines:
            yield Row(row, self[f"place_{row.pk}"], self[f"used_{row.pk}"])

    @property
    def chosen(self) -> list[ParameterLine]:
        """The lines in their new order, after a valid form."""
        given = self.cleaned_data
        old = {row.pk: number for number, row in enumerate(self.lines, start=1)}

        def rank(row: Parameter) -> tuple[int, int, int]:
            place = given[f"place_{row.pk}"]
            return place, (place > old[row.pk]) - (place < old[row.pk]), old[row.pk]

        return [
            ParameterLine(row.pk, place, given[f"used_{row.pk}"])
            for place, row in enumerate(sorted(self.lines, key=rank), start=1)
        ]
