"""What is written down about a consent in its life: the paper, a conflict, a defect."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm


class OriginalForm(PlainForm, forms.Form):
    """The paper original: when it came, and where it is kept."""

    on = forms.DateField(label=_("Received on"), widget=DayInput())
    place = forms.CharField(
        label=_("Where it is kept"), max_length=200, help_text=_("For example: folder 3, the safe of the curator.")
    )


class WordsForm(PlainForm, forms.Form):
    """Why, in words that stay with the consent."""

    reason = forms.CharField(label=_("What is known"), max_length=500, widget=forms.Textarea({"rows": 3}))


class SettleForm(PlainForm, forms.Form):
    """How a conflict of two guardians ends."""

    outcome = forms.ChoiceField(
        label=_("What was decided"),
        choices=[
            ("keeps", _("the consent holds: the data may be used")),
            ("ends", _("the consent ends: as after a withdrawal")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What the guardians said, and on what the decision rests"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
