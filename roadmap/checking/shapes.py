"""A plan as plain values, and what is found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roadmap.checking.likeness import Likeness, Standard
from roadmap.terms import Calendar, Window, render_windows


@dataclass(frozen=True, slots=True)
class Item:
    """An activity; `key` is what its owner knows it by.

    `days_by_hand` where the windows are not those of the term's text; `unheld` are the roles it names as responsible
    that nobody holds.
    """

    key: str
    number: str = ""
    section: str = ""
    text: str = ""
    term: str = ""
    windows: tuple[Window, ...] = ()
    days_by_hand: bool = False
    unheld: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Its time in the words that hold: those of its term, or the days set by hand."""
        return render_windows(self.windows) if self.days_by_hand else " ".join(self.term.split())


@dataclass(frozen=True, slots=True)
class Section:
    """A stage with its activities; `fields` are its texts by the names of its fields."""

    key: str
    fields: Mapping[str, str]
    items: tuple[Item, ...]

    def number_at(self, place: int) -> str:
        """Its number in figures, its place among the sections where it has none of its own."""
        number = self.fields.get("number", "").strip(" .)")
        return number if number.isdecimal() else str(place)


@dataclass(frozen=True)
class Plan:
    """A whole plan; `fields` are the texts above its table, `own` the names its school goes by.

    `school` is how the school is to be named, empty where only the document is known.
    """

    sections: tuple[Section, ...]
    standard: tuple[Standard, ...]
    period: Window | None = None
    key: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    school: str = ""
    calendar: Calendar = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def likeness(self) -> Likeness:
        """What its texts have in common with the standard activities."""
        return Likeness(self.standard)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The standard activity that each item is, by the item's key; 0 for one of the school's own."""
        return {
            item.key: self.likeness.standard_of(item.text, section.number_at(place))
            for place, section in enumerate(self.sections, 1)
            for item in section.items
        }


def texts_of(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Every text of a plan but terms and people: the key of its part, the name of its field, the text."""
    for name, text in plan.fields.items():
        yield plan.key, name, text
    for section in plan.sections:
        for name, text in section.fields.items():
            yield section.key, name, text
        for item in section.items:
            yield item.key, "section", item.section
            yield item.key, "text", item.text


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Put `text` into a field of a part; `shown` are the words that change."""

    key: str
    field: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Put a name in the place of the school with this number throughout the plan.

    `roadmap.checking.names.renamed` does it.
    """

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Renumber:
    """Give these parts these numbers."""

    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AddActivity:
    """Put the standard activity number `standard` into a stage, behind the part `after` (empty: as the first)."""

    stage: str
    after: str
    standard: int
    number: str
    text: str
    term: str


Mend = Rewrite | Rename | Renumber | AddActivity


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: a stable code, the part it stands at, the quoted words, the reason in one sentence, a way to mend it."""

    code: str
    key: str
    quote: str
    text: str
    mend: Mend | None = None
