"""A school's requisites and calendar."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.calendar import Period
from accounts.requisites import is_inn, is_ogrn
from core.forms import DayInput, PlainForm
from core.models import PeriodKind, School

LONGEST_YEAR_DAYS = 400


class SchoolForm(PlainForm, forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """The requisites a school's papers carry."""

    class Meta:
        model = School
        fields = (
            "name", "short_name", "founder", "address", "inn", "ogrn", "head_post", "head_name", "place", "time_zone", "site",
        )  # fmt: skip
        widgets = {"name": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": _("In full, exactly as in the charter: it stands at the head of orders."),
            "short_name": _("As people call it, for example “School No. 5”."),
            "founder": _("For example: Department of Education of the town of …"),
            "inn": _("10 digits."),
            "ogrn": _("13 digits."),
            "head_name": _("Surname, given name, patronymic: for the signature under orders."),
            "place": _("The town or village that stands in the heading of orders."),
            "time_zone": _("Letters are sent in the morning by this clock."),
            "site": _("With https://"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].assume_scheme = "https"  # type: ignore[attr-defined]
        for name in ("founder", "address", "inn", "ogrn", "head_name", "place"):
            self.fields[name].required = True

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "name", "short_name", "founder", "address",
            Div("inn", "ogrn", css_class="form-two"),
            Div("head_post", "head_name", css_class="form-two"),
            Div("place", "time_zone", css_class="form-two"),
            "site",
        )  # fmt: skip
        return helper

    def clean_inn(self) -> str:
        inn = "".join(self.cleaned_data["inn"].split())
        if not is_inn(inn):
            raise ValidationError(
                _("This is not an INN: 10 digits with a right check digit are wanted. Compare it with the certificate.")
            )
        return inn

    def clean_ogrn(self) -> str:
        ogrn = "".join(self.cleaned_data["ogrn"].split())
        if not is_ogrn(ogrn):
            raise ValidationError(
                _(
                    "This is not an OGRN: 13 digits with a right check digit are wanted. Compare it with the certificate."
                )
            )
        return ogrn

    @property
    def requisites(self) -> dict[str, Any]:
        """The columns of the school, after a valid form."""
        return dict(self.cleaned_data)


class PeriodForm(PlainForm, forms.Form):
    """A term or a holiday; a row without days counts as no row."""

    kind = forms.ChoiceField(label=_("What"), choices=PeriodKind.choices)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("kind", "starts_on", "ends_on", css_class="form-three"))
        return helper

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("starts_on") and self.cleaned_data.get("ends_on"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if self.errors:
            return cleaned
        if bool(first) != bool(last):
            self.add_error(
                "ends_on" if first else "starts_on", _("Give both days, or leave both empty to drop the row.")
            )
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        elif first and last and (last - first).days > LONGEST_YEAR_DAYS:
            self.add_error("ends_on", _("This is longer than a year. Look at the years."))
        return cleaned


class BaseCalendar(forms.BaseFormSet):  # type: ignore[type-arg]  # not generic when it runs
    """Terms and holidays of one academic year; no two of a kind overlap."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.periods
        for before, after in itertools.pairwise(rows):
            if before.kind == after.kind and after.starts_on <= before.ends_on:
                raise ValidationError(
                    _(
                        "Two rows of the calendar overlap: the one that ends on %(before)s and the one that begins on %(after)s."
                    )
                    % {"before": f"{before.ends_on:%d.%m.%Y}", "after": f"{after.starts_on:%d.%m.%Y}"}
                )

    @property
    def periods(self) -> list[Period]:
        """The filled rows, first by kind and then by day, numbered anew within each kind."""
        filled = [form.cleaned_data for form in self.forms if form.is_filled]
        ordered = sorted(filled, key=lambda row: (row["kind"], row["starts_on"]))
        counts: dict[str, int] = {}
        periods = []
        for row in ordered:
            counts[row["kind"]] = counts.get(row["kind"], 0) + 1
            periods.append(Period(PeriodKind(row["kind"]), counts[row["kind"]], row["starts_on"], row["ends_on"]))
        return periods


Calendar = cast(
    "type[BaseCalendar]",
    forms.formset_factory(PeriodForm, formset=BaseCalendar, extra=2, max_num=40, absolute_max=60, validate_max=True),
)


def calendar_rows(periods: Iterable[Any]) -> list[dict[str, Any]]:
    """What the calendar form starts with."""
    return [{"kind": row.kind, "starts_on": row.starts_on, "ends_on": row.ends_on} for row in periods]
