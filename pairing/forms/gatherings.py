"""A group meeting, and who came to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from participants.models import MentoringForm

CAME = {"yes": True, "no": False, "": None}


class GatheringForm(PlainForm, forms.Form):
    """When, where, how many talks of how long."""

    form = forms.TypedChoiceField(label=_("Form of mentoring"), coerce=int)
    held_on = forms.DateField(label=_("On what day is it"), widget=DayInput())
    held_time = forms.TimeField(label=_("At what time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Where it is held"), required=False, max_length=200)
    talks = forms.IntegerField(
        label=_("Short talks of each mentee"),
        min_value=1,
        max_value=12,
        help_text=_("With how many mentors each mentee talks, one after another."),
    )
    minutes = forms.IntegerField(label=_("Minutes of one talk"), min_value=1, max_value=60)

    def __init__(self, *args: Any, forms_used: Iterable[MentoringForm], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["form"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(row.pk, row.name) for row in forms_used]
        choice.disabled = not is_new

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "form",
            Div("held_on", "held_time", css_class="form-two"),
            "place",
            Div("talks", "minutes", css_class="form-two"),
        )
        return helper


class GuestsForm(forms.Form):
    """Came, did not come, not known: one mark for each guest; `now` are the marks as they are, by key."""

    def __init__(self, data: Mapping[str, Any] | None, *, now: Mapping[int, bool | None]) -> None:
        said = {value: text for text, value in CAME.items()}
        super().__init__(data, initial={f"guest_{key}": said[mark] for key, mark in now.items()})
        choices = (("yes", _("has come")), ("no", _("has not come")), ("", _("not noted")))
        for key in now:
            self.fields[f"guest_{key}"] = forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)

    def marks(self) -> dict[int, bool | None]:
        return {int(name.removeprefix("guest_")): CAME[value] for name, value in self.cleaned_data.items()}
