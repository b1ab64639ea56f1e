"""Sending pairs to the administrator, and answering whether one agrees to a pair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from pairing.services.agreements import NOTE_LENGTH as ANSWER_LENGTH
from pairing.services.submitting import NOTE_LENGTH

MOST_VERSION = 2**31 - 1


class SendForm(PlainForm, forms.Form):
    """Which pairs go, with what note; the page prints the pairs itself."""

    seen = forms.IntegerField(max_value=MOST_VERSION, widget=forms.HiddenInput)
    mentees = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Tick at least one pair: nothing was sent."),
            "invalid_choice": _("One of these pairs is not in the scenario any more. Look at it as it is now."),
        },
    )
    note = forms.CharField(
        label=_("Note to the administrator"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2, "class": "form-control"}),
        help_text=_("What should be known beside the reasons of each pair. It may stay empty."),
    )
    asks = forms.BooleanField(
        label=_("Ask both sides first whether they agree"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
        help_text=_("An adult gets a letter, for a minor the guardians do. Their answers stand beside each pair."),
    )

    def __init__(self, data: Any, *, mentees: list[int], seen: int) -> None:
        super().__init__(data, initial={"seen": seen, "mentees": mentees})
        choice = self.fields["mentees"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.choices = [(key, key) for key in mentees]


class AnswerForm(PlainForm, forms.Form):
    """Yes or no, and what is to be added."""

    agrees = forms.TypedChoiceField(
        label=_("Do you agree to this pair?"),
        choices=(("yes", _("Yes, I agree")), ("no", _("No, I do not agree"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )
    note = forms.CharField(
        label=_("What should be known"),
        required=False,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The curator and the administrator read it. It may stay empty."),
    )
