"""The forms of the roadmap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from roadmap.board.filters import EVERY_YEAR
from roadmap.board.rows import Standing
from roadmap.drafting.faults import faults_of
from roadmap.drafting.sheet import ACTIVITY, APPROVAL, HEAD, STAGE, Part, Sheet
from roadmap.models import EvidenceKind

MOST_MEGABYTES = 20


class UploadForm(PlainForm, forms.Form):
    """One roadmap document."""

    file = forms.FileField(
        label=_("Roadmap document"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty: there is not a single word in it."),
        },
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
        help_text=_("Word (.docx) or plain text (.txt), up to 20 MB."),
        max_length=255,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Save it without pictures and try again."),
                params={"most": MOST_MEGABYTES},
            )
        return file


def _text(label: Any, *, rows: int = 0, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, strip=False, widget=widget, **more)


def _day(label: Any, **more: Any) -> forms.CharField:
    # A text with the browser's calendar: what is no day has to be kept as it was typed.
    return forms.CharField(label=label, required=False, strip=False, widget=DayInput(), **more)


class PartForm(PlainForm, forms.Form):
    """One part of a draft with its fields as typed; what is wrong with them stands at the fields."""

    rows: tuple[tuple[str, ...], ...] = ()
    """The fields, those of one line together."""
    live_after = ""
    """The field behind which the server says what it made of the text; at the end where none is named."""

    def __init__(self, part: Part, sheet: Sheet) -> None:
        super().__init__(part.fields, auto_id=f"{part.key}-%s")
        self.part, self.faults = part, faults_of(part, sheet)
        first = next(iter(self.faults), self.rows[0][0])
        self.fields[first].widget.attrs["autofocus"] = True

    def clean(self) -> None:
        for name, words in self.faults.items():
            self.add_error(name, words)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        live = HTML('{% include "roadmap/draft_live.html" %}')
        laid_out: list[object] = []
        for names in self.rows:
            laid_out.append(Div(*names, css_class="fields-2") if len(names) > 1 else names[0])
            if self.live_after in names:
                laid_out.append(live)
        helper.layout = Layout(*laid_out, *([] if self.live_after else [live]))
        return helper


class HeadForm(PartForm):
    """What the document says of itself."""

    title = _text(_("Title of the document"), rows=2)
    organisation = _text(_("Organisation"), rows=2)
    starts_on = _day(_("First day of the programme"))
    ends_on = _day(_("Last day of the programme"))
    preamble = _text(_("Text before the table"), rows=6)
    rows = (("title",), ("organisation",), ("starts_on", "ends_on"), ("preamble",))


class ApprovalForm(PartForm):
    """One stamp."""

    word = _text(_("Word of approval"))
    by = _text(_("Body or post"))
    person = _text(_("Name of the person"))
    basis = _text(_("Paper it rests on"))
    date = _day(_("Date of the paper"))
    number = _text(_("Number of the paper"))
    rows = (("word", "by"), ("person", "basis"), ("date", "number"))


class StageForm(PartForm):
    """One stage."""

    number = _text(_("Number of the stage"))
    name = _text(_("Name of this stage"), rows=2)
    goal = _text(_("Goal of the stage"), rows=2)
    task = _text(_("Task of the stage"), rows=3)
    result = _text(_("Result of the stage"), rows=3)
    rows = (("number",), ("name",), ("goal",), ("task",), ("result",))


class ActivityForm(PartForm):
    """One activity; days of its own stand in the place of those in the term."""

    number = _text(_("Number of the activity"))
    stage = forms.ChoiceField(label=_("Stage of the activity"), required=False)
    section = _text(_("Section within the stage"))
    text = _text(_("What is to be done"), rows=3)
    term = _text(_("Term as in the document"))
    starts_on = _day(_("First day, set by hand"))
    ends_on = _day(_("Last day, set by hand"))
    responsible = _text(_("Who answers for it"), rows=2)
    rows = (("number", "stage"), ("text",), ("term",), ("starts_on", "ends_on"), ("responsible",), ("section",))
    live_after = "term"

    def __init__(self, part: Part, sheet: Sheet) -> None:
        super().__init__(part, sheet)
        choice = self.fields["stage"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (stage.key, f"{stage.fields['number']} {stage.fields['name']}".strip())
            for stage in sheet.standing(sheet.stages)
        ]


PART_FORMS: dict[str, type[PartForm]] = {
    HEAD: HeadForm,
    APPROVAL: ApprovalForm,
    STAGE: StageForm,
    ACTIVITY: ActivityForm,
}


class DoneForm(PlainForm, forms.Form):
    """When an activity was done, and what is worth noting."""

    done_on = forms.DateField(label=_("Done on the day"), widget=DayInput({"autofocus": ""}))
    note = forms.CharField(
        label=_("Note, if there is something to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("done_on", "note", css_class="fields-done"))
        return helper


class DaysForm(PlainForm, forms.Form):
    """The days of an activity whose term names none."""

    starts_on = forms.DateField(label=_("First day of the activity"), widget=DayInput({"autofocus": ""}))
    ends_on = forms.DateField(label=_("Last day of the activity"), widget=DayInput())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(Div("starts_on", "ends_on", css_class="fields-2"))
        return helper


class EvidenceForm(PlainForm, forms.Form):
    """What proves an activity."""

    kind = forms.ChoiceField(
        label=_("What proves the activity"),
        required=False,
        choices=[("", _("nothing that is counted here")), *EvidenceKind.choices],
        widget=forms.Select({"autofocus": ""}),
    )


Choices = Sequence[tuple[str, str]]


class QuickSelect(forms.Select):
    """A select printed in one go; Django renders two templates for every option, which a list page pays for."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [
            (label, format_html_join("", '<option value="{}"{}>{}</option>', map(_option, options)))
            for label, options, _place in widget["optgroups"]
        ]
        inner = [
            format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options
            for label, options in groups
        ]
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(widget["attrs"]), SafeString("".join(inner))
        )


class QuickSearch(forms.SearchInput):
    """A search field printed in one go, for the same reason."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        shown = flatatt({"type": "search", "name": name, "value": widget["value"] or "", **widget["attrs"]})
        return format_html("<input{}>", shown)


def _option(option: dict[str, Any]) -> tuple[Any, SafeString, Any]:
    return option["value"], SafeString(" selected" if option["selected"] else ""), option["label"]


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

    def __init__(self, data: Any, *, stages: Choices, people: tuple[Choices, Choices], years: Choices) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name in ("stage", "state", "who", "year", "order"):
            self.fields[name].widget.attrs["class"] = "form-select"
        duties, names = people
        self._offer("stage", [("", _("all stages")), *stages])
        self._offer("who", [("", _("everyone who answers")), (_("by duty"), duties), (_("by name"), names)])
        if len(years) > 1:
            self._offer("year", [*years, (EVERY_YEAR, _("all years"))])
        else:
            del self.fields["year"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
