"""The parts of a questionnaire as they are written: a question of any kind, a section, the end of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.forms import PlainForm
from surveys.content import Condition, ContentError, Kind, Level, Question, question_from_json, question_to_json
from surveys.content.reading import MOST_LEVELS
from surveys.editing import free_key
from surveys.forms.asking import FILL_LABELS, KIND_LABELS
from surveys.forms.own_fields import FAULTY, USUAL, own_fields, own_initial, with_own
from surveys.questions.faults import CHOICES, FILLED_BY, MEASURED_BY, NUMBERS, condition_keys, own_faults

SHOW_FIELDS = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#fields",
    "hx-include": "closest form",
    "hx-vals": '{"refresh": "1"}',
}
"""With scripts, another choice shows its fields at once; without, the button does."""
OWN_NEW = "new"
"""Chosen where a question is to be the first of its subject or indicator."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question can name: earlier questions, and by key in words parameters, subjects, indicators."""

    answerer: str
    earlier: tuple[Question, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)

    def named(self, key: str) -> Question | None:
        return next((question for question in self.earlier if question.key == key), None)


class QuestionForm(PlainForm, forms.Form):
    """One question. Which fields there are hangs on its kind and on the question it is asked after."""

    text = forms.CharField(
        label=gettext_lazy("Text of the question"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    help = forms.CharField(
        label=gettext_lazy("Hint below the question"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    required = forms.BooleanField(label=gettext_lazy("An answer is required"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"), choices=[(k.value, v) for k, v in KIND_LABELS.items()]
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, before: Question | None, around: Surroundings, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.before, self.around = before, around
        self.question: Question | None = None
        self.shape = kind_in(data.get("kind") if data is not None else initial.get("kind"))
        self.own = tuple(own_fields(self.shape))
        self.fields |= own_fields(self.shape)
        self.after = around.named(str((data if data is not None else initial).get("after") or ""))
        self.fields |= self._condition_fields() | self._link_fields()

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        condition = [name for name in ("after", "after_any", "after_least", "after_most") if name in self.fields]
        links = [name for name in ("measure", "fills", "subject", "indicator") if name in self.fields]
        parts: list[Any] = ["seen", "kind", "text", "help", "required", Div(*self.own, css_class="builder-own")]
        if condition:
            parts.append(Fieldset(_("When it is asked"), *condition, css_class="builder-more"))
        if links:
            parts.append(Fieldset(_("Where the answer goes"), *links, css_class="builder-more"))
        helper.layout = Layout(*parts)
        return helper

    def _condition_fields(self) -> dict[str, forms.Field]:
        choices = [(one.key, one.text[:100]) for one in self.around.earlier if _can_be_after(one)]
        if not choices:
            return {}
        always = [("", pgettext("question", "always")), *choices]
        fields: dict[str, forms.Field] = {
            "after": forms.ChoiceField(
                label=_("Ask it after an answer to"), required=False, choices=always, widget=forms.Select(SHOW_FIELDS)
            )
        }
        if self.after is None:
            return fields
        if self.after.kind in NUMBERS:
            fields["after_least"] = _bound(_("when the number is at least"))
            fields["after_most"] = _bound(_("when the number is at most"))
        else:
            fields["after_any"] = forms.MultipleChoiceField(
                label=_("when one of these is answered"),
                required=False,
                choices=_answers_of(self.after),
                widget=forms.CheckboxSelectMultiple,
            )
        return fields

    def _link_fields(self) -> dict[str, forms.Field]:
        around, fields = self.around, dict[str, forms.Field]()
        none = ("", pgettext("question", "nothing"))
        if self.shape in MEASURED_BY and around.parameters:
            fields["measure"] = _choice(_("It measures"), [none, *around.parameters.items()])
        fills = [
            (key, words) for key, words in FILL_LABELS.get(around.answerer, {}).items() if self.shape in FILLED_BY[key]
        ]
        if fills:
            fields["fills"] = _choice(_("It fills in the register"), [none, *fills])
        if around.answerer in FILL_LABELS:
            first = (OWN_NEW, _("to be compared with: begin a new subject"))
            by_itself = ("", _("by itself"))
            fields["subject"] = _choice(_("It is compared with"), [by_itself, first, *around.subjects.items()])
            if self.shape is Kind.YES_NO:
                new = (OWN_NEW, _("a new indicator"))
                fields["indicator"] = _choice(
                    _("It is an indicator of behaviour"), [none, new, *around.indicators.items()]
                )
        return fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        question = with_own(self._common(cleaned), self.before, cleaned)
        for text in own_faults(question):
            self.add_error(FAULTY.get(question.kind, "text"), text)
        if self.errors:
            return cleaned
        try:
            self.question = question_from_json(question_to_json(question))
        except ContentError as error:
            name = str(error.place[0]) if error.place else "text"
            self.add_error(name if name in self.fields else "text", error.text)
        return cleaned

    def _common(self, cleaned: Mapping[str, Any]) -> Question:
        return Question(
            key=self.before.key if self.before else "new",
            kind=self.shape,
            text=cleaned["text"],
            help=cleaned["help"],
            required=cleaned["required"],
            show_if=self._condition(cleaned),
            measure=cleaned.get("measure", ""),
            fills=cleaned.get("fills", ""),
            subject=_or_new(cleaned.get("subject", ""), self.around.subjects, "own"),
            indicator=_or_new(cleaned.get("indicator", ""), self.around.indicators, "own"),
        )

    def _condition(self, cleaned: Mapping[str, Any]) -> Condition | None:
        if self.after is None:
            return None
        if self.after.kind not in NUMBERS:
            chosen = tuple(cleaned["after_any"])
            if not chosen:
                self.add_error("after_any", _("Mark the answers after which it is asked."))
            return Condition(self.after.key, any=chosen)
        least, most = cleaned["after_least"], cleaned["after_most"]
        if least is None and most is None:
            self.add_error("after_least", _("Write from which number on it is asked, or up to which."))
        elif least is not None and most is not None and least > most:
            self.add_error("after_most", _("The lowest number is above the highest."))
        return Condition(self.after.key, least=least, most=most)


def question_initial(question: Question) -> dict[str, Any]:
    """What stands in the form of a question."""
    shown = question.show_if
    told = (
        {}
        if shown is None
        else {
            "after": shown.question,
            "after_any": list(shown.any),
            "after_least": shown.least,
            "after_most": shown.most,
        }
    )
    names = ("text", "help", "required", "measure", "fills", "subject", "indicator")
    common = {name: getattr(question, name) for name in names}
    return {"kind": question.kind.value} | common | own_initial(question) | told


def initial_typed(data: QueryDict) -> dict[str, Any]:
    """What was typed so far, so that the form can be shown again for another kind without a word of errors."""
    kind = kind_in(data.get("kind"))
    typed: dict[str, Any] = {name: data.get(name) for name in data}
    typed |= {name: data.getlist(name) for name in ("kinds", "after_any")}
    usual = {name: value for name, value in USUAL.get(kind, {}).items() if not typed.get(name)}
    return typed | usual | {"kind": kind.value, "required": "required" in data}


def new_initial(kind: str) -> dict[str, Any]:
    """What stands in the form of a new question."""
    shape = kind_in(kind)
    return {"kind": shape.value, "required": True} | dict(USUAL.get(shape, {}))


def kind_in(typed: object) -> Kind:
    """The kind that was named; a scale for anything else."""
    return Kind(typed) if isinstance(typed, str) and typed in set(Kind) else Kind.SCALE


class SectionForm(PlainForm, forms.Form):
    """One page of the questionnaire."""

    title = forms.CharField(label=gettext_lazy("Heading of the section"), max_length=200, required=False)
    text = forms.CharField(
        label=gettext_lazy("What is said before its questions"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class EndForm(PlainForm, forms.Form):
    """What is said once all is answered, and what a sum of scores means."""

    thanks = forms.CharField(
        label=gettext_lazy("Words of thanks after the last answer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    levels = forms.CharField(
        label=gettext_lazy("Levels of the sum of scores, each on a line of its own"),
        help_text=gettext_lazy("From, to, name: “15–18 optimal level”. Leave it empty where answers have no scores."),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_levels(self) -> str:
        text: str = self.cleaned_data["levels"]
        wrong = [line for line in text.splitlines() if line.strip() and not _LEVEL.fullmatch(line.strip())]
        if wrong:
            raise forms.ValidationError(
                _("Write each level as “15–18 optimal level”; this line is not: %(line)s") % {"line": wrong[0][:60]}
            )
        if len(text.splitlines()) > MOST_LEVELS:
            raise forms.ValidationError(_("There are at most %(n)s levels.") % {"n": MOST_LEVELS})
        return text

    @property
    def typed_levels(self) -> tuple[Level, ...]:
        """After a valid form."""
        found = (_LEVEL.fullmatch(line.strip()) for line in self.cleaned_data["levels"].splitlines())
        return tuple(Level(int(one[1]), int(one[2]), one[3]) for one in found if one)


def lines_of_levels(levels: Sequence[Level]) -> str:
    """Levels as they are typed."""
    return "\n".join(f"{level.low}–{level.high} {level.text}" for level in levels)


_LEVEL = re.compile(r"(-?[0-9]{1,4}) *[–—-] *(-?[0-9]{1,4}) +(\S.*)", re.ASCII)


def _choice(label: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _bound(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=-1_000_000, max_value=1_000_000)


def _can_be_after(question: Question) -> bool:
    return question.kind in CHOICES | NUMBERS | {Kind.YES_NO}


def _answers_of(question: Question) -> list[tuple[str, str]]:
    words = {option.key: option.text for option in question.options}
    words |= {"yes": pgettext("answer", "Yes"), "no": pgettext("answer", "No")}
    keys = condition_keys(question)
    return [(key, text) for key, text in words.items() if key in keys]


def _or_new(chosen: str, known: Mapping[str, str], prefix: str) -> str:
    return free_key(known, prefix) if chosen == OWN_NEW else chosen
