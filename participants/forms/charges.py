"""The classes in somebody's charge, and what is written down of others' words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import NoteSource
from participants.services.notes import LONGEST


class ClassesForm(PlainForm, forms.Form):
    """The classes of the school, those in charge ticked, and one that has no pupils in the register yet."""

    classes = forms.MultipleChoiceField(
        label=_("Classes in charge"), required=False, widget=forms.CheckboxSelectMultiple
    )
    another = forms.CharField(
        label=_("Another class"),
        required=False,
        max_length=20,
        help_text=_("Whose pupils are not in the register yet. As in your papers: 7 «Б»."),
    )

    def __init__(self, *args: Any, offered: Iterable[str], now: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(dict.fromkeys([*offered, *now]))
        self.fields["classes"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.initial["classes"] = list(now)
        if not names:
            del self.fields["classes"]

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*self.fields)
        return helper

    @property
    def named(self) -> list[str]:
        """All that were chosen, after a valid form."""
        return [*self.cleaned_data.get("classes", ()), self.cleaned_data["another"]]


class ChargeForm(forms.Form):
    """Whom to put in somebody's charge, or to take out of it."""

    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class FindForm(forms.Form):
    """A name or a class to look for; its template prints the field itself."""

    q = forms.CharField(
        label=_("Name or class contains"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control"}),
    )


class NoteForm(PlainForm, forms.Form):
    """What somebody said on a mentee's request."""

    source = forms.ChoiceField(label=_("Whose words these are"), choices=NoteSource.choices)
    text = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "What helps to choose a mentor and to begin. Nothing of health, disability, diagnoses, religion or the "
            "family's troubles belongs here: the law forbids to keep it on this consent."
        ),
    )
    is_sensitive = forms.BooleanField(
        label=_("Only for the curator and the psychologist"),
        required=False,
        help_text=_("You will see it too. The pupil and the parents are given it when they ask what is held on them."),
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("source", "text", "is_sensitive")
        return helper
