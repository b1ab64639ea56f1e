"""What letters tell, and whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.forms import DayInput, PlainForm
from roadmap.digest import ALL_STEPS, STEPS
from roadmap.models import About, Reminded


class LettersForm(PlainForm, forms.Form):
    """How much the letter of the day tells me."""

    about = forms.ChoiceField(label=_("Letters tell me of"), choices=About.choices, widget=forms.RadioSelect)


class RestForm(PlainForm, forms.Form):
    """On which day to remind me again."""

    until = forms.DateField(label=_("Remind me again on the day"), widget=DayInput())


def _ahead(step: int) -> str:
    return (
        ngettext("%(days)s day before", "%(days)s days before", step) % {"days": step} if step else str(_("on the day"))
    )


class RemindingForm(PlainForm, forms.Form):
    """Whom letters about an activity go to, and when."""

    reminded = forms.ChoiceField(label=_("Letters go to"), choices=Reminded.choices, widget=forms.RadioSelect)
    days = forms.TypedMultipleChoiceField(
        label=_("Letters go out"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counted from the first and from the last day. What is overdue is told after 1, 7 and 14 days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["days"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(step, _ahead(step)) for step in ALL_STEPS]

    @property
    def chosen_days(self) -> list[int] | None:
        """The days ahead; None where they are the usual ones."""
        days = sorted(self.cleaned_data["days"], reverse=True)
        return None if days == sorted(STEPS, reverse=True) else days
