"""Figures typed in a grid, a spreadsheet of figures, the figures of a comparison group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm, PlainSelect
from participants.forms.sheets import ENDINGS
from participants.models import Enrolment, Side
from participants.sheets.opening import MAX_BYTES
from participants.sheets.refusals import SheetRefused
from surveys.models import ComparisonGroup, Measurement, MeasurementWave, Parameter
from surveys.services.entering import Place, Typed
from surveys.statistics.figures import lies_within, read_figure
from surveys.statistics.wording import MINUS, figure, scale_words

EVERYONE = "*"
"""What stands for all classes in an address."""
LONGEST_FIGURE = 20
MEANS = ("mean_before", "mean_change", "deviation")
"""The figures of a comparison group that may have decimals."""


def scale_of(parameter: Parameter) -> str:
    """«от 1 до 10, балл»"""
    return scale_words(parameter.least, parameter.most, parameter.unit)


class FigureField(forms.CharField):
    """A figure of a parameter; cleaned it is a Decimal, or None for an empty cell."""

    def __init__(self, parameter: Parameter, **kwargs: Any) -> None:
        self.parameter = parameter
        attrs = {"class": "form-control figure-cell", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, max_length=LONGEST_FIGURE, widget=forms.TextInput(attrs), **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        found = read_figure(text)
        if found is None:
            raise forms.ValidationError(
                gettext("«%(text)s» is no number. Write it like 7 or 4,5.") % {"text": text[:LONGEST_FIGURE]}
            )
        if not lies_within(found, self.parameter.least, self.parameter.most):
            scale = scale_of(self.parameter) or gettext("up to %(most)s") % {"most": "99 999 999"}
            raise forms.ValidationError(gettext("The scale is %(scale)s.") % {"scale": scale})
        return found


class GridFilterForm(forms.Form):
    """Whose figures of which parameter are shown; anything else in the address is passed over."""

    side = forms.ChoiceField(
        label=_("Measured are"), choices=Side.choices, widget=PlainSelect({"class": "form-select"})
    )
    parameter = forms.ChoiceField(label=_("What is measured"), widget=PlainSelect({"class": "form-select"}))
    group = forms.ChoiceField(
        label=pgettext_lazy("measurement", "Class"), required=False, widget=PlainSelect({"class": "form-select"})
    )

    def __init__(self, *args: Any, parameters: Iterable[Parameter], classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("parameter", [(str(row.pk), row.name) for row in parameters]),
            ("group", [(EVERYONE, gettext("all classes")), *((name, name or gettext("no class")) for name in classes)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class GridRow(NamedTuple):
    """One person with the cells before and after, and where the figures there come from."""

    enrolment: Enrolment
    cells: tuple[tuple[BoundField, str, BoundField], ...]
    """For each wave the field, the source in words, the hidden field of what stood there."""


class GridForm(PlainForm, forms.Form):
    """A column before and one after for the people of a page; each cell carries what stood there."""

    measured_on = forms.DateField(
        label=_("These figures were measured on"),
        widget=DayInput({"class": "form-control"}),
        help_text=_("Of the figures that you change now."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parameter: Parameter,
        people: Sequence[Enrolment],
        figures: Iterable[Measurement],
        today: date,
    ) -> None:
        super().__init__(data, initial={"measured_on": today})
        self.parameter, self.people, self.today = parameter, people, today
        self.known = {(row.enrolment_id, row.wave): row for row in figures}
        for enrolment in people:
            for wave in MeasurementWave:
                self._add(enrolment, wave)

    def _add(self, enrolment: Enrolment, wave: MeasurementWave) -> None:
        row = self.known.get((enrolment.pk, wave))
        text = figure(float(row.value)) if row else ""
        self.fields[cell_name(enrolment.pk, wave)] = FigureField(
            self.parameter, label=f"{enrolment.person.full_name}: {wave.label}", initial=text
        )
        self.fields[was_name(enrolment.pk, wave)] = forms.CharField(
            required=False, initial=text, widget=forms.HiddenInput, max_length=LONGEST_FIGURE
        )

    def clean_measured_on(self) -> date:
        day: date = self.cleaned_data["measured_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day is still to come."))
        return day

    def rows(self) -> Iterator[GridRow]:
        for enrolment in self.people:
            cells = tuple(
                (
                    self[cell_name(enrolment.pk, wave)],
                    str(row.get_source_display()) if (row := self.known.get((enrolment.pk, wave))) else "",
                    self[was_name(enrolment.pk, wave)],
                )
                for wave in MeasurementWave
            )
            yield GridRow(enrolment, cells)

    @property
    def typed(self) -> list[Typed]:
        """The cells that the person changed, after a valid form."""
        found = []
        for enrolment in self.people:
            for wave in MeasurementWave:
                value = self.cleaned_data[cell_name(enrolment.pk, wave)]
                was = read_figure(self.cleaned_data[was_name(enrolment.pk, wave)])
                if value != was:
                    found.append(Typed(self.parameter.pk, enrolment.pk, wave, value, was))
        return found

    def show_meanwhile(self, now: Mapping[Place, Decimal | None]) -> None:
        """Say at each cell what somebody else wrote there, and take it as seen."""
        self.data = {**self.data.dict()} if hasattr(self.data, "dict") else dict(self.data)
        for (_parameter, enrolment, wave), value in now.items():
            text = figure(float(value)) if value is not None else ""
            words = gettext("Somebody has entered %(figure)s here meanwhile.") % {"figure": text or "—"}
            self.add_error(cell_name(enrolment, wave), words)
            self.data[was_name(enrolment, wave)] = text


def cell_name(enrolment: int, wave: str) -> str:
    return f"value_{enrolment}_{wave}"


def was_name(enrolment: int, wave: str) -> str:
    return f"was_{enrolment}_{wave}"


class FiguresSheetForm(PlainForm, forms.Form):
    """A file with names and figures: of whom, of which measurement, of which day."""

    file = forms.FileField(
        label=_("Spreadsheet of figures"),
        help_text=_("Up to 20 MB: .xlsx, .xls, .ods or .csv, with a column of names and a column for each parameter."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty: there is not a single row in it."),
        },
        widget=forms.FileInput({"accept": ENDINGS}),
        max_length=255,
    )
    side = forms.ChoiceField(label=_("Measured are"), choices=Side.choices)
    wave = forms.ChoiceField(label=_("When they were measured"), choices=MeasurementWave.choices)
    measured_on = forms.DateField(label=_("These figures were measured on"), widget=DayInput())

    def __init__(self, data: Mapping[str, Any] | None, files: Any, *, today: date) -> None:
        super().__init__(data, files, initial={"measured_on": today})
        self.today = today

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(str(SheetRefused("size")))
        return file

    def clean_measured_on(self) -> date:
        day: date = self.cleaned_data["measured_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day is still to come."))
        return day


class SheetColumnsForm(forms.Form):
    """Which parameter each column gives; empty passes over it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        headers: Mapping[int, str],
        guesses: Mapping[int, int],
        parameters: Iterable[Parameter],
    ) -> None:
        super().__init__(data)
        choices = [("", gettext("pass over")), *((str(row.pk), row.name) for row in parameters)]
        for place, header in headers.items():
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or gettext("without a heading"),
                choices=choices,
                required=False,
                initial=str(guesses.get(place, "")),
                widget=PlainSelect({"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seen: dict[str, str] = {}
        for name, key in list(given.items()):
            if key and key in seen:
                self.add_error(name, gettext("Another column gives this parameter already."))
            seen[key] = name
        return given

    @property
    def chosen(self) -> dict[int, int]:
        """The parameter of each column by its place, after a valid form."""
        given = self.cleaned_data
        return {int(name.removeprefix("column_")): int(key) for name, key in given.items() if key}


class MeanField(forms.DecimalField):
    """A number below 0 may begin with any minus."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(MINUS, "-") if value else value)


class ComparisonForm(PlainForm, forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """How those changed who take no part: figures of the group alone."""

    class Meta:
        model = ComparisonGroup
        fields = ("words", "size", "mean_before", "mean_change", "deviation")
        field_classes = dict.fromkeys(MEANS, MeanField)
        localized_fields = MEANS
        widgets = {name: forms.TextInput({"inputmode": "decimal"}) for name in MEANS}
        help_texts = {
            "words": _("For example: class 7B, which takes no part. No names."),
            "size": _("At least five people."),
            "mean_change": _("The mean of «after minus before», with its sign: a fall is below 0."),
            "deviation": _("Of the changes of single people, with n − 1: STDEV in a spreadsheet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MEANS:
            if (known := self.initial.get(name)) is not None:
                self.initial[name] = figure(float(known), 4)

    def clean_size(self) -> int:
        size: int = self.cleaned_data["size"]
        if size < 5:
            raise forms.ValidationError(gettext("Figures of fewer than five people would tell of single ones."))
        return size

    def clean_deviation(self) -> Decimal:
        deviation: Decimal = self.cleaned_data["deviation"]
        if deviation < 0:
            raise forms.ValidationError(gettext("A standard deviation is never below 0."))
        return deviation

    def validate_constraints(self) -> None:
        """What binds the figures is said at the fields."""
