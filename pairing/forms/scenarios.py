"""The forms of scenarios: beginning one, looking through its pairs, putting a pair in, writing a word on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from pairing.models import GroupFilling, ScenarioAim
from participants.models import MentoringForm
from roadmap.models import Cycle

Keys = Mapping[str, int]
LONGEST_KEY = 18
"""Digits; a longer number is no key of any row."""
LONGEST_TITLE = 80


def key_of(given: object) -> int:
    """The key that was given; 0 for what can be none."""
    text = str(given)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom pairs are to be proposed."""

    form: MentoringForm
    cycle: Cycle


class ScenarioForm(PlainForm, forms.Form):
    """For whom pairs are proposed, and what comes first. What there is but one of needs no choice."""

    form = forms.ModelChoiceField(label=_("Form of mentoring"), queryset=MentoringForm.objects.none(), empty_label=None)
    cycle = forms.ModelChoiceField(label=_("School year of the pairs"), queryset=Cycle.objects.none(), empty_label=None)
    aim = forms.ChoiceField(
        label=_("What comes first"), choices=ScenarioAim.choices, widget=forms.RadioSelect, initial=ScenarioAim.TOTAL
    )
    filling = forms.ChoiceField(
        label=_("Groups are filled"), choices=GroupFilling.choices, widget=forms.RadioSelect, initial=GroupFilling.EVEN
    )
    name = forms.CharField(
        label=_("Name of the scenario"),
        required=False,
        max_length=80,
        help_text=_("Without a name it gets a number."),
    )

    def __init__(
        self, data: Any, *, forms_used: Sequence[MentoringForm], cycles: Sequence[Cycle], wanted: Keys
    ) -> None:
        super().__init__(data)
        self.forms_used = {row.pk: row for row in forms_used}
        self.cycles = {row.pk: row for row in cycles}
        self._offer("form", MentoringForm.objects.filter(pk__in=self.forms_used), wanted)
        self._offer("cycle", Cycle.objects.filter(pk__in=self.cycles), wanted)
        self.fields["form"].choices = [(row.pk, row.name) for row in forms_used]  # type: ignore[attr-defined]
        self.fields["cycle"].choices = _years_of(cycles)  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: QuerySet[Any], wanted: Keys) -> None:
        field, keys = self.fields[name], [*(self.forms_used if name == "form" else self.cycles)]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        field.initial = wanted[name] if wanted.get(name) in keys else next(iter(keys), None)
        if len(keys) == 1:
            field.widget = forms.HiddenInput()

    def chosen(self) -> Chosen | None:
        """What is chosen now; None where nobody takes part."""
        form = self.forms_used.get(key_of(self["form"].value()))
        cycle = self.cycles.get(key_of(self["cycle"].value()))
        return Chosen(form, cycle) if form and cycle else None


def _years_of(cycles: Sequence[Cycle]) -> list[tuple[int, str]]:
    """Each year by its key; where two programmes have the same, with the title of the programme."""
    alike = Counter(row.label for row in cycles)
    return [
        (row.pk, row.label if alike[row.label] == 1 else f"{row.label}, {shorten(row.programme.title, LONGEST_TITLE)}")
        for row in cycles
    ]


class SceneFilterForm(PlainForm, forms.Form):
    """Which lines of a scenario are shown, and in which order; what makes no sense is passed over."""

    q = forms.CharField(label=_("Name or class"), required=False, widget=forms.SearchInput({"class": "form-control"}))
    sort = forms.ChoiceField(
        label=_("Order of the pairs"),
        required=False,
        choices=(
            ("mentee", _("by the mentee")),
            ("mentor", _("by the mentor")),
            ("weak", _("the weakest first")),
            ("class", _("by the class")),
        ),
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def order(self) -> str:
        return str(self.cleaned_data.get("sort") or "mentee")

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))


class PutForm(PlainForm, forms.Form):
    """Why two are put together against a rule; the page shows the field where they are."""

    reason = forms.CharField(
        label=_("Why against the rule"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "required": True}),
        help_text=_("The administrator reads it when he decides, and the protocol keeps it."),
    )


class NoteForm(PlainForm, forms.Form):
    """The curator's word for or against a pair."""

    is_for = forms.TypedChoiceField(
        label=_("Your word on this pair"),
        coerce=lambda value: value == "for",
        choices=(("for", _("for the pair")), ("against", _("against the pair"))),
        widget=forms.RadioSelect,
        initial="for",
    )
    text = forms.CharField(
        label=_("Why for or against the pair"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("An empty field takes your word back."),
    )


class NameForm(PlainForm, forms.Form):
    """The name of a scenario."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=80)
