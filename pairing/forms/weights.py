"""Sliders: what counts how much in a score, and the rules of a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from pairing.models import GroupFilling
from pairing.rules import FormRules
from pairing.scoring import PARTS, Weights, part_meaning, part_title
from pairing.scoring.weights import FULL


class SliderInput(forms.NumberInput):
    """A number that is set by a slider; the page shows it beside."""

    input_type = "range"


class WeightsForm(PlainForm, forms.Form):
    """A slider per part of the score; the page prints them itself, each with its explanation."""

    def __init__(self, data: Any, *, weights: Weights) -> None:
        super().__init__(data)
        for part in PARTS:
            self.fields[str(part)] = forms.IntegerField(
                label=part_title(part),
                min_value=0,
                max_value=FULL,
                initial=weights.of(part),
                help_text=part_meaning(part),
                widget=SliderInput(attrs={"class": "form-range"}),
            )

    @property
    def weights(self) -> Weights:
        """Those that were given."""
        return Weights(**{str(part): self.cleaned_data[str(part)] for part in PARTS})

    def sliders(self) -> Iterator[forms.BoundField]:
        return (self[str(part)] for part in PARTS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(self.weights.most_points().values()):
            self.add_error(None, _("With every slider at nought all pairs are alike. Give something a weight."))
        return given


class RulesForm(WeightsForm):
    """The weights of a form and its rules."""

    wants_ready = forms.BooleanField(label=_("A mentor has passed the interview and the training"), required=False)
    bars_class_teacher = forms.BooleanField(
        label=_("A class teacher is no mentor of a pupil of the own class"), required=False
    )
    least_age_gap = forms.IntegerField(
        label=_("A mentor is older by at least, years"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_(
            "Leave it empty where the age does not matter. Who has no birth date written down is not shut out."
        ),
    )
    filling = forms.ChoiceField(label=_("Groups are filled"), choices=GroupFilling.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, weights: Weights, rules: FormRules, filling: str) -> None:
        super().__init__(data, weights=weights)
        self.initial = {
            "wants_ready": rules.wants_ready,
            "bars_class_teacher": rules.bars_class_teacher,
            "least_age_gap": rules.least_age_gap,
            "filling": filling,
        }

    @property
    def rules(self) -> FormRules:
        given = self.cleaned_data
        return FormRules(given["wants_ready"], given["bars_class_teacher"], given["least_age_gap"])


class CopyForm(WeightsForm):
    """Another scenario with a name and weights of its own."""

    name = forms.CharField(
        label=_("Name of the new scenario"),
        required=False,
        max_length=80,
        help_text=_("Without a name it gets a number."),
    )
