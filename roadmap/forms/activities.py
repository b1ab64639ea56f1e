"""One activity of the roadmap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from roadmap.evidence import kinds_counted
from roadmap.models import EvidenceKind


class EvidenceForm(PlainForm, forms.Form):
    """What proves an activity."""

    kind = forms.ChoiceField(
        label=_("What proves the activity"), required=False, widget=forms.Select({"autofocus": ""})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, counted = self.fields["kind"], kinds_counted()
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            ("", _("nothing that is counted here")),
            (_("Counted by itself"), [row for row in EvidenceKind.choices if row[0] in counted]),
            (_("Marked by hand"), [row for row in EvidenceKind.choices if row[0] not in counted]),
        ]
