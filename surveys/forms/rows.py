"""The parts of a draft ready for the page: each question with its kind in words, its condition, its faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.content import Content, Question, Section
from surveys.forms.asked import condition_words
from surveys.forms.asking import KIND_LABELS
from surveys.questions import Fault


@dataclass(frozen=True, slots=True)
class Row:
    """A question in its place."""

    question: Question
    number: str
    kind: object
    when: str
    faults: tuple[str, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A section with its rows; `faults` are of the section itself."""

    section: Section
    number: int
    rows: tuple[Row, ...]
    faults: tuple[str, ...]
    is_first: bool
    is_last: bool


def rows_of(content: Content, faults: Sequence[Fault]) -> list[Block]:
    """Every section with what is wrong in it."""
    numbers = content.numbers()
    last = len(content.sections)
    return [
        Block(
            section=section,
            number=place,
            rows=tuple(_row(content, one, numbers, faults) for one in section.questions),
            faults=tuple(fault.text for fault in faults if fault.section == section.key and not fault.question),
            is_first=place == 1,
            is_last=place == last,
        )
        for place, section in enumerate(content.sections, start=1)
    ]


def _row(content: Content, question: Question, numbers: dict[str, str], faults: Sequence[Fault]) -> Row:
    return Row(
        question=question,
        number=numbers[question.key],
        kind=KIND_LABELS[question.kind],
        when=condition_words(content, question, numbers),
        faults=tuple(fault.text for fault in faults if fault.question == question.key),
        is_first=content.sections[0].questions[:1] == (question,),
        is_last=content.sections[-1].questions[-1:] == (question,),
    )
