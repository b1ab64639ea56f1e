"""What a questionnaire asks, as plain values: sections, questions, levels of the sum of scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SCALE = "scale"
    YES_NO = "yes_no"
    ONE = "one"
    SEVERAL = "several"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    LONG = "long"
    PEOPLE = "people"
    RANKING = "ranking"
    FILE = "file"


OWN_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.SCALE: ("low", "high", "low_label", "high_label"),
    Kind.YES_NO: (),
    Kind.ONE: ("options",),
    Kind.SEVERAL: ("options", "least", "most"),
    Kind.MATRIX: ("rows", "columns"),
    Kind.NUMBER: ("least", "most", "decimals", "unit"),
    Kind.DATE: ("earliest", "latest"),
    Kind.SHORT: ("longest",),
    Kind.LONG: ("longest",),
    Kind.PEOPLE: ("side", "most"),
    Kind.RANKING: ("options", "most"),
    Kind.FILE: ("kinds",),
}
"""Which fields a question has besides those of every question."""

SIDES = ("mentee", "mentor")
FILE_KINDS = ("image", "pdf", "document")
FILLS = (
    "request",
    "wanted_help",
    "interests",
    "areas",
    "competences",
    "achievements",
    "available",
    "role_model",
    "wanted_age",
)
"""What of an enrolment an answer may fill; see `surveys.questions.faults.FILLED_BY` for the kinds that can."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, a row of a matrix, or a column of it (keys "1", "2"...); `score` counts for the levels."""

    key: str
    text: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only where an earlier one was answered so: by `any` of these keys, or a number in bounds."""

    question: str
    any: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question; of the fields after `indicator` those of its kind mean something (`OWN_FIELDS`)."""

    key: str
    kind: Kind
    text: str
    help: str = ""
    required: bool = False
    show_if: Condition | None = None
    measure: str = ""
    subject: str = ""
    fills: str = ""
    indicator: str = ""
    low: int = 1
    high: int = 10
    low_label: str = ""
    high_label: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    columns: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    decimals: int = 0
    unit: str = ""
    earliest: date | None = None
    latest: date | None = None
    longest: int = 0
    side: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Questions on one page."""

    key: str
    title: str = ""
    text: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """What a sum of scores means, both ends included."""

    low: int
    high: int
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a version of a questionnaire asks; `thanks` is said once it is answered."""

    sections: tuple[Section, ...] = ()
    levels: tuple[Level, ...] = ()
    thanks: str = ""

    def questions(self) -> Iterator[Question]:
        """All questions in their order."""
        return (question for section in self.sections for question in section.questions)

    def numbers(self) -> dict[str, str]:
        """The number of each question by its key: "3"; of what is asked after a certain answer only "3.1", so that no
        number is missing where it is not asked.
        """
        found: dict[str, str] = {}
        number = after = 0
        for question in self.questions():
            number, after = (number, after + 1) if question.show_if else (number + 1, 0)
            found[question.key] = f"{number}.{after}" if after else str(number)
        return found

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions() if question.key == key), None)

    def level_of(self, total: int) -> Level | None:
        """The level a sum of scores stands in."""
        return next((level for level in self.levels if level.low <= total <= level.high), None)
