"""The forms of pairs: finding, proposing, deciding, and the rule of two keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from pairing.models import Match
from participants.models import Enrolment

NOTE_LENGTH = 1000
MOST_KEY = 2**63 - 1
Choices = Sequence[tuple[Any, Any]]


def _note(label: Any, *, is_required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class MatchFilterForm(PlainForm, forms.Form):
    """What of the board is shown, and in which order; what makes no sense is passed over."""

    q = forms.CharField(label=_("Name or class"), required=False, widget=forms.SearchInput({"class": "form-control"}))
    form = forms.TypedChoiceField(
        label=_("Form of mentoring"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select({"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("Order of the pairs"),
        required=False,
        choices=(
            ("mentee", _("by the mentee")),
            ("mentor", _("by the mentor")),
            ("new", _("the newest first")),
        ),
        widget=forms.Select({"class": "form-select"}),
    )
    year = forms.TypedChoiceField(
        label=_("School year of the pairs"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select({"class": "form-select"}),
    )
    cycle = forms.IntegerField(required=False, max_value=MOST_KEY, widget=forms.HiddenInput)
    """Of this cycle those without an approved pair, also where one is proposed."""

    def __init__(self, data: Mapping[str, Any], *, forms_used: Choices, years: Sequence[int]) -> None:
        super().__init__(data)
        self._offer("form", [("", _("all forms of mentoring")), *forms_used])
        self._offer("year", [(year, f"{year}–{year + 1}") for year in years])
        if len(years) < 2:
            del self.fields["year"]
        self.is_valid()

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class MatchForm(PlainForm, forms.Form):
    """A mentor for a mentee, and why; the page prints the mentors itself, with what speaks for and against each."""

    mentor = forms.ModelChoiceField(
        label=_("Mentor for this mentee"),
        queryset=Enrolment.objects.none(),
        error_messages={
            "required": _("Choose a mentor first."),
            "invalid_choice": _("This mentor is not on the list any more. Choose another."),
        },
    )
    note = _note(_("Why these two"), help_text=_("One or two sentences for the one who approves."))

    def __init__(self, data: Any, *, mentors: QuerySet[Enrolment]) -> None:
        super().__init__(data)
        choice = self.fields["mentor"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = mentors

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("note")
        return helper


class AgainForm(PlainForm, forms.Form):
    """A returned pair, proposed once more."""

    note = _note(_("Why these two after all"), help_text=_("What you changed, or why it should stay as it is."))


class ReturnForm(PlainForm, forms.Form):
    """A pair sent back."""

    seen = forms.CharField(widget=forms.HiddenInput())
    note = _note(_("What is to be changed"), is_required=True, help_text=_("The curator reads it and decides."))


class DecideForm(forms.Form):
    """All pairs that wait: ticked are approved, with a note returned; the page prints the fields itself."""

    def __init__(self, data: Any, *, matches: Iterable[Match]) -> None:
        super().__init__(data)
        self.matches = list(matches)
        self.fields["note"] = _note(_("Note to all of them"), rows=2)
        self.fields["note"].widget.attrs["class"] = "form-control"
        for row in self.matches:
            self.fields[f"approve-{row.pk}"] = forms.BooleanField(required=False)
            self.fields[f"note-{row.pk}"] = _note(_("Return with a note"), rows=2)

    @property
    def is_for_all(self) -> bool:
        """Whether the button was pressed that returns every pair with one note."""
        return "return_all" in self.data

    def clean(self) -> None:
        if self.is_for_all:
            if not self.cleaned_data.get("note"):
                self.add_error("note", _("Write what is to be changed: the curator reads it."))
            return
        for row in self.matches:
            if self.cleaned_data.get(f"approve-{row.pk}") and self.cleaned_data.get(f"note-{row.pk}"):
                self.add_error(
                    f"note-{row.pk}",
                    _("This pair is ticked and has a note. Untick it to return it, or clear the note to approve it."),
                )

    @property
    def approved(self) -> list[Match]:
        return [row for row in self.matches if self.cleaned_data[f"approve-{row.pk}"]] if not self.is_for_all else []

    @property
    def returned(self) -> list[tuple[Match, str]]:
        if self.is_for_all:
            return [(row, self.cleaned_data["note"]) for row in self.matches]
        noted = ((row, self.cleaned_data[f"note-{row.pk}"]) for row in self.matches)
        return [(row, note) for row, note in noted if note]


class ApprovalRuleForm(PlainForm, forms.Form):
    """One key or two."""

    is_single = forms.BooleanField(label=_("One person may propose a pair and approve it"), required=False)
    reason = forms.CharField(
        label=_("Why it is so"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The journal keeps the reason for good. Write no names in it."),
    )
