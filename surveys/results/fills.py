"""What answers say of a part in the year: the lines of the register that they may fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from surveys.content import Content, Kind, Question
from surveys.questions import Given

WORDS = ("request", "wanted_help", "interests", "competences", "achievements")
"""Lines in words; the others are lists, hours and ages."""
_HOUR = re.compile(r"h([1-7][0-9]{2})")
_AGES = re.compile(r"a([0-9]{1,2})_([0-9]{1,2})")

Answers = Mapping[str, Sequence[Given]]


def fills_in(content: Content) -> bool:
    """Whether any question of it fills a line of the register."""
    return any(question.fills for question in content.questions())


def words_for(content: Content, given: Answers, line: str) -> str:
    """What was said for a line in words, each question on a line of its own; empty where nothing was."""
    return "\n".join(filter(None, (_words(*one) for one in _answered(content, given, line))))


def named_for(content: Content, given: Answers, line: str) -> list[str]:
    """The words of the options chosen for a line, in order."""
    return [text for question, rows in _answered(content, given, line) for text in _chosen(question, rows)]


def hours_for(content: Content, given: Answers) -> list[int]:
    """The free hours of the week that were marked, `weekday * 100 + hour`."""
    marked = (_HOUR.fullmatch(row.item) for row in _rows(content, given, "available"))
    return sorted({int(found[1]) for found in marked if found})


def ages_for(content: Content, given: Answers) -> tuple[int, int] | None:
    """From which age to which, None where nothing was said."""
    marked = (_AGES.fullmatch(row.item) for row in _rows(content, given, "wanted_age"))
    return next(((int(found[1]), int(found[2])) for found in marked if found), None)


def _answered(content: Content, given: Answers, line: str) -> Iterator[tuple[Question, Sequence[Given]]]:
    for question in content.questions():
        if question.fills == line and given.get(question.key):
            yield question, given[question.key]


def _rows(content: Content, given: Answers, line: str) -> Iterable[Given]:
    return (row for _question, rows in _answered(content, given, line) for row in rows)


def _words(question: Question, rows: Sequence[Given]) -> str:
    if question.kind in {Kind.SHORT, Kind.LONG}:
        return "\n".join(row.text.strip() for row in rows)
    return "; ".join(_chosen(question, rows))


def _chosen(question: Question, rows: Sequence[Given]) -> list[str]:
    keys = {row.item for row in rows}
    return [option.text for option in question.options if option.key in keys]
