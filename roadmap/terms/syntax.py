"""What the grammar finds in a text before any year is settled, and the cursor it walks with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from roadmap.terms.tokens import Token, clean, tokenise
from roadmap.terms.vocabulary import Sort

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

YearPair = tuple[int, int]
"""First and last year; one and the same for a single year."""


class Mark(NamedTuple):
    """A day of any year; days from 0 down count back from the end of the month: 0 is its last day."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Span:
    """From one mark to another, in whatever year.

    `unit` is what was written: day, month, year, school_year, half_year, part (a week, a quarter …), start
    (of a month or year) or range.
    """

    first: Mark
    last: Mark
    unit: str

    @property
    def crosses_year(self) -> bool:
        return self.last.month < self.first.month


@dataclass(frozen=True, slots=True)
class SchoolTerms:
    """«1–2 четверть»: numbers in the school's own calendar; `edge` is start, middle or end of it, else empty."""

    first: int
    last: int
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One stretch with the years written beside it.

    `years` are of the calendar, or the bounds of school years when `school` is set; `from_year` is there
    when the beginning has a year of its own; `guessed` when the years are those of the date before.
    """

    span: Span | SchoolTerms
    quote: str = ""
    years: tuple[YearPair, ...] = ()
    school: bool = False
    from_year: int | None = None
    deadline: bool = False
    open_end: bool = False
    guessed: bool = False

    @property
    def unit(self) -> str:
        if isinstance(self.span, Span):
            return self.span.unit
        return "start" if self.span.edge == "start" else "range"

    @property
    def is_year(self) -> bool:
        """Whether nothing but years was written."""
        return self.unit in {"year", "school_year"}


@dataclass(frozen=True, slots=True)
class Rate:
    """How often: a rule of RFC 5545, and how many times a year when it is told by the year (else 0).

    `day_of_month` is that of «до 15 числа», which beside a month is a day of it and no rule.
    """

    rule: str
    times_a_year: int = 0
    day_of_month: int = 0


@dataclass(frozen=True, slots=True)
class Extent:
    """A term that names no day: school_year, whole_period or schedule."""

    kind: str


@dataclass(slots=True)
class Phrase:
    """All that was found in a text; `rest` are the words nothing was made of, `guessed` misspelt ones that were."""

    items: list[Item] = field(default_factory=list)
    extent: Extent | None = None
    rate: Rate | None = None
    rest: str = ""
    guessed: list[Token] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.extent or self.rate)


BEYOND = (None,) * 6
"""What follows after the last token; no rule looks further."""


class Cursor:
    """Walks over the tokens of a text; a rule that fails leaves it where it stood."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        self.tokens = tokenise(self.text)
        self.sorts = (*(token.sort for token in self.tokens), *BEYOND)
        self.position = 0

    def ahead(self, steps: int = 0) -> Sort | None:
        """The sort of the token so many steps further, None after the end."""
        return self.sorts[self.position + steps]

    def at(self, *sorts: Sort) -> bool:
        """Whether these sorts stand here one after the other."""
        return self.sorts[self.position : self.position + len(sorts)] == sorts

    def take(self, *sorts: Sort) -> Token | None:
        """The token here, and a step on, if it is of one of the sorts."""
        if self.sorts[self.position] not in sorts:
            return None
        self.position += 1
        return self.tokens[self.position - 1]

    def skip(self, *sorts: Sort) -> int:
        """Passes over all tokens of these sorts; how many there were."""
        start = self.position
        while self.sorts[self.position] in sorts:
            self.position += 1
        return self.position - start

    def attempt(self, rule: Callable[[Cursor], Found]) -> Found | None:
        """What the rule finds here; when it finds nothing the cursor stays."""
        start = self.position
        found = rule(self)
        if found is None:
            self.position = start
        return found

    def quote(self, start: int) -> str:
        """The text from the token at `start` to the last one passed."""
        passed = self.tokens[start : self.position]
        return self.text[passed[0].start : passed[-1].end] if passed else ""

    def rest(self) -> str:
        """The text not yet passed."""
        left = self.tokens[self.position :]
        return self.text[left[0].start :].strip() if left else ""
