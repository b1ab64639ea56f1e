"""The fields that a question has by its kind: how they are typed, and the question they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DayInput
from surveys.content import FILE_KINDS, Kind, Option, Question
from surveys.content.reading import LONGEST_LONG, LONGEST_SHORT
from surveys.editing import lines_of, options_in
from surveys.forms.asking import FILE_LABELS

Fields = dict[str, forms.Field]
MOST_TYPED = 20_000
NEEDS_ANSWERS = frozenset({Kind.ONE, Kind.SEVERAL, Kind.RANKING, Kind.MATRIX})
LISTS = ("options", "rows", "columns")


def own_fields(kind: Kind) -> Fields:
    """The fields of a kind, in their order."""
    return _FIELDS[kind]()


def own_initial(question: Question) -> dict[str, Any]:
    """What stands in those fields, lists as lines."""
    values = {name: getattr(question, name) for name in own_fields(question.kind)}
    return {name: lines_of(value) if name in LISTS else value for name, value in values.items()}


def with_own(question: Question, before: Question | None, typed: Mapping[str, Any]) -> Question:
    """The question with what was typed; answers to choose from keep the keys they had `before`."""
    own: dict[str, Any] = {}
    for name in own_fields(question.kind):
        value = typed.get(name)
        if name in LISTS:
            own[name] = _list(name, value or "", question.kind, before)
        elif name == "kinds":
            own[name] = tuple(kind for kind in FILE_KINDS if kind in (value or ()))
        else:
            own[name] = value
    if question.kind is Kind.NUMBER:
        own["decimals"] = own["decimals"] or 0
    return replace(question, **own)


def _list(name: str, lines: str, kind: Kind, before: Question | None) -> tuple[Option, ...]:
    if name == "columns":
        texts = options_in(lines, ())
        return tuple(Option(str(place), option.text) for place, option in enumerate(texts, start=1))
    old = getattr(before, name) if before else ()
    is_scored = kind in {Kind.ONE, Kind.SEVERAL}
    return options_in(lines, old, prefix=name[0], is_scored=is_scored)


def _lines(label: Any, help_text: Any = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST_TYPED, widget=forms.Textarea({"rows": rows})
    )


def _whole(label: Any, least: int, most: int, *, is_needed: bool = False, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=is_needed, help_text=help_text)


def _words(label: Any, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


ANSWERS = _("Answers to choose from, each on a line of its own")
SCORED = _("Where answers count, write the score behind a stroke: “fully | 2”.")
MILLION = 1_000_000


def _scale() -> Fields:
    return {
        "low": _whole(_("Lowest mark"), 0, 10, is_needed=True),
        "high": _whole(_("Highest mark"), 0, 10, is_needed=True),
        "low_label": _words(_("What the lowest mark means"), 60),
        "high_label": _words(_("What the highest mark means"), 60),
    }


def _one() -> Fields:
    return {"options": _lines(ANSWERS, SCORED)}


def _several() -> Fields:
    return {
        "options": _lines(ANSWERS, SCORED),
        "least": _whole(_("Choose at least"), 0, 60),
        "most": _whole(_("Choose at most"), 1, 60, help_text=_("Empty: as many as one likes.")),
    }


def _matrix() -> Fields:
    return {
        "rows": _lines(_("Rows of the table, each on a line of its own")),
        "columns": _lines(_("Columns of the table, each on a line of its own"), rows=4),
    }


def _number() -> Fields:
    return {
        "least": _whole(_("Lowest possible number"), -MILLION, MILLION),
        "most": _whole(_("Highest possible number"), -MILLION, MILLION),
        "decimals": _whole(_("Digits after the comma"), 0, 4),
        "unit": _words(_("Unit after the number"), 40),
    }


def _date() -> Fields:
    return {
        "earliest": forms.DateField(label=_("Earliest day"), required=False, widget=DayInput()),
        "latest": forms.DateField(label=_("Latest day"), required=False, widget=DayInput()),
    }


def _short() -> Fields:
    return {"longest": _whole(_("Characters at most"), 1, LONGEST_SHORT, is_needed=True)}


def _long() -> Fields:
    return {"longest": _whole(_("Characters at most"), 1, LONGEST_LONG, is_needed=True)}


def _people() -> Fields:
    sides = [("mentor", _("mentors of this year")), ("mentee", _("mentees of this year"))]
    return {
        "side": forms.ChoiceField(label=_("Who is chosen"), choices=sides),
        "most": _whole(_("People at most"), 1, 10, is_needed=True),
    }


def _ranking() -> Fields:
    return {
        "options": _lines(_("What is put in order, each on a line of its own")),
        "most": _whole(_("Places at most"), 1, 60, help_text=_("Empty: all of them can be put in order.")),
    }


def _file() -> Fields:
    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("question", "Files that are taken"),
        choices=FILE_LABELS,
        widget=forms.CheckboxSelectMultiple,
    )
    return {"kinds": kinds}


_FIELDS: Mapping[Kind, Callable[[], Fields]] = {
    Kind.SCALE: _scale,
    Kind.YES_NO: dict,
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.MATRIX: _matrix,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.PEOPLE: _people,
    Kind.RANKING: _ranking,
    Kind.FILE: _file,
}
FAULTY: Mapping[Kind, str] = {
    Kind.SCALE: "high",
    Kind.ONE: "options",
    Kind.SEVERAL: "options",
    Kind.RANKING: "options",
    Kind.MATRIX: "rows",
    Kind.NUMBER: "most",
    Kind.DATE: "latest",
    Kind.PEOPLE: "most",
    Kind.FILE: "kinds",
}
"""At which field it is said what is wrong with a question of that kind."""
USUAL: Mapping[Kind, Mapping[str, Any]] = {
    Kind.SCALE: {"low": 1, "high": 10},
    Kind.SHORT: {"longest": 200},
    Kind.LONG: {"longest": 2000},
    Kind.PEOPLE: {"most": 3},
    Kind.NUMBER: {"decimals": 0},
    Kind.FILE: {"kinds": FILE_KINDS},
}
"""What stands in the fields of a new question of that kind."""
