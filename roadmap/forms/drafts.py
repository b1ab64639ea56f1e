"""Bringing a document, and the parts of a draft."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from roadmap.drafting.faults import faults_of
from roadmap.drafting.sheet import ACTIVITY, APPROVAL, HEAD, STAGE, Part, Sheet
from roadmap.reading.kinds import accepted, accepted_endings

MOST_MEGABYTES = 20


class UploadForm(PlainForm, forms.Form):
    """One roadmap document."""

    file = forms.FileField(
        label=_("Roadmap document"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty: there is not a single word in it."),
        },
        widget=forms.FileInput(),
        max_length=255,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        file = self.fields["file"]
        file.widget.attrs["accept"] = ",".join(accepted_endings())
        file.help_text = _("Up to %(most)s MB: %(endings)s. A PDF needs text in it, not pictures of pages.") % {
            "most": MOST_MEGABYTES,
            "endings": accepted(),
        }

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
    """One activity; days of its own stand in the place of those in the term.

    The further columns of the document are fields under the school's own titles.
    """

    number = _text(_("Number of the activity"))
    stage = forms.ChoiceField(label=_("Stage of the activity"), required=False)
    section = _text(_("Section within the stage"))
    text = _text(_("What is to be done"), rows=3)
    term = _text(_("Term as in the document"))
    starts_on = _day(_("First day, set by hand"))
    ends_on = _day(_("Last day, set by hand"))
    responsible = _text(_("Who answers for it"), rows=2)
    rows: tuple[tuple[str, ...], ...] = (
        *(("number", "stage"), ("text",), ("term",)),
        *(("starts_on", "ends_on"), ("responsible",), ("section",)),
    )
    live_after = "term"

    def __init__(self, part: Part, sheet: Sheet) -> None:
        super().__init__(part, sheet)
        choice = self.fields["stage"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (stage.key, f"{stage.fields['number']} {stage.fields['name']}".strip())
            for stage in sheet.standing(sheet.stages)
        ]
        for kind, title in sheet.titles.items():
            self.fields[kind] = _text(title, rows=2)
        self.rows = (*self.rows, *((kind,) for kind in sheet.titles))


PART_FORMS: dict[str, type[PartForm]] = {
    HEAD: HeadForm,
    APPROVAL: ApprovalForm,
    STAGE: StageForm,
    ACTIVITY: ActivityForm,
}
