"""Interviews and trainings of mentors: written down, marked, found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from participants.models import Enrolment, InterviewOutcome, MentoringForm, Side
from participants.register.marks import Mark
from roadmap.models import Cycle


class InterviewForm(PlainForm, forms.Form):
    """An interview that was held."""

    held_on = forms.DateField(label=_("Held on"), widget=DayInput())
    is_with_psychologist = forms.BooleanField(label=_("The psychologist took part"), required=False)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=InterviewOutcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note for the curator"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The mentor does not see it. Nothing about health or the family."),
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("held_on", "is_with_psychologist", "outcome", "note")
        return helper

    @property
    def columns(self) -> dict[str, Any]:
        return self.cleaned_data | {"outcome": InterviewOutcome(self.cleaned_data["outcome"])}


class TrainingForm(PlainForm, forms.Form):
    """A session; the mentors of the forms that are ticked are put down for it."""

    title = forms.CharField(label=_("Topic of the training"), max_length=200)
    held_on = forms.DateField(label=_("On what day"), widget=DayInput())
    hours = forms.DecimalField(
        label=_("Academic hours"), required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    place = forms.CharField(label=_("Where, at what time"), required=False, max_length=200)
    forms_ = forms.MultipleChoiceField(
        label=_("Put down the mentors of these forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those whose consent is in force. Single mentors are added or taken off on the next page."),
    )

    def __init__(self, *args: Any, cycle: Cycle, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = Enrolment.objects.enrolled().filter(cycle=cycle, side=Side.MENTOR)
        rows = MentoringForm.objects.filter(pk__in=taking_part.values("form"))
        self.fields["forms_"].choices = [(str(row.pk), row.name) for row in rows]  # type: ignore[attr-defined]
        if is_new:
            self.initial["forms_"] = [str(row.pk) for row in rows]
        if not rows:
            del self.fields["forms_"]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        offered = ["forms_"] if "forms_" in self.fields else []
        helper.layout = Layout("title", Div("held_on", "hours", css_class="form-two"), "place", *offered)
        return helper

    @property
    def columns(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"forms": [int(key) for key in given.pop("forms_", [])]}


class MarksForm(PlainForm, forms.Form):
    """One mark for each mentor; `now` are the marks as they are, by the key of the part."""

    def __init__(self, data: Mapping[str, Any] | None, *, now: Mapping[int, Mark], is_held: bool) -> None:
        initial = {f"mark_{key}": mark.value for key, mark in now.items()}
        super().__init__(data, initial=initial)
        offered = [mark for mark in Mark if is_held or mark in {Mark.APART, Mark.AWAITED}]
        for key, mark in now.items():
            choices = [(one.value, one.label) for one in Mark if one in offered or one == mark]
            self.fields[f"mark_{key}"] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect)

    def field_of(self, key: int) -> BoundField:
        return self[f"mark_{key}"]

    def marks(self, *, rest: str = "") -> dict[int, Mark]:
        """The marks by the key of the part, after a valid form; `rest` is that of all who are still awaited."""
        marks = {int(name.removeprefix("mark_")): Mark(value) for name, value in self.cleaned_data.items()}
        if rest in Mark.values:
            marks |= {key: Mark(rest) for key, mark in marks.items() if mark == Mark.AWAITED}
        return marks


class PreparationFilterForm(forms.Form):
    """Whom to find among the mentors; its template prints the fields themselves."""

    q = forms.CharField(
        label=_("Name, class or post contains"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control"}),
    )
    form = forms.ChoiceField(
        label=_("Form of mentoring"), required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, *args: Any, offered: Iterable[MentoringForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("every form")), *((str(row.pk), row.name) for row in offered)]
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
