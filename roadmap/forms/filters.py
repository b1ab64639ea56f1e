"""Narrowing the list of activities."""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roadmap.board.filters import EVERY_YEAR, MINE, THIS_MONTH
from roadmap.board.rows import Standing

Choices = Sequence[tuple[str, str]]


class QuickSelect(forms.Select):
    """A select printed in one go; Django renders two templates for every option, which a list page pays for."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        groups = [_group(value, label, chosen) for value, label in self.choices]
        shown = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return SafeString(f"<select{shown}>{''.join(groups)}</select>")


class QuickSearch(forms.SearchInput):
    """A search field printed in one go, for the same reason."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        shown = flatatt({"type": "search", "name": name, "value": widget["value"] or "", **widget["attrs"]})
        return format_html("<input{}>", shown)


def _group(value: Any, label: Any, chosen: str) -> str:
    """One option, or a group of them under its name."""
    if isinstance(label, (list, tuple)):
        return f'<optgroup label="{escape(str(value))}">{_options(label, chosen)}</optgroup>'
    return _options([(value, label)], chosen)


def _options(choices: Choices, chosen: str) -> str:
    return "".join(
        [
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>'
            for value, label in choices
        ]
    )


class FilterForm(forms.Form):
    """What of a programme is shown, and in which order.

    It has neither errors nor hints, so its template prints the fields themselves: crispy's template of a field
    would cost a tenth of the page.
    """

    q = forms.CharField(label=_("Find in the roadmap"), required=False, widget=QuickSearch({"class": "form-control"}))
    stage = forms.ChoiceField(label=_("Stage of the roadmap"), required=False, widget=QuickSelect)
    state = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        widget=QuickSelect,
        choices=(
            ("", _("however it stands")),
            (Standing.LATE, _("overdue")),
            (THIS_MONTH, _("in this month")),
            (Standing.NOW, _("going on now")),
            (Standing.COMING, _("still to come")),
            (Standing.UNDATED, _("without dates")),
            (Standing.DONE, _("done already")),
        ),
    )
    who = forms.ChoiceField(label=_("Who answers"), required=False, widget=QuickSelect)
    year = forms.ChoiceField(label=_("School year"), required=False, widget=QuickSelect)
    order = forms.ChoiceField(
        label=_("In which order"),
        required=False,
        widget=QuickSelect,
        choices=(
            ("document", _("as in the document")),
            ("deadline", _("by deadline")),
            ("text", _("by the alphabet")),
        ),
    )

    def __init__(
        self,
        data: Any,
        *,
        stages: Choices,
        people: tuple[Choices, Choices],
        years: Choices,
        without: Container[str] = (),
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name in ("stage", "state", "who", "year", "order"):
            self.fields[name].widget.attrs["class"] = "form-select"
        duties, names = people
        self._offer("stage", [("", _("all stages")), *stages])
        who = [("", _("everyone who answers")), (MINE, _("I myself")), (_("by duty"), duties), (_("by name"), names)]
        self._offer("who", who)
        self._offer("year", [*years, (EVERY_YEAR, _("all years"))])
        for name in [*self.fields]:
            if name in without or (name == "year" and len(years) < 2):
                del self.fields[name]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
