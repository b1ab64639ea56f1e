"""What an answer is before and after it is read: raw text of a browser or a sheet, values, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from surveys.content import Option, Question

Raw = Mapping[str, Sequence[str]]
"""What a POST has: the values by name. See `name_of`."""

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that nobody types and that no database keeps."""


@dataclass(frozen=True, slots=True)
class Given:
    """One datum of an answer, as a row of it is kept; an answer of several options, rows or places is several."""

    item: str = ""
    number: Decimal | None = None
    text: str = ""
    chosen: int | None = None
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer is not taken: one sentence at the field of that name."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """What an answer may name: people by side (enrolment and name) and the files of this answer (key and name)."""

    people: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    files: Mapping[int, str] = field(default_factory=dict)


class KindOfQuestion(Protocol):
    """What each kind of question knows; `read` returns what was given, or raises Refused."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        """The rows of a valid answer, none where nothing was answered. Raises Refused."""

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        """The answer in words, a line for each thing said."""

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        """What a browser would send for this answer: `read` of it is the same answer."""


class Refused(Exception):
    """An answer is not taken, for these reasons."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(refusals)
        self.refusals = refusals


def name_of(question: Question, part: str = "") -> str:
    """The name of a field in a form: `q-<key>`, with a row or an option `q-<key>-<part>`."""
    return f"q-{question.key}-{part}" if part else f"q-{question.key}"


def values_of(raw: Raw, name: str) -> list[str]:
    """What was typed or marked under a name, without what is empty."""
    return [text for text in (value.strip() for value in raw.get(name, ())) if text]


def only_value(question: Question, raw: Raw, part: str = "") -> str:
    """The one value under a name, empty without one; several are refused."""
    name = name_of(question, part)
    found = values_of(raw, name)
    if len(found) > 1:
        raise Refused(Refusal(name, _("Give one answer here, not several.")))
    return found[0] if found else ""


def refuse(question: Question, text: str, part: str = "") -> Refused:
    return Refused(Refusal(name_of(question, part), text))


def words_of(options: Iterable[Option]) -> dict[str, str]:
    return {option.key: option.text for option in options}
