"""What is still wrong with a draft: a list that the curator goes through before the questionnaire is put to use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from surveys.content import Condition, Content, Kind, Option, Question

CHOICES = frozenset({Kind.ONE, Kind.SEVERAL})
TEXTS = frozenset({Kind.SHORT, Kind.LONG})
FILLED_BY = {
    "request": TEXTS | CHOICES,
    "wanted_help": TEXTS | CHOICES,
    "interests": TEXTS | CHOICES,
    "competences": TEXTS | CHOICES,
    "achievements": TEXTS | CHOICES,
    "areas": CHOICES,
    "available": frozenset({Kind.SEVERAL}),
    "role_model": frozenset({Kind.ONE}),
    "wanted_age": frozenset({Kind.ONE}),
}
"""Which kinds can fill what. Texts take the words of the options; `areas` and `role_model` are found by the words of
the options, `available` by keys `h116` (Monday, 16:00), `wanted_age` by keys `a10_13` (from 10 to 13).
"""
MEASURED_BY = frozenset({Kind.SCALE, Kind.NUMBER, Kind.YES_NO})
NUMBERS = frozenset({Kind.SCALE, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, in words; `question` or `section` is the key of where it is, empty for the whole."""

    text: str
    section: str = ""
    question: str = ""


def faults_of(content: Content) -> list[Fault]:
    """Everything that keeps this content from being put to use, in the order of the questionnaire; empty when fit."""
    earlier: dict[str, Question] = {}
    faults: list[Fault] = []
    if not any(True for _each in content.questions()):
        faults.append(Fault(_("There is no question yet.")))
    for section in content.sections:
        if not section.questions:
            faults.append(Fault(_("There is no question in this section."), section=section.key))
        for question in section.questions:
            texts = [*own_faults(question), *_links_faults(question), *_condition_faults(question.show_if, earlier)]
            faults += [Fault(text, section.key, question.key) for text in texts]
            earlier[question.key] = question
    return faults + [Fault(text) for text in _level_faults(content)]


def own_faults(question: Question) -> Iterator[str]:
    """What is wrong with a question by itself, wherever it stands."""
    if not question.text:
        yield _("The question has no text.")
    for name, least in _LISTS.get(question.kind, ()):
        yield from _list_faults(getattr(question, name), least)
    if question.kind is Kind.SEVERAL:
        yield from _several_faults(question)
    else:
        yield from _bounds_faults(question)
    if question.kind is Kind.FILE and not question.kinds:
        yield _("Say what files are taken.")


def _bounds_faults(question: Question) -> Iterator[str]:
    if question.kind is Kind.SCALE and question.low >= question.high:
        yield _("The scale ends where it begins.")
    if question.kind in {Kind.PEOPLE, Kind.RANKING} and question.most is not None and question.most < 1:
        yield _("At least one place is needed.")
    if question.kind is Kind.NUMBER and _falls(question.least, question.most):
        yield _("The lowest possible number is above the highest.")
    if question.earliest and question.latest and question.earliest > question.latest:
        yield _("The earliest date is after the latest.")


_LISTS: dict[Kind, tuple[tuple[str, int], ...]] = {
    Kind.ONE: (("options", 2),),
    Kind.SEVERAL: (("options", 2),),
    Kind.RANKING: (("options", 2),),
    Kind.MATRIX: (("rows", 1), ("columns", 2)),
}


def _list_faults(options: tuple[Option, ...], least: int) -> Iterator[str]:
    if len(options) < least:
        yield _("There are too few answers to choose from.") if least > 1 else _("The table has no rows.")
    if any(not option.text for option in options):
        yield _("There is an answer without text.")
    words = [option.text.casefold() for option in options]
    if len(set(words)) < len(words):
        yield _("Two answers read the same.")


def _several_faults(question: Question) -> Iterator[str]:
    least, most = question.least or 0, question.most
    if least < 0 or least > len(question.options):
        yield _("More answers are asked for than there are.")
    if most is not None and (most < 1 or most < least):
        yield _("Fewer answers are allowed than are asked for.")


def _links_faults(question: Question) -> Iterator[str]:
    if question.measure and question.kind not in MEASURED_BY:
        yield _("Only a scale, a number or “yes or no” measures something.")
    if question.indicator and question.kind is not Kind.YES_NO:
        yield _("Only “yes or no” is an indicator of behaviour.")
    if question.fills and question.kind not in FILLED_BY[question.fills]:
        yield _("This kind of answer cannot fill that line of the register.")


def _condition_faults(shown: Condition | None, earlier: dict[str, Question]) -> Iterator[str]:
    if shown is None:
        return
    asked = earlier.get(shown.question)
    if asked is None:
        yield _("It is asked after a question that is not earlier.")
    elif shown.any and not set(shown.any) <= condition_keys(asked):
        yield _("It is asked after an answer that is not there.")
    elif not shown.any and (asked.kind not in NUMBERS or _falls(shown.least, shown.most)):
        yield _("The numbers after which it is asked are not possible.")


def condition_keys(question: Question) -> set[str]:
    """The answers of a question that another one can be asked after; none for numbers and for free ones."""
    if question.kind is Kind.YES_NO:
        return {"yes", "no"}
    return {option.key for option in question.options} if question.kind in CHOICES else set()


def _level_faults(content: Content) -> Iterator[str]:
    levels = sorted(content.levels, key=lambda level: level.low)
    if any(level.low > level.high for level in levels) or any(one.high >= two.low for one, two in pairwise(levels)):
        yield _("The levels of the sum overlap.")
    if any(not level.text for level in levels):
        yield _("A level of the sum has no text.")
    if levels and not any(option.score for question in content.questions() for option in question.options):
        yield _("There are levels but no answer has a score.")


def _falls(least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and least > most
