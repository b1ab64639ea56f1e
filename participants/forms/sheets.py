"""Bringing a spreadsheet of people, and saying what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from core.models import School
from participants.models import MentoringForm, RowStatus, SheetSide
from participants.sheets.fields import Kept, fields_for
from participants.sheets.headers import is_passed_over
from participants.sheets.opening import MAX_BYTES
from participants.sheets.refusals import SheetRefused

ENDINGS = ".xlsx,.xls,.ods,.csv"
SAMPLES, LONGEST_SAMPLE = 3, 40


class SheetForm(PlainForm, forms.Form):
    """One file, and as whom its people come in."""

    file = forms.FileField(
        label=_("Spreadsheet of people"),
        help_text=_("Up to 20 MB: .xlsx, .xls, .ods or .csv. Columns may stand in any order and have any names."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty: there is not a single row in it."),
        },
        widget=forms.FileInput({"accept": ENDINGS}),
        max_length=255,
    )
    side = forms.ChoiceField(label=_("They come in as"), choices=SheetSide.choices)
    form = forms.ModelChoiceField(
        label=_("They take part this year in the form"),
        queryset=MentoringForm.objects.none(),
        required=False,
        empty_label=_("none: only put them into the register"),
        help_text=_("A column with the form of mentoring goes before this."),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["form"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = MentoringForm.objects.filter(school=school, is_used=True)
        choice.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(str(SheetRefused("size")))
        return file


class ColumnsForm(forms.Form):
    """What each column of a sheet is; its template prints the fields themselves, each beside what stands below it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        side: str,
        columns: Sequence[Mapping[str, str | None]],
        samples: Sequence[Sequence[str]],
    ) -> None:
        super().__init__(data)
        self.side, self.samples = side, samples
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["header"] or gettext("without a heading"),
                choices=_choices(side),
                initial=column["field"] or "",
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each column with what stands below it."""
        return [
            {"field": field, "samples": samples, "is_aside": is_passed_over(field.value() or "", self.side)}
            for field, samples in zip(self, self.samples, strict=True)
        ]

    @property
    def chosen(self) -> list[str | None]:
        """The field of each column, after a valid form."""
        return [self.cleaned_data[name] or None for name in self.fields]


class SheetNameForm(PlainForm, forms.Form):
    """Which sheet of the file is read."""

    sheet = forms.ChoiceField(label=_("Sheet of the file"), widget=forms.Select({"class": "form-select"}))

    def __init__(self, data: Mapping[str, Any] | None, *, names: Sequence[str], chosen: str) -> None:
        super().__init__(data, initial={"sheet": chosen})
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in names]


class RowsForm(forms.Form):
    """Which rows of a sheet are shown; anything else in the address is passed over."""

    status = forms.ChoiceField(required=False, choices=[("", ""), *RowStatus.choices])


def _choices(side: str) -> list[Any]:
    fields = fields_for(side)
    read = [(field.key, field.header(side)) for field in fields if field.kept is not Kept.NOWHERE]
    aside = [(field.key, field.header(side)) for field in fields if field.kept is Kept.NOWHERE]
    return [
        ("", gettext("pass over")),
        (gettext("Goes into the register"), read),
        (gettext("Known, and not read from a file"), aside),
    ]
