"""A questionnaire filled in on a telephone by its own controls: what is said there, what the others say, what comes out.

Of each question the telephone says one thing and the others another, so that its answer is seen in the results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from surveys.content import Content, Kind, Question, content_from_json
from surveys.questions import name_of
from surveys.standard import STANDARD_QUESTIONNAIRES
from tests.surveys import sheets

ALL_KINDS = "all_kinds"
_FIRST, _SECOND = (section["questions"] for section in sheets.EVERY_KIND["sections"])
CONTENTS: Mapping[str, Content] = {one.key: one.content for one in STANDARD_QUESTIONNAIRES} | {
    ALL_KINDS: content_from_json(
        sheets.outline(
            [*_FIRST, sheets.question("where", show_if={"question": "yesno", "any": ["no"]}, required=True)],
            [*_SECOND, sheets.question("whom", "people")],
        )
    )
}
OTHERS = 4
PAPER = {"name": "грамота.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
WORDS = {Kind.SHORT: "С телефона: часто", Kind.LONG: "С телефона: жду помощи с алгеброй", Kind.DATE: "2026-09-02"}
OTHER_WORDS = {Kind.SHORT: "редко", Kind.LONG: "жду встреч", Kind.DATE: "2026-10-01"}

Rows = list[list[str]]
"""What was answered, and how many answered so, as the table of a question has it."""


@dataclass(frozen=True)
class Asking:
    """A questionnaire, and who can be chosen: by side the names in the results, in the order they are offered."""

    content: Content
    people: Mapping[str, Mapping[str, str]]

    def said(self, question: Question, *, on_phone: bool) -> list[str]:
        """The keys, figures or words of an answer; one on which others hang is such that those are asked."""
        if question.kind in WORDS:
            return [(WORDS if on_phone else OTHER_WORDS)[question.kind]]
        if question.kind is Kind.FILE:
            return [str(PAPER["name"])] if on_phone else []
        offered = list(self._labels(question))
        if question.kind in (Kind.RANKING, Kind.PEOPLE):
            most = question.most or len(offered)
            return offered[::-1][:most] if on_phone else offered[:1]
        conditions = [one.show_if for one in self.content.questions() if one.show_if]
        last = next((one.any[0] for one in conditions if one.question == question.key), offered[-1])
        return [last] if on_phone else [next(key for key in offered if key != last)]

    def typed_by_others(self) -> dict[str, list[str]]:
        """What the browser of one of the others sends."""
        sent: dict[str, list[str]] = {}
        for question in self.content.questions():
            keys = self.said(question, on_phone=False)
            rows = question.rows if question.kind is Kind.MATRIX else ()
            sent |= {name_of(question, row.key): keys for row in rows} or {name_of(question): keys}
        return sent

    def counted(self, question: Question) -> list[Rows]:
        """The tables that stand in the results; none of words, of a matrix one for each row."""
        if question.kind in WORDS or question.kind is Kind.FILE:
            return []
        labels, of_all = self._labels(question), self.answered(question)
        mine, theirs = self.said(question, on_phone=True), self.said(question, on_phone=False)
        others = 0 if question.show_if else OTHERS
        sizes = {key: (key in mine) + others * (key in theirs) for key in labels}
        if question.kind in (Kind.NUMBER, Kind.PEOPLE):
            labels = {key: label for key, label in labels.items() if sizes[key]}
        if question.kind in (Kind.RANKING, Kind.PEOPLE):
            place = {key: mine.index(key) if key in mine else len(mine) for key in labels}
            labels = {key: labels[key] for key in sorted(labels, key=lambda key: (-sizes[key], place[key]))}
        table = [[label, f"{sizes[key]} ({100 * sizes[key] // of_all} %)"] for key, label in labels.items()]
        return [table] * (len(question.rows) if question.kind is Kind.MATRIX else 1)

    def answered(self, question: Question) -> int:
        """How many answered: of what hangs on an answer, and of files, only the telephone."""
        return 1 if question.show_if or question.kind is Kind.FILE else 1 + OTHERS

    def _labels(self, question: Question) -> dict[str, str]:
        """What can be said, by key, as the results call it."""
        if question.kind is Kind.SCALE:
            return {str(mark): str(mark) for mark in range(question.low, question.high + 1)}
        if question.kind is Kind.NUMBER:
            return {str(one): f"{one} {question.unit}".strip() for one in (question.least or 0, question.most or 9)}
        if question.kind is Kind.YES_NO:
            return {"yes": "да", "no": "нет"}
        if question.kind is Kind.PEOPLE:
            return {key: name.replace("\N{NO-BREAK SPACE}", " ") for key, name in self.people[question.side].items()}
        chosen = question.columns if question.kind is Kind.MATRIX else question.options
        return {option.key: option.text for option in chosen}


def fill(ask: Locator, said: Sequence[str]) -> None:
    """Answer a question by whatever controls it has."""
    (part,) = (name for name in (ask.get_attribute("class") or "").split() if name.startswith("ask-"))
    FILLERS[part.removeprefix("ask-")](ask, said)


def _mark(ask: Locator, said: Sequence[str]) -> None:
    for key in said:
        ask.locator(f'input[value="{key}"]:is([type=radio], [type=checkbox])').check()


def _mark_rows(ask: Locator, said: Sequence[str]) -> None:
    for row in ask.get_by_role("group").all():
        _mark(row, said)


def _type(ask: Locator, said: Sequence[str]) -> None:
    ask.locator("input:not([type=hidden]), textarea").fill(said[0])


def _tap(ask: Locator, said: Sequence[str]) -> None:
    for key in said:
        ask.locator(f'button:is([data-key="{key}"], [data-key$="-{key}"])').click()
    expect(ask.locator("button[aria-pressed=true]")).to_have_count(len(said))


def _attach(ask: Locator, _said: Sequence[str]) -> None:
    ask.locator("input[type=file]").set_input_files(PAPER)  # type: ignore[arg-type]


FILLERS: Mapping[str, Callable[[Locator, Sequence[str]], None]] = {
    "scale": _mark,
    "choice": _mark,
    "matrix": _mark_rows,
    "line": _type,
    "area": _type,
    "people": _tap,
    "ranking": _tap,
    "file": _attach,
}
