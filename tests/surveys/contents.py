"""Whole questionnaires and answers to them, made up by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from surveys.content import FILE_KINDS, Condition, Content, Kind, Level, Option, Question, Section
from surveys.questions import Around, name_of

AROUND = Around(
    people={"mentor": {11: "Анна Речкина", 12: "Пётр Горин", 13: "Вера Лугова"}, "mentee": {21: "Лёша Полевой"}},
    files={31: "работа.pdf", 32: "рисунок.jpg"},
)
words = st.text("абвгдеёж «»–1230", min_size=1, max_size=12).map(str.strip).filter(bool)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,19}", fullmatch=True)


def options(least: int, most: int = 6) -> st.SearchStrategy[tuple[Option, ...]]:
    one = st.builds(Option, key=keys, text=words, score=st.none() | st.integers(0, 5))
    return st.lists(one, min_size=least, max_size=most, unique_by=(lambda o: o.key, lambda o: o.text)).map(tuple)


def columns() -> st.SearchStrategy[tuple[Option, ...]]:
    texts = st.lists(words, min_size=2, max_size=5, unique=True)
    return texts.map(lambda found: tuple(Option(str(place), text) for place, text in enumerate(found, start=1)))


@st.composite
def questions(draw: st.DrawFn, kind: Kind) -> Question:
    """A question of a kind that could be put to use."""
    own: dict[str, Any] = {
        Kind.SCALE: lambda: dict(zip(("low", "high"), sorted(draw(_two(st.integers(0, 10)))), strict=True)),
        Kind.YES_NO: dict,
        Kind.ONE: lambda: {"options": draw(options(2))},
        Kind.SEVERAL: lambda: _several(draw),
        Kind.MATRIX: lambda: {"rows": draw(options(1)), "columns": draw(columns())},
        Kind.NUMBER: lambda: {
            **dict(zip(("least", "most"), sorted(draw(_two(st.integers(-1000, 1000)))), strict=True)),
            "decimals": draw(st.integers(0, 4)),
        },
        Kind.DATE: lambda: dict(zip(("earliest", "latest"), sorted(draw(_two(_days()))), strict=True)),
        Kind.SHORT: lambda: {"longest": draw(st.integers(1, 300))},
        Kind.LONG: lambda: {"longest": draw(st.integers(1, 10_000))},
        Kind.PEOPLE: lambda: {"side": draw(st.sampled_from(sorted(AROUND.people))), "most": draw(st.integers(1, 3))},
        Kind.RANKING: lambda: {"options": draw(options(2)), "most": draw(st.none() | st.integers(1, 6))},
        Kind.FILE: lambda: {"kinds": FILE_KINDS},
    }[kind]()
    return Question(key=draw(keys), kind=kind, text=draw(words), required=draw(st.booleans()), **own)


def _two(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=2, max_size=2, unique=True)


def _days() -> st.SearchStrategy[date]:
    return st.integers(0, 20_000).map(lambda days: date(2000, 1, 1) + timedelta(days))


def _several(draw: st.DrawFn) -> dict[str, Any]:
    found = draw(options(2))
    most = draw(st.none() | st.integers(1, len(found)))
    return {"options": found, "most": most, "least": draw(st.none() | st.integers(1, most or len(found)))}


any_question = st.sampled_from(Kind).flatmap(questions)


@st.composite
def valid_raw(draw: st.DrawFn, question: Question) -> dict[str, list[str]]:
    """What a browser sends for a valid answer to this question."""
    name = name_of(question)
    found = {
        Kind.SCALE: lambda: [str(draw(st.integers(question.low, question.high)))],
        Kind.YES_NO: lambda: [draw(st.sampled_from(("yes", "no")))],
        Kind.ONE: lambda: [draw(st.sampled_from(question.options)).key],
        Kind.SEVERAL: lambda: _some(draw, question, question.least or 1, question.most or len(question.options)),
        Kind.NUMBER: lambda: [_number(draw, question)],
        Kind.DATE: lambda: [_day(draw, question)],
        Kind.SHORT: lambda: [draw(st.text("абв –1", min_size=1, max_size=question.longest).filter(str.strip))],
        Kind.LONG: lambda: [draw(st.text("абв \n–1", min_size=1, max_size=question.longest).filter(str.strip))],
        Kind.PEOPLE: lambda: _people(draw, question),
        Kind.RANKING: lambda: _some(draw, question, 1, min(question.most or 99, len(question.options))),
        Kind.FILE: lambda: [str(draw(st.sampled_from(sorted(AROUND.files))))],
    }
    if question.kind is Kind.MATRIX:
        column = st.sampled_from([column.key for column in question.columns])
        return {name_of(question, row.key): [draw(column)] for row in question.rows}
    return {name: found[question.kind]()}


def _some(draw: st.DrawFn, question: Question, least: int, most: int) -> list[str]:
    keys_of = [option.key for option in question.options]
    return draw(st.permutations(keys_of))[: draw(st.integers(least, most))]


def _people(draw: st.DrawFn, question: Question) -> list[str]:
    known = [str(key) for key in AROUND.people[question.side]]
    return draw(st.permutations(known))[: draw(st.integers(1, min(question.most or 3, len(known))))]


def _number(draw: st.DrawFn, question: Question) -> str:
    step = 10**question.decimals
    assert question.least is not None
    assert question.most is not None
    number = draw(st.integers(question.least * step, question.most * step))
    text = f"{number / step:.{question.decimals}f}"
    return draw(st.sampled_from((text, text.replace(".", ","))))


def _day(draw: st.DrawFn, question: Question) -> str:
    day = draw(st.dates(question.earliest or date(2000, 1, 1), question.latest or date(2060, 1, 1)))
    return draw(st.sampled_from((day.isoformat(), day.strftime("%d.%m.%Y"))))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A whole questionnaire; some questions are asked after an earlier yes or no."""
    asked = draw(st.lists(any_question, min_size=1, max_size=6, unique_by=lambda question: question.key))
    gate = Question(key="gate", kind=Kind.YES_NO, text="Да?")
    shown = st.none() | st.sampled_from((Condition("gate", any=("yes",)), Condition("gate", any=("no", "yes"))))
    rest = tuple(_shown(question, draw(shown)) for question in asked if question.key != gate.key)
    sections = (Section(key="first", title="Начало", questions=(gate,)), Section(key="rest", questions=rest))
    levels = draw(st.sampled_from(((), (Level(0, 8, "мало"), Level(9, 18, "много")))))
    return Content(sections=sections, levels=levels, thanks=draw(words))


def _shown(question: Question, condition: Condition | None) -> Question:
    return Question(**{**{name: getattr(question, name) for name in question.__slots__}, "show_if": condition})
