"""One question as a page asks it: its fields, what was typed in them, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.content import Condition, Content, Kind, Question
from surveys.drafting import SEEN, digest_of, part_of
from surveys.questions import Around, Raw, Refusal, name_of
from surveys.questions.people import USUALLY_CHOSEN

PARTS = {
    Kind.SCALE: "scale",
    Kind.YES_NO: "choice",
    Kind.ONE: "choice",
    Kind.SEVERAL: "choice",
    Kind.MATRIX: "matrix",
    Kind.NUMBER: "line",
    Kind.DATE: "line",
    Kind.SHORT: "line",
    Kind.LONG: "area",
    Kind.PEOPLE: "people",
    Kind.RANKING: "ranking",
    Kind.FILE: "file",
}
"""Which template draws the fields of a kind."""
ONE_FIELD = frozenset({"line", "area", "file"})
FILE_TYPES = {
    "image": "image/*",
    "pdf": "application/pdf",
    "document": ".doc,.docx,.odt,.rtf,.txt,.xls,.xlsx,.ods,.ppt,.pptx,.odp",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    text: str
    id: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a matrix, an option that gets a place, or a place that gets a person."""

    name: str
    text: str
    id: str
    choices: tuple[Choice, ...]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page. `when` says in words after which answer it is asked, where that answer is on this page."""

    question: Question
    number: str
    raw: Raw
    around: Around
    refusals: Sequence[Refusal] = field(default=())
    when: str = ""

    @property
    def name(self) -> str:
        return name_of(self.question)

    @property
    def id(self) -> str:
        return f"id-{self.name}"

    @property
    def template(self) -> str:
        return f"surveys/answer_{self.part}.html"

    @property
    def part(self) -> str:
        return PARTS[self.question.kind]

    @property
    def is_one_field(self) -> bool:
        return self.part in ONE_FIELD

    @property
    def seen_name(self) -> str:
        return SEEN + self.question.key

    @property
    def digest(self) -> str:
        """What the page shows as the answer, see `drafting.merge_page`."""
        return digest_of(part_of(self.raw, self.question))

    @property
    def value(self) -> str:
        return next(iter(self.raw.get(self.name, ())), "")

    @property
    def errors(self) -> list[str]:
        """What is wrong with the question as a whole."""
        return [refusal.text for refusal in self.refusals if refusal.field == self.name]

    @property
    def first_wrong(self) -> list[tuple[str, str]]:
        """Each mistake with the address on the page of where it is mended."""
        return [(f"id-{refusal.field}", refusal.text) for refusal in self.refusals]

    @property
    def is_multiple(self) -> bool:
        return self.question.kind is Kind.SEVERAL

    @property
    def most(self) -> int:
        """How many may be chosen or get a place."""
        if self.question.kind is Kind.PEOPLE:
            return min(self.question.most or USUALLY_CHOSEN, len(self.people) or 1)
        return self.question.most or len(self.question.options)

    @property
    def limits(self) -> str:
        """How much is to be chosen, in words."""
        least, most = self.question.least, self.question.most
        if self.question.kind is Kind.SEVERAL and most:
            return _("Choose up to %(n)s.") % {"n": most}
        if self.question.kind is Kind.SEVERAL and least and least > 1:
            return _("Choose %(n)s or more.") % {"n": least}
        return _("You can choose several.") if self.question.kind is Kind.SEVERAL else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The marks of a scale, the options, yes and no."""
        chosen = set(self.raw.get(self.name, ()))
        return tuple(Choice(value, text, f"{self.id}-{value}", value in chosen) for value, text in self._options())

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows of a matrix, the options to be put in an order, or the places for people."""
        if self.question.kind is Kind.PEOPLE:
            return self._places_for_people()
        ranked = self.question.kind is Kind.RANKING
        parts = self.question.options if ranked else self.question.rows
        return tuple(self._line(part.key, part.text) for part in parts)

    @property
    def people(self) -> Mapping[int, str]:
        return self.around.people.get(self.question.side, {})

    @property
    def file_name(self) -> str:
        """The file that came with the draft already."""
        return self.around.files.get(int(self.value), "") if self.value.isdigit() else ""

    @property
    def accept(self) -> str:
        return ",".join(FILE_TYPES[kind] for kind in self.question.kinds)

    @property
    def input_type(self) -> str:
        return "date" if self.question.kind is Kind.DATE else "text"

    @property
    def input_mode(self) -> str:
        if self.question.kind is not Kind.NUMBER:
            return ""
        return "decimal" if self.question.decimals or (self.question.least or 0) < 0 else "numeric"

    @property
    def first_day(self) -> str:
        return self.question.earliest.isoformat() if self.question.earliest else ""

    @property
    def last_day(self) -> str:
        return self.question.latest.isoformat() if self.question.latest else ""

    @property
    def condition(self) -> Condition | None:
        return self.question.show_if if self.when else None

    def _options(self) -> list[tuple[str, str]]:
        if self.question.kind is Kind.SCALE:
            return [(str(mark), str(mark)) for mark in range(self.question.low, self.question.high + 1)]
        if self.question.kind is Kind.YES_NO:
            return [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
        return [(option.key, option.text) for option in self.question.options]

    def _line(self, key: str, text: str) -> Line:
        name = name_of(self.question, key)
        place = self._place_of(key)
        chosen = {place} if place else set(self.raw.get(name, ()))
        if self.question.kind is Kind.RANKING:
            options = [(str(n), str(n)) for n in range(1, self.most + 1)]
        else:
            options = [(column.key, column.text) for column in self.question.columns]
        choices = tuple(Choice(value, words, f"id-{name}-{value}", value in chosen) for value, words in options)
        errors = tuple(refusal.text for refusal in self.refusals if refusal.field == name)
        return Line(name, text, f"id-{name}", choices, errors)

    def _place_of(self, key: str) -> str:
        """The place of an option where the draft has the options in their order, as after a reopening."""
        ordered = list(self.raw.get(self.name, ()))
        return str(ordered.index(key) + 1) if key in ordered else ""

    def _places_for_people(self) -> tuple[Line, ...]:
        chosen = list(self.raw.get(self.name, ()))
        lines = []
        for place in range(1, self.most + 1):
            here = chosen[place - 1] if place <= len(chosen) else ""
            choices = tuple(Choice(str(key), name, "", str(key) == here) for key, name in self.people.items())
            text = _("Choice number %(n)s") % {"n": place}
            lines.append(Line(self.name, text, self.id if place == 1 else f"{self.id}-{place}", choices))
        return tuple(lines)


def condition_words(content: Content, question: Question, numbers: Mapping[str, str]) -> str:
    """«Ответьте, если на вопрос 3 вы ответили «Да»», for those whose browser does not hide what is not asked."""
    shown = question.show_if
    earlier = content.question(shown.question) if shown else None
    if shown is None or earlier is None:
        return ""
    number = numbers[earlier.key]
    if shown.any:
        named = {option.key: option.text for option in earlier.options}
        named |= {"yes": pgettext("answer", "Yes"), "no": pgettext("answer", "No")}
        words = " / ".join(f"«{named.get(key, key)}»" for key in shown.any)
        return _("Answer if you said %(words)s at question %(n)s.") % {"words": words, "n": number}
    low, high = shown.least, shown.most
    if low is not None and high is not None:
        bounds = {"n": number, "low": low, "high": high}
        return _("Answer if you gave %(low)s to %(high)s at question %(n)s.") % bounds
    if low is not None:
        return _("Answer if you gave %(low)s or more at question %(n)s.") % {"n": number, "low": low}
    return _("Answer if you gave %(high)s or less at question %(n)s.") % {"n": number, "high": high}
