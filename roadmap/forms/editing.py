"""The parts of a living programme, each edited and saved by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput, PlainForm
from roadmap.editing.wishes import ActivityWish, PersonWish
from roadmap.models import Duty
from roadmap.services.moving import LATEST
from roadmap.services.progress import EARLIEST

Choices = Sequence[tuple[Any, Any]]


class Member(NamedTuple):
    """A person of the school in the list: key, what the list says, the name as a document has it."""

    key: int
    label: str
    name: str


LONGEST = 20_000
"""Signs of a long text; a roadmap's longest have some thousands."""


def _text(label: Any, most: int, *, rows: int = 0, required: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    errors = {"required": required} if required else {}
    return forms.CharField(
        label=label, max_length=most, required=bool(required), widget=widget, error_messages=errors, **more
    )


def _day(label: Any, **more: Any) -> forms.DateField:
    errors = {"invalid": _("This is no day. Write it as 31.10.2026."), "required": _("Give a day.")}
    return forms.DateField(label=label, widget=DayInput(), error_messages=errors, **more)


class RowsForm(PlainForm, forms.Form):
    """A form whose fields stand in lines, those of one line together."""

    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*(Div(*line, css_class="fields-2") if len(line) > 1 else line[0] for line in self.rows))
        return helper


class ActivityForm(RowsForm):
    """An activity; the extra columns are those of its programme."""

    number = _text(_("Number of the activity"), 20)
    stage = forms.TypedChoiceField(label=_("Stage of the activity"), coerce=int)
    text = _text(_("What is to be done"), LONGEST, rows=3, required=_("Say what is to be done."))
    term_text = _text(_("Term as in the document"), 2000)
    section = _text(_("Section within the stage"), 1000)
    responsible_text = _text(
        _("Who answers for it"),
        LONGEST,
        rows=2,
        help_text=_("As it is to stand in the paper. Change this or the list below: the other follows."),
    )
    rows = (("number", "stage"), ("text",), ("term_text",))
    last_rows = (("section",), ("responsible_text",))

    def __init__(self, *args: Any, stages: Choices, columns: Sequence[Mapping[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choice = self.fields["stage"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(stages)
        self.extras = [f"extra_{column['kind']}" for column in columns]
        for name, column in zip(self.extras, columns, strict=True):
            self.fields[name] = _text(column["title"], LONGEST, rows=2)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        last = [*((name,) for name in self.extras), *self.last_rows]
        live = HTML('{% include "roadmap/edit_understood.html" %}')
        helper.layout = Layout(*helper.layout.fields, live, *(names[0] for names in last))
        return helper

    def wish(self, people: Sequence[PersonWish]) -> ActivityWish:
        """What the form and its list of people ask for."""
        values = self.cleaned_data
        return ActivityWish(
            stage=values["stage"],
            number=values["number"],
            section=values["section"],
            text=values["text"].replace("\r\n", "\n"),
            term_text=values["term_text"],
            responsible_text=values["responsible_text"].replace("\r\n", "\n"),
            extra={
                name.removeprefix("extra_"): values[name].replace("\r\n", "\n") for name in self.extras if values[name]
            },
            people=tuple(people),
        )


class SplitForm(PlainForm, forms.Form):
    """Where an activity is to be cut: at one of the places offered, or before words that the curator writes."""

    at = forms.ChoiceField(label=_("The second activity begins with"), widget=forms.RadioSelect, required=False)
    words = _text(
        _("Words with which the second activity begins"),
        LONGEST,
        help_text=_("Copy a few words from the text."),
    )

    def __init__(self, *args: Any, text: str, cuts: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.text = text
        choice = self.fields["at"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(cuts)
        if cuts:
            self.fields["words"].help_text = _(
                "Only if none of the places above is right. Copy a few words from the text."
            )
        else:
            del self.fields["at"]

    def clean(self) -> None:
        words, at = self.cleaned_data.get("words", "").strip(), self.cleaned_data.get("at")
        places = self.text.count(words) if words else 0
        if words and places == 1:
            self.cleaned_data["place"] = self.text.index(words)
        elif words and places:
            self.add_error("words", _("These words stand in the text more than once. Copy some more."))
        elif words:
            self.add_error("words", _("These words are not in the text. Copy them from it."))
        elif at:
            self.cleaned_data["place"] = int(at)
        elif "at" not in self.errors:
            self.add_error("words", _("Say where the second activity begins."))


class PersonForm(PlainForm, forms.Form):
    """One of those who answer for an activity."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput())
    role = _text(_("Post or role"), 300)
    name = _text(_("Name as written"), 200)
    duty = forms.ChoiceField(
        label=_("Duty at school"), required=False, choices=[("", _("read it from the role")), *Duty.choices]
    )
    member = forms.TypedChoiceField(label=_("Person of the school"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, members: Sequence[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        choice = self.fields["member"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("nobody in particular")), *((member.key, member.label) for member in members)]
        self.names = {member.key: member.name for member in members}

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout("key", Div("role", "name", "duty", "member", css_class="fields-person"))
        return helper

    def wish(self) -> PersonWish | None:
        """The person asked for, None for a row left empty; who is chosen from the list is written by his name."""
        values = self.cleaned_data
        if not (values["role"] or values["name"] or values["member"]):
            return None
        name = values["name"] or self.names.get(values["member"], "")
        return PersonWish(values["key"], values["role"], name, values["duty"], values["member"])


class StageForm(RowsForm):
    """A stage."""

    number = _text(_("Number of the stage"), 20)
    name = _text(_("Name of this stage"), 500, rows=2, required=_("A stage needs a name."))
    goal = _text(_("Goal of the stage"), LONGEST, rows=2)
    task = _text(_("Task of the stage"), LONGEST, rows=3)
    result = _text(_("Result of the stage"), LONGEST, rows=3)
    rows = (("number",), ("name",), ("goal",), ("task",), ("result",))


class HeadForm(RowsForm):
    """The title page."""

    title = _text(_("Title of the document"), 1000, rows=2, required=_("A programme needs a title."))
    organisation = _text(_("Organisation"), 1000, rows=2)
    starts_on = _day(_("First day of the programme"))
    ends_on = _day(_("Last day of the programme"))
    preamble = _text(_("Text before the table"), LONGEST, rows=6)
    rows = (("title",), ("organisation",), ("starts_on", "ends_on"), ("preamble",))
    MOST_YEARS = 10

    def clean_preamble(self) -> str:
        text: str = self.cleaned_data["preamble"]
        return text.replace("\r\n", "\n")

    def clean(self) -> None:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        for name, day in (("starts_on", first), ("ends_on", last)):
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("These days cannot be right. Look at the year."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif first and last and last.year - first.year > self.MOST_YEARS:
            self.add_error("ends_on", _("A programme may run for ten years at most."))


class ApprovalForm(RowsForm):
    """One stamp."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput())
    word = _text(_("Word of approval"), 60, required=_("Say what stands over the stamp, for instance «УТВЕРЖДАЮ»."))
    by = _text(_("Body or post"), 300)
    person = _text(_("Name of the person"), 200)
    basis = _text(_("Paper it rests on"), 300)
    date = _day(_("Date of the paper"), required=False)
    number = _text(_("Number of the paper"), 40)
    rows = (("key",), ("word", "by"), ("person", "basis"), ("date", "number"))
