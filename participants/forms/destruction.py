"""What the curator says before data are destroyed, and before sealed papers are opened."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from core.russian import search_key
from participants.models import DestructionGround
from participants.services.sealed import Occasion

WORD = "уничтожить"
"""What is typed so that nobody destroys by a slip of the hand."""


class DemandForm(PlainForm, forms.Form):
    """Why the data must go, where no consent has ended by itself."""

    ground = forms.ChoiceField(
        label=_("Why the data must go"),
        widget=forms.RadioSelect,
        choices=[
            (DestructionGround.DEMAND, _("the person or the guardian demanded it: 10 working days")),
            (DestructionGround.UNLAWFUL, _("there never was a ground to process them: 10 working days")),
            (DestructionGround.REACHED, _("the purpose is reached, they are needed no longer: 30 days")),
        ],
    )


class CarryForm(PlainForm, forms.Form):
    """How much paper was destroyed besides, and the word that nobody types by chance."""

    sheets = forms.IntegerField(
        label=_("Sheets of paper destroyed together with the data"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=_("Printed questionnaires and lists with these people. Originals of consents are kept."),
    )
    word = forms.CharField(
        label=_("Type the word «уничтожить»"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_word(self) -> str:
        """The word in any letter case."""
        if search_key(self.cleaned_data["word"]) != WORD:
            raise forms.ValidationError(_("Nothing was destroyed: the word typed here is another one."))
        return WORD


class OpeningForm(PlainForm, forms.Form):
    """For whose inspection sealed papers are opened. The journal keeps it, so it holds no names."""

    occasion = forms.ChoiceField(label=_("For whose inspection"), choices=Occasion.choices)
    number = forms.CharField(
        label=_("Number of the request"),
        max_length=40,
        validators=[
            RegexValidator(
                r"\A\d[0-9А-ЯЁA-Z/. \-]*\Z",
                _("A number begins with a digit and has digits, capital letters, dashes and slashes: 12-34/АБ."),
            )
        ],
        help_text=_("As it stands on the request. No names: the number goes into the journal."),
    )
    dated_on = forms.DateField(label=_("Date of the request"), widget=DayInput)
