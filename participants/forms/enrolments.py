"""A person's part in the year: entering it, pausing, leaving, the end and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from core.models import School
from participants.models import Enrolment, FormModel, MentoringForm, Side
from participants.models.enrolment import EnrolmentQuerySet
from participants.reasons import MoveReason


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


class ReasonForm(PlainForm, forms.Form):
    """Why someone pauses or leaves: one of a few reasons, which the journal keeps as a key."""

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Iterable[MoveReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.value, one.label) for one in reasons]  # type: ignore[attr-defined]

    @property
    def columns(self) -> dict[str, Any]:
        return {"reason": MoveReason(self.cleaned_data["reason"])}


PASSED = (("", _("no mark yet")), ("yes", _("has passed the programme")), ("no", _("has not passed it")))
MARKS = {"yes": True, "no": False}


class ResultsForm(PlainForm, forms.Form):
    """What came of someone's year; `is_told` while the consent lets it be written down."""

    on = forms.DateField(label=_("Finished on"), widget=DayInput())
    entered_on = forms.DateField(label=_("Entered the programme on"), required=False, widget=DayInput())
    is_passed = forms.ChoiceField(label=_("Mark of the programme"), required=False, choices=PASSED)
    results = forms.CharField(
        label=_("Results of the programme"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What has changed, in a sentence or two. It goes into the official register."),
    )
    case_url = forms.URLField(
        label=_("Address of the case or review on the school's site"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("To publish it, a separate consent to publication is needed."),
    )

    def __init__(self, *args: Any, is_end: bool, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["entered_on" if is_end else "on"]
        for name in () if is_told else ("is_passed", "results", "case_url"):
            del self.fields[name]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        days = [name for name in ("on", "entered_on", "is_passed") if name in self.fields]
        told = [name for name in ("results", "case_url") if name in self.fields]
        helper.layout = Layout(Div(*days, css_class="form-two"), *told)
        return helper

    @property
    def columns(self) -> dict[str, Any]:
        """What `finish_enrolment` or `write_results` takes, after a valid form."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        empty = {"results": "", "case_url": ""}
        return empty | given | {"is_passed": MARKS.get(given.get("is_passed", ""))}


class FinishForm(PlainForm, forms.Form):
    """The day and the mark for all who are ticked; `rows` are those that may be."""

    on = forms.DateField(label=_("Finished on"), widget=DayInput())
    is_passed = forms.ChoiceField(
        label=_("Mark of the programme"),
        required=False,
        choices=PASSED,
        help_text=_("It is written down of those whose consent is in force."),
    )

    def __init__(self, *args: Any, rows: EnrolmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("on", "is_passed", css_class="form-two"))
        return helper

    @cached_property
    def chosen(self) -> list[Enrolment]:
        """The parts that are ticked."""
        given = self.data.getlist("part") if self.is_bound else []  # type: ignore[attr-defined]
        keys = [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19]
        return list(self.rows.filter(pk__in=keys).select_related("person__school"))

    def clean(self) -> dict[str, Any]:
        if not self.chosen:
            raise forms.ValidationError(gettext("Tick the people in the list first."))
        return super().clean() or {}

    @property
    def columns(self) -> dict[str, Any]:
        """What `finish_enrolments` takes, after a valid form."""
        return {"on": self.cleaned_data["on"], "is_passed": MARKS.get(self.cleaned_data["is_passed"])}
