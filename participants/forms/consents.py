"""How the list of consents is searched, why a copy is sent back, and what a text says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import ConsentKind, ConsentPurpose, ConsentText
from participants.papers.wording import PARTS
from participants.services.consent_lines import ORDERS, ORIGINAL_AWAITED, ORIGINAL_RECEIVED

WORK = {
    "purpose_text": _("What the work is"),
    "actions_text": _("In what form it is done, and how it is paid"),
    "term_text": _("Until when"),
    "withdrawal_text": _("How either side ends it early"),
}
"""What the parts are called where the consent is one to work; it has no others."""
PART_LENGTH = 3000


def labels_of(kind: str) -> Mapping[str, Any]:
    """The parts that the text for this kind has, with what each is called."""
    if kind == ConsentKind.LABOUR:
        return WORK
    return {name: capfirst(ConsentText._meta.get_field(name).verbose_name) for name in PARTS}  # type: ignore[union-attr]


class ConsentFilterForm(PlainForm, forms.Form):
    """Find a consent by the person's name or class."""

    q = forms.CharField(
        label=_("Name or class"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control", "type": "search"}),
    )
    purpose = forms.ChoiceField(
        label=_("Consent to"),
        required=False,
        choices=[("", _("anything")), *ConsentPurpose.choices],
        widget=forms.Select({"class": "form-select"}),
    )
    original = forms.ChoiceField(
        label=_("Paper original"),
        required=False,
        choices=[("", _("no matter")), (ORIGINAL_AWAITED, _("not received yet")), (ORIGINAL_RECEIVED, _("received"))],
        widget=forms.Select({"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=_("In what order"),
        required=False,
        choices=list(ORDERS.items()),
        widget=forms.Select({"class": "form-select"}),
    )


class OwnReasonForm(PlainForm, forms.Form):
    """Why a copy is sent back, in the curator's own words."""

    reason = forms.CharField(
        label=_("What has to be mended"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever signs reads it on the page. It is not put into a letter."),
    )


class ConsentTextForm(PlainForm, forms.Form):
    """The parts of a text, as the version now printed has them; `seen` is that version."""

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, now: ConsentText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = labels_of(now.kind)
        for name, label in labels.items():
            self.fields[name] = forms.CharField(
                label=label,
                initial=getattr(now, name),
                required=False,
                max_length=PART_LENGTH,
                widget=forms.Textarea({"rows": 5}),
            )
        self.fields["seen"].initial = now.version

    @property
    def parts_now(self) -> dict[str, str]:
        """Every part as it now stands in the form, valid or not, empty where this text has none."""
        return {name: str(self[name].value() or "") if name in self.fields else "" for name in PARTS}

    @property
    def parts(self) -> dict[str, str]:
        """Every part, empty where this text has none."""
        return {name: self.cleaned_data.get(name, "").replace("\r\n", "\n").strip() for name in PARTS}
