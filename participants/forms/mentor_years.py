"""Whom to find among the mentors of all years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainSelect
from participants.models import MentoringForm, PersonKind
from participants.register.mentor_years import ORDERS

SELECT = {"class": "form-select"}


class MentorFilterForm(forms.Form):
    """Anything else in the address is passed over; its template prints the fields themselves."""

    q = forms.CharField(
        label=_("Name, class or post contains"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control"}),
    )
    kind = forms.ChoiceField(
        label=_("Who this is"),
        required=False,
        choices=[("", _("everyone")), *PersonKind.choices],
        widget=PlainSelect(SELECT),
    )
    form = forms.ChoiceField(label=_("Form of mentoring"), required=False, widget=PlainSelect(SELECT))
    year = forms.ChoiceField(label=_("Was a mentor in the year"), required=False, widget=PlainSelect(SELECT))
    now = forms.ChoiceField(
        label=_("This year"),
        required=False,
        choices=[("", _("in any way or not")), ("yes", _("goes on as a mentor")), ("no", _("is no mentor this year"))],
        widget=PlainSelect(SELECT),
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=tuple(ORDERS.items()), widget=PlainSelect(SELECT)
    )

    def __init__(self, *args: Any, offered: Iterable[MentoringForm], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            ("", _("every form")),
            *((str(row.pk), row.name) for row in offered),
        ]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("any year")),
            *((str(year), f"{year}–{year + 1}") for year in years),
        ]
