"""What is typed from a paper sheet: a digit for each mark, so that a sheet is typed without the mouse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.content import Content, Kind, Option, Question
from surveys.questions import Around, Raw, Reading, Refusal, Refused, name_of, read_answers
from surveys.questions.given import refuse

YES, NO = frozenset({"1", "да", "д", "+"}), frozenset({"0", "нет", "н", "-"})
NUMBERED = frozenset({Kind.ONE, Kind.SEVERAL, Kind.RANKING})
_SPLIT = re.compile(r"[\s,;.]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A question of the grid: what it asks, and what is typed for which answer."""

    question: Question
    number: str
    codes: tuple[str, ...]
    is_wide: bool


def columns_of(content: Content, around: Around) -> list[Column]:
    """The questions that a paper sheet can answer, in their order; a file can not be typed."""
    numbers = content.numbers()
    return [
        Column(
            question, numbers[question.key], tuple(_codes(question, around)), question.kind in {Kind.LONG, Kind.SHORT}
        )
        for question in content.questions()
        if question.kind is not Kind.FILE
    ]


def read_typed(content: Content, typed: Mapping[str, str], around: Around) -> tuple[Raw, Reading]:
    """The row as a browser would have sent it, and what came of reading it; `typed` is by key of the question."""
    raw: dict[str, list[str]] = {}
    wrong: dict[str, list[Refusal]] = {}
    for question in content.questions():
        try:
            raw |= raw_of(question, typed.get(question.key, "").strip(), around)
        except Refused as refused:
            wrong[question.key] = list(refused.refusals)
    reading = read_answers(content, raw, around)
    asked = {key: refusals for key, refusals in wrong.items() if key in reading.asked}
    return raw, Reading(reading.given, reading.refusals | asked, reading.asked)


def raw_of(question: Question, typed: str, around: Around) -> dict[str, list[str]]:
    """The fields of one question. Raises Refused where the code stands for nothing."""
    if not typed:
        return {}
    if question.kind is Kind.YES_NO:
        return {name_of(question): [_yes_or_no(question, typed.lower())]}
    if question.kind in NUMBERED:
        keys = [option.key for option in question.options]
        return {name_of(question): _picked(question, typed, keys)}
    if question.kind is Kind.PEOPLE:
        keys = [str(key) for key in around.people.get(question.side, {})]
        return {name_of(question): _picked(question, typed, keys)}
    if question.kind is Kind.MATRIX:
        return _rows(question, typed)
    return {name_of(question): [typed]}


def _yes_or_no(question: Question, typed: str) -> str:
    if typed in YES:
        return "yes"
    if typed in NO:
        return "no"
    raise refuse(question, _("Type 1 for yes, 0 for no."))


def _picked(question: Question, typed: str, keys: Sequence[str]) -> list[str]:
    """The answers of these numbers; «13» is the first and the third where no answer has two digits."""
    parts = [part for part in _SPLIT.split(typed) if part]
    if len(parts) == 1 and len(keys) < 10:
        parts = list(parts[0])
    known = {str(number): key for number, key in enumerate(keys, 1)}
    if any(part not in known for part in parts):
        raise refuse(question, _("Type numbers from 1 to %(n)s.") % {"n": len(keys)})
    return [known[part] for part in parts]


def _rows(question: Question, typed: str) -> dict[str, list[str]]:
    """A column for each row in turn; 0 leaves a row out."""
    parts = [part for part in _SPLIT.split(typed) if part]
    if len(parts) == 1 and len(question.columns) < 10:
        parts = list(parts[0])
    known = {str(number): column.key for number, column in enumerate(question.columns, 1)} | {"0": ""}
    if len(parts) != len(question.rows) or any(part not in known for part in parts):
        words = {"rows": len(question.rows), "n": len(question.columns)}
        raise refuse(question, _("Type %(rows)s numbers from 1 to %(n)s, one for each row; 0 for none.") % words)
    marks = zip(question.rows, parts, strict=True)
    return {name_of(question, row.key): [known[part]] for row, part in marks if known[part]}


def _codes(question: Question, around: Around) -> list[str]:
    if question.kind is Kind.YES_NO:
        return [f"1 – {pgettext('answer', 'Yes')}", f"0 – {pgettext('answer', 'No')}"]
    if question.kind is Kind.SCALE:
        return [f"{question.low}–{question.high}"]
    if question.kind in NUMBERED:
        return _numbered(question.options)
    if question.kind is Kind.MATRIX:
        return [*_numbered(question.columns), *(f"• {row.text}" for row in question.rows)]
    if question.kind is Kind.PEOPLE:
        return [f"{number} – {name}" for number, name in enumerate(around.people.get(question.side, {}).values(), 1)]
    return []


def _numbered(options: Sequence[Option]) -> list[str]:
    return [f"{number} – {option.text}" for number, option in enumerate(options, 1)]
