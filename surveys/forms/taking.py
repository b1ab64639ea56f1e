"""What of somebody's answers is taken into the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.forms import PlainForm, StandingForm
from surveys.services.taking import Proposal


class TakingForm(PlainForm, StandingForm):
    """A tick for each line that would change; ticked before where nothing stands in the register yet."""

    def __init__(self, data: Mapping[str, Any] | None, *, proposals: Sequence[Proposal]) -> None:
        self.proposals = [one for one in proposals if not one.is_same and one.columns]
        initial = {one.line: not one.old for one in self.proposals}
        texts = {f"{one.line} {name}": text for one in proposals for name, text in (("old", one.old), ("new", one.new))}
        super().__init__(data, initial=initial | texts)
        for one in self.proposals:
            self.fields[one.line] = forms.BooleanField(label=one.label, required=False)

    def rows(self) -> Iterator[tuple[Proposal, BoundField]]:
        for one in self.proposals:
            yield one, self[one.line]

    @property
    def ticked(self) -> list[Proposal]:
        return [one for one in self.proposals if self.cleaned_data[one.line]]
