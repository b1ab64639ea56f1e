"""Finding orders, drafting one, changing its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, ManyFilesField, ManyFilesInput, PlainForm
from reports.models import Order, OrderLine, OrderState
from reports.services.orders import LineText

WORDS = ("number", "dated_on", "place", "title", "preamble", "signer_post", "signer_name")
"""The columns of an order that are typed as they stand."""
COLUMNS = ("mentor", "mentees", "form", "from", "until")
"""What is typed of a line."""
WIDGETS: dict[str, type[forms.Widget] | forms.Widget] = {
    "dated_on": DayInput(),
    "title": forms.Textarea(attrs={"rows": 2}),
    "preamble": forms.Textarea(attrs={"rows": 5}),
}
NUMBERED = re.compile(r"^\d+[.)]\s+")
"""The paper counts its points itself."""


class OrderFilterForm(PlainForm, forms.Form):
    """Which orders are shown, and in which order; what makes no sense is passed over."""

    q = forms.CharField(
        label=_("Number or name"), required=False, max_length=100, widget=forms.SearchInput({"class": "form-control"})
    )
    state = forms.ChoiceField(
        label=_("State of the order"),
        required=False,
        choices=(("", _("all orders")), *OrderState.choices),
        widget=forms.Select({"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("Sorting"),
        required=False,
        choices=(("new", _("the newest first")), ("old", _("the oldest first")), ("number", _("by number"))),
        widget=forms.Select({"class": "form-select"}),
    )


class DraftForm(PlainForm, forms.Form):
    """Number and days of a new order; the page prints the pairs itself."""

    number = forms.CharField(
        label=_("Number of the order"),
        max_length=40,
        required=False,
        help_text=_("The next one in the school this year. You may write another."),
    )
    dated_on = forms.DateField(label=_("Date of the order"), widget=DayInput())
    starts_on = forms.DateField(label=_("The pairs work from"), widget=DayInput())
    ends_on = forms.DateField(label=_("The pairs work until"), widget=DayInput())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Div("number", "dated_on", css_class="form-two"), Div("starts_on", "ends_on", css_class="form-two")
        )
        return helper


class OrderForm(PlainForm, forms.Form):
    """The words of a draft with its list; `seen` is the revision the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    points = forms.CharField(
        label=_("Points of the order"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Each point on a line of its own; the paper numbers them."),
    )
    familiar = forms.CharField(
        label=_("Who signs that he has read it"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each on a line of its own: post; name."),
    )

    def __init__(self, data: Any, *, order: Order, lines: Sequence[OrderLine]) -> None:
        super().__init__(data, initial={**{name: getattr(order, name) for name in WORDS}, "seen": order.revision})
        self.initial["points"] = "\n".join(order.points)
        self.initial["familiar"] = "\n".join("; ".join(filter(None, row)) for row in order.familiar)
        self.fields.update(forms.fields_for_model(Order, WORDS, widgets=WIDGETS))
        self.fields["number"].required = False
        self.fields["number"].help_text = _("An empty field takes the next number of the year.")
        self.fields["title"].label = _("Title to the text")
        self.fields["preamble"].help_text = _("Everything before the word “ПРИКАЗЫВАЮ”.")
        self.lines = lines
        for line in lines:
            self._add_line(line)

    def _add_line(self, line: OrderLine) -> None:
        wide, day = {"class": "form-control", "rows": 3}, {"class": "form-control"}
        for name, column, label, field in (
            ("mentor", "mentor_text", _("mentor"), forms.CharField(max_length=500, widget=forms.Textarea(wide))),
            ("mentees", "mentees_text", _("mentees"), forms.CharField(max_length=10_000, widget=forms.Textarea(wide))),
            ("form", "form_text", _("form of mentoring"), forms.CharField(max_length=300, widget=forms.Textarea(wide))),
            ("from", "starts_on", _("from"), forms.DateField(widget=DayInput(day))),
            ("until", "ends_on", _("until"), forms.DateField(widget=DayInput(day))),
        ):
            field.label, field.initial = label, getattr(line, column)
            self.fields[f"{name}-{line.pk}"] = field
        for match in line.matches.all():
            name = match.mentee.person.short_name
            self.fields[f"out-{match.pk}"] = forms.BooleanField(label=name, required=False)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "seen",
            Div("number", "dated_on", "place", css_class="form-three"),
            "title",
            "preamble",
            "points",
            Div("signer_post", "signer_name", css_class="form-two"),
            "familiar",
        )
        return helper

    def clean(self) -> dict[str, Any]:
        for line in self.lines:
            first, last = self.cleaned_data.get(f"from-{line.pk}"), self.cleaned_data.get(f"until-{line.pk}")
            if first and last and last < first:
                self.add_error(f"until-{line.pk}", _("The last day is before the first."))
        return self.cleaned_data

    def clean_points(self) -> list[str]:
        return [NUMBERED.sub("", text) for text in _lines_of(self.cleaned_data["points"])]

    def clean_familiar(self) -> list[list[str]]:
        return [
            [part.strip() for part in text.partition(";")[::2]] for text in _lines_of(self.cleaned_data["familiar"])
        ]

    @property
    def texts(self) -> dict[str, Any]:
        """The columns of the order, after a valid form."""
        return {name: self.cleaned_data[name] for name in (*WORDS, "points", "familiar")}

    @property
    def line_texts(self) -> dict[int, LineText]:
        return {line.pk: LineText(*(self.cleaned_data[f"{name}-{line.pk}"] for name in COLUMNS)) for line in self.lines}

    @property
    def left_out(self) -> list[int]:
        """The matches that are to go off the list."""
        return [match.pk for line in self.lines for match in line.matches.all() if self.cleaned_data[f"out-{match.pk}"]]

    def rows(self) -> list[dict[str, Any]]:
        """The list for the page: the fields of each line by what they hold, and a box for each of its pairs."""
        return [
            {
                "fields": [(name, self[f"{name}-{line.pk}"]) for name in COLUMNS],
                "out": [self[f"out-{match.pk}"] for match in line.matches.all()],
            }
            for line in self.lines
        ]

    def not_as_now(self) -> list[tuple[str, str]]:
        """What the order says now where something else was typed: (label, what stands there now)."""
        names = [name for name in self.changed_data if not name.startswith(("seen", "out-"))]
        return [
            (str(self.fields[name].label), _shown(self.get_initial_for_field(self.fields[name], name)))
            for name in names
        ]


class ScanForm(PlainForm, forms.Form):
    """The signed paper, photographed or scanned."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    pages = ManyFilesField(
        label=_("Photos or a scan of the signed order"),
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Choose the photos or the scan of the signed order first.")},
        help_text=_("All sheets with the annex: JPEG, HEIC, PNG or PDF, up to 20 MB a file."),
    )


class SeenForm(forms.Form):
    """A deed on the order as the person looked at it."""

    seen = forms.IntegerField(widget=forms.HiddenInput())


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shown(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
