"""A whole questionnaire read: which questions are asked, what was given, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from surveys.content import Condition, Content, Kind, Question
from surveys.questions.choice import OneKind, SeveralKind
from surveys.questions.day import DayKind
from surveys.questions.file import FileKind
from surveys.questions.given import Around, Given, KindOfQuestion, Raw, Refusal, Refused, name_of
from surveys.questions.matrix import MatrixKind
from surveys.questions.number import NumberKind
from surveys.questions.people import PeopleKind
from surveys.questions.ranking import RankingKind
from surveys.questions.scale import ScaleKind
from surveys.questions.words import LongKind, ShortKind
from surveys.questions.yes_no import YesNoKind

KINDS: Mapping[Kind, KindOfQuestion] = MappingProxyType(
    {
        Kind.SCALE: ScaleKind(),
        Kind.YES_NO: YesNoKind(),
        Kind.ONE: OneKind(),
        Kind.SEVERAL: SeveralKind(),
        Kind.MATRIX: MatrixKind(),
        Kind.NUMBER: NumberKind(),
        Kind.DATE: DayKind(),
        Kind.SHORT: ShortKind(),
        Kind.LONG: LongKind(),
        Kind.PEOPLE: PeopleKind(),
        Kind.RANKING: RankingKind(),
        Kind.FILE: FileKind(),
    }
)
NOTHING_AROUND = Around()

AnswersGiven = Mapping[str, Sequence[Given]]
"""The rows by the key of their question; a question without an answer may be missing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: `asked` are the keys of the questions that apply, in order, answered or not."""

    given: dict[str, list[Given]]
    refusals: dict[str, list[Refusal]]
    asked: tuple[str, ...]


def read_question(question: Question, raw: Raw, around: Around = NOTHING_AROUND) -> list[Given]:
    """The rows of the answer to one question that is asked. Raises Refused, also where it is required and empty."""
    given = KINDS[question.kind].read(question, raw, around)
    if question.required and not given:
        raise Refused(Refusal(name_of(question), _("Answer this question, please.")))
    return given


def read_answers(content: Content, raw: Raw, around: Around = NOTHING_AROUND) -> Reading:
    """Everything read in order. What was typed at a question that is not asked is passed over.

    A question whose condition hangs on a refused answer is not asked: that answer is mended first.
    """
    given: dict[str, list[Given]] = {}
    refusals: dict[str, list[Refusal]] = {}
    asked: list[str] = []
    for question in content.questions():
        if not applies(question, content, given):
            continue
        asked.append(question.key)
        try:
            given[question.key] = read_question(question, raw, around)
        except Refused as refused:
            refusals[question.key] = list(refused.refusals)
    return Reading(given, refusals, tuple(asked))


def asked_keys(content: Content, given: AnswersGiven) -> tuple[str, ...]:
    """The keys of the questions that apply after these answers, in order."""
    kept: dict[str, Sequence[Given]] = {}
    for question in content.questions():
        if applies(question, content, kept):
            kept[question.key] = given.get(question.key, ())
    return tuple(kept)


def applies(question: Question, content: Content, given: AnswersGiven) -> bool:
    """Whether a question is asked after these earlier answers."""
    shown = question.show_if
    if shown is None:
        return True
    earlier = content.question(shown.question)
    rows = given.get(shown.question, ())
    return earlier is not None and any(_meets(row, earlier, shown) for row in rows)


def _meets(row: Given, earlier: Question, shown: Condition) -> bool:
    if shown.any:
        said = row.item
        if earlier.kind is Kind.YES_NO:
            said = "yes" if row.number else "no"
        return said in shown.any
    if row.number is None:
        return False
    return (shown.least is None or row.number >= shown.least) and (shown.most is None or row.number <= shown.most)


def show_answer(question: Question, given: Sequence[Given], around: Around = NOTHING_AROUND) -> list[str]:
    """The answer in words, a line for each thing said; none without an answer."""
    return KINDS[question.kind].show(question, given, around)


def raw_answers(content: Content, given: AnswersGiven) -> dict[str, list[str]]:
    """What a browser would send for these answers, so that a form can show them again."""
    raw: dict[str, list[str]] = {}
    for question in content.questions():
        if rows := given.get(question.key):
            raw |= KINDS[question.kind].raw(question, rows)
    return raw


def score_of(content: Content, given: AnswersGiven) -> int:
    """The sum of the scores of the chosen options, which the levels are of."""
    return sum(
        option.score or 0
        for question in content.questions()
        if question.kind in {Kind.ONE, Kind.SEVERAL}
        for option in question.options
        for row in given.get(question.key, ())
        if row.item == option.key
    )
