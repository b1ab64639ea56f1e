"""Publication: where the school publishes, who is looked for, and what each signer has allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import PlainForm
from participants.models import Datum, PublicResource, PublishedItem
from participants.services.publication import CONDITION_LENGTH
from participants.services.publication_lines import STANDINGS

YES, NO = "yes", "no"
CONDITION = _("Condition or prohibition")


class PublicationFilterForm(PlainForm, forms.Form):
    """By name and class, and by how far the consent has come."""

    q = forms.CharField(
        label=_("Name or class"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "form-control", "type": "search"}),
    )
    standing = forms.ChoiceField(
        label=_("Who is shown"),
        required=False,
        choices=list(STANDINGS.items()),
        widget=forms.Select({"class": "form-select"}),
    )


class ResourceForm(PlainForm, forms.Form):
    """One place where the school publishes."""

    name = forms.CharField(label=_("What it is"), max_length=200, help_text=_("For example: the site of the school."))
    url = forms.URLField(
        label=_("Full address"),
        max_length=300,
        assume_scheme="https",
        help_text=_("With the section: https://school.example/mentoring/. It is printed on the form."),
    )
    is_used = forms.BooleanField(label=_("The school publishes there now"), required=False, initial=True)

    def clean_url(self) -> str:
        """An address that a browser opens."""
        url: str = self.cleaned_data["url"]
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError(gettext("Write the address of a site, from https:// on."))
        return url

    @classmethod
    def of(cls, resource: PublicResource, data: Any = None) -> ResourceForm:
        """The form that shows this resource."""
        return cls(data, initial={name: getattr(resource, name) for name in cls.base_fields})


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One datum with its two fields."""

    label: str
    choice: Any
    condition: Any


class ChoicesForm(PlainForm, forms.Form):
    """What the signer allows: yes or no for each datum on each resource, with a condition of his own.

    Serves the curator, who copies the paper, and the signer on his own page.
    """

    def __init__(self, *args: Any, items: Iterable[PublishedItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            label = f"{item.resource.name}: {Datum(item.datum).label}"
            self.fields[f"item-{item.pk}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[(YES, _("allowed")), (NO, _("not allowed"))],
                initial={True: YES, False: NO, None: ""}[item.is_allowed],
                widget=forms.RadioSelect,
            )
            self.fields[f"condition-{item.pk}"] = forms.CharField(
                label=CONDITION,
                required=False,
                max_length=CONDITION_LENGTH,
                initial=item.condition,
                widget=forms.TextInput({"class": "form-control", "aria-label": f"{label}: {CONDITION}"}),
            )

    def resources(self) -> Iterator[tuple[PublicResource, list[ChoiceRow]]]:
        """The fields, resource by resource."""
        found: dict[PublicResource, list[ChoiceRow]] = {}
        for item in self.items:
            row = ChoiceRow(str(Datum(item.datum).label), self[f"item-{item.pk}"], self[f"condition-{item.pk}"])
            found.setdefault(item.resource, []).append(row)
        yield from found.items()

    @property
    def choices(self) -> dict[int, tuple[bool | None, str]]:
        """For `write_choices`, after a valid form; what was left open stays open, which counts as a no."""
        meaning = {YES: True, NO: False, "": None}
        return {
            item.pk: (meaning[self.cleaned_data[f"item-{item.pk}"]], self.cleaned_data[f"condition-{item.pk}"])
            for item in self.items
        }
