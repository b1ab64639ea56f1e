"""One activity of the roadmap."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from roadmap.models import EvidenceKind


class EvidenceForm(PlainForm, forms.Form):
    """What proves an activity."""

    kind = forms.ChoiceField(
        label=_("What proves the activity"),
        required=False,
        choices=[("", _("nothing that is counted here")), *EvidenceKind.choices],
        widget=forms.Select({"autofocus": ""}),
    )
