"""A person's part in the year and the profile that pairing goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from core.models import School
from participants.models import Enrolment, FormModel, MentoringForm, RoleModel, Side
from participants.register.hours import FIRST_HOUR, LAST_HOUR, WEEKDAYS, Spans, hours_of, spans_of, weekday_name
from participants.register.profile import MOST_MENTEES


def form_choices(school: School) -> list[tuple[str, Any]]:
    """The forms the school uses, gathered by model."""
    rows = MentoringForm.objects.filter(school=school, is_used=True).order_by("model", "place", "pk")
    gathered = groupby(rows, key=lambda row: row.model)
    return [("", _("choose a form")), *((str(FormModel(model).label), _named(forms_)) for model, forms_ in gathered)]


def _named(rows: Iterable[MentoringForm]) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in rows]


class PartForm(PlainForm, forms.Form):
    """Mentee or mentor of one of the school's forms; where it is `optional` both may stay empty."""

    side = forms.ChoiceField(label=_("Takes part as"), choices=[("", _("choose a side")), *Side.choices])
    form = forms.ChoiceField(label=_("Form of mentoring"))

    def __init__(self, *args: Any, school: School, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = form_choices(school)  # type: ignore[attr-defined]
        self.school = school
        for field in self.fields.values():
            field.required = not optional

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("side", "form", css_class="form-two"))
        return helper

    def clean(self) -> dict[str, Any]:
        """A side without a form says nothing, nor a form without a side."""
        given = super().clean() or {}
        if not self.errors and bool(given["side"]) != bool(given["form"]):
            self.add_error("form" if given["side"] else "side", gettext("Choose both, or none."))
        return given

    @property
    def columns(self) -> dict[str, Any]:
        """The side and the form, after a valid form; nothing where both stayed empty."""
        if not self.cleaned_data["side"]:
            return {}
        form = MentoringForm.objects.get(school=self.school, pk=self.cleaned_data["form"])
        return {"side": self.cleaned_data["side"], "form": form}


class ProfileForm(PlainForm, forms.Form):
    """What pairing goes by; a mentee has a request, a mentor competences and a number of places."""

    request = forms.CharField(
        label=_("Main request"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What the mentee wants to learn or sort out, in a few words. Nothing about health or the family."),
    )
    competences = forms.CharField(
        label=_("Main competences"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What the mentor can teach and is ready to help with."),
    )
    capacity = forms.IntegerField(
        label=_("How many mentees the mentor takes"), required=False, min_value=1, max_value=MOST_MENTEES
    )
    role_model = forms.ChoiceField(label=_("Role model"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, enrolment: Enrolment) -> None:
        initial = {
            "request": enrolment.request,
            "competences": enrolment.competences,
            "capacity": enrolment.capacity,
            "role_model": enrolment.role_model_id or "",
        }
        super().__init__(data, initial=initial | _initial_hours(spans_of(enrolment.available)))
        for name in ("competences", "capacity") if enrolment.side == Side.MENTEE else ("request",):
            del self.fields[name]
        self._offer_role_models(enrolment)
        for day in WEEKDAYS:
            self._offer_hours(day)

    def _offer_role_models(self, enrolment: Enrolment) -> None:
        self.role_models = {str(row.pk): row for row in RoleModel.objects.filter(form=enrolment.form_id)}
        choices = [("", _("not chosen")), *((key, row.name) for key, row in self.role_models.items())]
        self.fields["role_model"].choices = choices  # type: ignore[attr-defined]
        if not self.role_models:
            del self.fields["role_model"]

    def _offer_hours(self, day: int) -> None:
        for name, label in ((f"from_{day}", _("from")), (f"to_{day}", _("to"))):
            hours = [("", "–"), *((str(hour), f"{hour}:00") for hour in range(FIRST_HOUR, LAST_HOUR + 1))]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=hours)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        days = [Fieldset(weekday_name(day), f"from_{day}", f"to_{day}", css_class="week-day") for day in WEEKDAYS]
        told = [name for name in ("request", "competences", "capacity", "role_model") if name in self.fields]
        helper.layout = Layout(*told, Fieldset(gettext("Free hours of the week"), *days, css_class="week"))
        return helper

    def clean(self) -> dict[str, Any]:
        """Each day either has both hours, in order, or none."""
        given = super().clean() or {}
        for day in WEEKDAYS:
            begin, end = given.get(f"from_{day}"), given.get(f"to_{day}")
            if bool(begin) != bool(end):
                self.add_error(f"to_{day}" if begin else f"from_{day}", gettext("Give both hours, or none."))
            elif begin and end and int(begin) >= int(end):
                self.add_error(f"to_{day}", gettext("The end stands before the beginning."))
        return given

    @property
    def columns(self) -> dict[str, Any]:
        """The profile, after a valid form."""
        given = self.cleaned_data
        columns = {name: given[name] for name in ("request", "competences", "capacity") if name in self.fields}
        return columns | {
            "role_model": self.role_models.get(given.get("role_model", "")),
            "available": hours_of(
                {
                    day: [(int(given[f"from_{day}"]), int(given[f"to_{day}"]))]
                    for day in WEEKDAYS
                    if given[f"from_{day}"]
                }
            ),
        }


def _initial_hours(spans: Spans) -> dict[str, int]:
    """The first hour and the last of each day."""
    found: dict[str, int] = {}
    for day, rows in spans.items():
        found |= {f"from_{day}": rows[0][0], f"to_{day}": rows[-1][1]}
    return found
