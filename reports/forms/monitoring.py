"""A new monitoring report, its words, and why an approval is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayInput, PlainForm
from reports.models import MonitoringReport
from reports.papers.monitoring.quality import FACTORS
from reports.services.monitoring.figures import ORGANISATIONS, TYPED
from roadmap.models import Cycle

MOST = 10_000_000
LONGEST = 10_000
TEXTS = {key: title for _where, *pair in FACTORS for key, title in pair}


class YearField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The years of a school by their label."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class NewReportForm(PlainForm, forms.Form):
    """The year, and the day as of which it is reported."""

    cycle = YearField(label=gettext_lazy("School year of the report"), queryset=Cycle.objects.none(), empty_label=None)
    as_of = forms.DateField(label=gettext_lazy("Figures as of the day"), widget=DayInput())

    def __init__(self, data: Any = None, *, cycles: Any, **given: Any) -> None:
        super().__init__(data, **given)
        chosen = self.fields["cycle"]
        assert isinstance(chosen, YearField)
        chosen.queryset = cycles


class ReportForm(PlainForm, forms.Form):
    """Everything people write of a draft; `seen` is the revision the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    as_of = forms.DateField(label=gettext_lazy("Figures as of the day"), widget=DayInput())
    satisfied_from = forms.IntegerField(
        label=gettext_lazy("Satisfied from this mark of 10 on"),
        min_value=1,
        max_value=10,
        help_text=gettext_lazy("The method names no such mark; the report says which one you took."),
    )
    conclusion = forms.CharField(
        label=gettext_lazy("Conclusions of the curator"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Without them the report can not be approved. Name nobody: the report has no names."),
    )

    def __init__(self, data: Any, *, report: MonitoringReport, parts: Mapping[int, int] | None = None) -> None:
        super().__init__(data, initial=self._standing(report))
        self.parts = parts or {}
        for key, title in TEXTS.items():
            self.fields[f"swot_{key}"] = forms.CharField(
                label=title, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
            )
        for number in TYPED:
            self.fields[f"total_{number}"] = self._number(_("Whole of indicator %(number)s") % {"number": number})
            self.fields[f"total_{number}"].help_text = WHOLES[number]
        self.fields[f"total_{ORGANISATIONS}"] = self._number(_("Organisations that sent their employees as mentors"))
        self.fields[f"total_{ORGANISATIONS}"].help_text = _(
            "The register does not tell organisations apart: count them."
        )

    @staticmethod
    def _number(label: str) -> forms.IntegerField:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)

    @staticmethod
    def _standing(report: MonitoringReport) -> dict[str, Any]:
        return {
            "seen": report.revision,
            "as_of": report.as_of,
            "satisfied_from": report.satisfied_from,
            "conclusion": report.conclusion,
            **{f"swot_{key}": report.swot.get(key, "") for key in TEXTS},
            **{f"total_{key}": report.totals.get(key) for key in (*TYPED, ORGANISATIONS)},
        }

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        pairs = [Div(f"swot_{good[0]}", f"swot_{bad[0]}", css_class="form-two") for _where, good, bad in FACTORS]
        helper.layout = Layout(
            "seen",
            Div("as_of", "satisfied_from", css_class="form-two"),
            HTML(f"<h2>{_('Factors of the SWOT analysis')}</h2>"),
            *pairs,
            HTML(f"<h2>{_('What the indicators are shares of')}</h2>"),
            Div("total_1", "total_2", css_class="form-two"),
            Div("total_3", "total_4", css_class="form-two"),
            f"total_{ORGANISATIONS}",
            HTML(f"<h2>{_('What follows from the figures')}</h2>"),
            "conclusion",
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """A whole is not smaller than its part."""
        given = super().clean() or {}
        organisations = given.get(f"total_{ORGANISATIONS}") or 0
        for number in TYPED:
            whole, part = given.get(f"total_{number}"), self.parts.get(int(number), 0)
            part = organisations if number == TYPED[-1] else part
            if whole is not None and whole < part:
                self.add_error(
                    f"total_{number}", _("This is fewer than those who take part already. Look at the number.")
                )
        return given

    @property
    def columns(self) -> dict[str, Any]:
        """What is saved."""
        given = self.cleaned_data
        totals = {key: given[f"total_{key}"] for key in (*TYPED, ORGANISATIONS)}
        return {
            "as_of": given["as_of"],
            "satisfied_from": given["satisfied_from"],
            "conclusion": given["conclusion"].strip(),
            "swot": {key: given[f"swot_{key}"].strip() for key in TEXTS if given[f"swot_{key}"].strip()},
            "totals": {key: value for key, value in totals.items() if value is not None},
        }

    def not_as_now(self) -> list[tuple[str, Any]]:
        """Of each field that was typed otherwise than it now stands: its label and what stands."""
        return [(str(self.fields[name].label), self.initial.get(name)) for name in self.changed_data if name != "seen"]


WHOLES = {
    "1": gettext_lazy("All pupils of the school who are 10 to 19 years old on that day."),
    "2": gettext_lazy("All pupils of the school who are 15 to 19 years old on that day."),
    "3": gettext_lazy("All teachers of the school with up to three years of work."),
    "4": gettext_lazy("All enterprises and organisations the school works with."),
}


class TakeBackForm(PlainForm, forms.Form):
    """Why the approval is taken back."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label=gettext_lazy("Why the approval is taken back"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The curator reads it on the page of the report. Name nobody."),
    )
