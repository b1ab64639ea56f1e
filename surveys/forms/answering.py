"""The pages of a questionnaire: which sections there are for whoever answers, and what each of them asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.content import Content, Kind, Question, Section
from surveys.forms.asked import Asked, condition_words
from surveys.questions import Around, Given, Raw, Reading, Refusal, applies, read_answers, show_answer

NO_REFUSALS: Mapping[str, Sequence[Refusal]] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its answers in words, for the page before sending and the one after."""

    section: Section
    place: int
    lines: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """The question, its answer, what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire while it is answered: what it asks, what was typed, and what may be chosen."""

    content: Content
    raw: Raw
    around: Around
    reading: Reading

    @property
    def places(self) -> list[int]:
        """The sections that ask something after what was answered so far, numbered from 1."""
        return [place for place in range(1, len(self.content.sections) + 1) if self._is_asked(place)]

    @property
    def first_wrong(self) -> int:
        """The first section where something is missing or wrong; 0 where all can be sent."""
        return next((place for place in self.places if self.refusals_at(place)), 0)

    @property
    def unfinished(self) -> int:
        """Where to go on: the first section that is wrong or where nothing is answered, else the last."""
        places = self.places or [1]
        return next((place for place in places if self.refusals_at(place) or not self._is_begun(place)), places[-1])

    def before(self, place: int) -> int:
        """The section before this one; 0 where it is the first."""
        return max((one for one in self.places if one < place), default=0)

    def after(self, place: int) -> int:
        """The section after this one; 0 where it is the last."""
        return min((one for one in self.places if one > place), default=0)

    def section(self, place: int) -> Section:
        return self.content.sections[place - 1]

    def asked(
        self, *places: int, refusals: Mapping[str, Sequence[Refusal]] = NO_REFUSALS
    ) -> list[tuple[Section, list[Asked]]]:
        """These sections on one page: the questions that are asked, or will be after an answer on the same page."""
        on_page: set[str] = set()
        numbers = self.content.numbers()
        return [
            (
                self.section(place),
                [self._asked(one, numbers, on_page, refusals) for one in self._on_page(place, on_page)],
            )
            for place in places
        ]

    def refusals_at(self, place: int) -> dict[str, list[Refusal]]:
        """What is wrong with the section, by question."""
        keys = {question.key for question in self.section(place).questions}
        return {key: told for key, told in self.reading.refusals.items() if key in keys}

    def shown(self) -> list[Shown]:
        """Every section with its answers in words."""
        return [Shown(self.section(place), place, tuple(self._lines(self.section(place)))) for place in self.places]

    def _lines(self, section: Section) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return [
            (
                question.text,
                tuple(show_answer(question, self.reading.given.get(question.key, ()), self.around)),
                tuple(refusal.text for refusal in self.reading.refusals.get(question.key, ())),
            )
            for question in section.questions
            if question.key in self.reading.asked
        ]

    def _is_begun(self, place: int) -> bool:
        return any(self.reading.given.get(question.key) for question in self.section(place).questions)

    def _is_asked(self, place: int) -> bool:
        return any(question.key in self.reading.asked for question in self.section(place).questions)

    def _on_page(self, place: int, on_page: set[str]) -> Iterator[Question]:
        for question in self.section(place).questions:
            hangs_here = question.show_if is not None and question.show_if.question in on_page
            if hangs_here or applies(question, self.content, self.reading.given):
                on_page.add(question.key)
                yield question

    def _asked(
        self,
        question: Question,
        numbers: Mapping[str, str],
        on_page: set[str],
        refusals: Mapping[str, Sequence[Refusal]],
    ) -> Asked:
        hangs_here = question.show_if is not None and question.show_if.question in on_page
        when = condition_words(self.content, question, numbers) if hangs_here else ""
        told = refusals.get(question.key, ())
        return Asked(question, numbers[question.key], self.raw, self.around, told, when)


def sheet_of(content: Content, raw: Raw, around: Around) -> Sheet:
    """The questionnaire with what was typed so far."""
    return Sheet(content, raw, around, read_answers(content, raw, around))


def sheet_of_given(content: Content, given: dict[str, list[Given]], around: Around) -> Sheet:
    """The questionnaire as it was sent; what stands in it is shown and not judged."""
    asked = tuple(question.key for question in content.questions() if applies(question, content, given))
    return Sheet(content, {}, around, Reading(given, {}, asked))


def asks_for_people(content: Content) -> bool:
    return any(question.kind is Kind.PEOPLE for question in content.questions())


def asks_for_files(asked: Sequence[Asked]) -> bool:
    return any(one.question.kind is Kind.FILE for one in asked)
