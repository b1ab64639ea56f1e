"""Answers as columns: one for each datum, with the code that stands in it and what the code means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import pgettext

from surveys.content import Content, Kind, Option, Question
from surveys.questions import Given
from surveys.questions.people import USUALLY_CHOSEN

Value = str | int | float | date | None
Names = Mapping[int, str]
"""Of the people who may be named, by the key of their enrolment."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `code` names it, `part` is the option, the row or the place of the question that it holds."""

    code: str
    question: Question
    part: Option | None = None

    @property
    def codes(self) -> str:
        """What the values mean, a line for each."""
        return "\n".join(_codes(self.question))

    def value(self, given: Sequence[Given], names: Names) -> Value:
        """What stands in the cell of one who gave this answer."""
        read = READERS.get(self.question.kind, _number)
        return read(given, self.part.key if self.part else "", names) if given else None


def columns_of(content: Content, *, with_names: bool) -> list[Column]:
    """The columns of a questionnaire; those that hold names of people only where they may be named."""
    return [
        Column(f"{question.key}.{part.key}" if part else question.key, question, part)
        for question in content.questions()
        if with_names or question.kind is not Kind.PEOPLE
        for part in _parts(question)
    ]


def _parts(question: Question) -> Sequence[Option | None]:
    if question.kind in {Kind.SEVERAL, Kind.RANKING}:
        return question.options
    if question.kind is Kind.MATRIX:
        return question.rows
    if question.kind is Kind.PEOPLE:
        places = map(str, range(1, (question.most or USUALLY_CHOSEN) + 1))
        return [Option(place, pgettext("choice of people", "place %(n)s") % {"n": place}) for place in places]
    return (None,)


def _codes(question: Question) -> list[str]:
    if question.kind is Kind.SCALE:
        ends = ((question.low, question.low_label), (question.high, question.high_label))
        return [f"{mark} – {words}" if words else str(mark) for mark, words in ends]
    if question.kind is Kind.YES_NO:
        return [pgettext("codebook", "1 – yes"), pgettext("codebook", "0 – no")]
    if question.kind is Kind.SEVERAL:
        return [pgettext("codebook", "1 – marked"), pgettext("codebook", "0 – not marked")]
    if question.kind is Kind.RANKING:
        return [pgettext("codebook", "the place: 1 is the most important")]
    if question.kind is Kind.FILE:
        return [pgettext("codebook", "1 – a file was added")]
    named = question.columns if question.kind is Kind.MATRIX else question.options
    return [_said(option) for option in named]


def _said(option: Option) -> str:
    scored = pgettext("codebook", "%(words)s (score %(score)s)") % {"words": option.text, "score": option.score}
    return f"{option.key} – {option.text if option.score is None else scored}"


def _number(given: Sequence[Given], part: str, _names: Names) -> Value:
    return next((_plain(row.number) for row in given if row.item == part and row.number is not None), None)


def _item(given: Sequence[Given], _part: str, _names: Names) -> Value:
    return given[0].item


def _marked(given: Sequence[Given], part: str, _names: Names) -> Value:
    return int(any(row.item == part for row in given))


def _person(given: Sequence[Given], part: str, names: Names) -> Value:
    return next((names.get(row.chosen or 0) for row in given if row.number == Decimal(part)), None)


def _words(given: Sequence[Given], _part: str, _names: Names) -> Value:
    return given[0].text


def _day(given: Sequence[Given], _part: str, _names: Names) -> Value:
    return date.fromisoformat(given[0].text)


def _file(given: Sequence[Given], _part: str, _names: Names) -> Value:
    return 1


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


READERS: Mapping[Kind, Callable[[Sequence[Given], str, Names], Value]] = {
    Kind.ONE: _item,
    Kind.SEVERAL: _marked,
    Kind.PEOPLE: _person,
    Kind.SHORT: _words,
    Kind.LONG: _words,
    Kind.DATE: _day,
    Kind.FILE: _file,
}
