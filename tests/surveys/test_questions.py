"""Each kind of question: a valid answer is read and shown again, an invalid one is refused at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from surveys.content import FILE_KINDS, Condition, Content, Kind, Option, Question, Section
from surveys.questions import (
    Given,
    Refusal,
    Refused,
    applies,
    asked_keys,
    name_of,
    raw_answers,
    read_answers,
    read_question,
    score_of,
    show_answer,
)
from tests.surveys.contents import AROUND, any_question, contents, questions, valid_raw

KINDS = pytest.mark.parametrize("kind", list(Kind))
THREE = (Option("a", "да"), Option("b", "нет", 1), Option("c", "не знаю", 2))


def asking(kind: Kind, **own: Any) -> Question:
    return replace(Question(key="k", kind=kind, text="Как?", longest=20), **own)


def around_of(question: Question) -> Content:
    return Content(sections=(Section(key="s", questions=(question,)),))


@KINDS
@given(data=st.data())
def test_a_valid_answer_is_read_shown_and_read_again(kind: Kind, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    raw = data.draw(valid_raw(question))

    rows = read_question(question, raw, AROUND)
    again = raw_answers(around_of(question), {question.key: rows})

    assert rows
    assert read_question(question, again, AROUND) == rows
    assert all(show_answer(question, rows, AROUND))


@KINDS
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_whatever_is_sent_is_read_or_refused_with_a_sentence_at_its_field(kind: Kind, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    names = [name_of(question), *(name_of(question, o.key) for o in (*question.options, *question.rows))]
    anything = st.text(max_size=30) | st.sampled_from(["1", "2", "yes", "no", "11", "21", "31", "2026-09-01", "-0,5"])
    raw = data.draw(st.dictionaries(st.sampled_from(names), st.lists(anything, max_size=3), max_size=4))

    rows, refusals = read_or_refuse(question, raw)
    again = raw_answers(around_of(question), {question.key: rows})

    assert all(refusal.field in names and refusal.text.endswith(".") for refusal in refusals)
    assert read_or_refuse(replace(question, required=False), again) == (rows, ())


def read_or_refuse(question: Question, raw: Mapping[str, Sequence[str]]) -> tuple[list[Given], tuple[Refusal, ...]]:
    try:
        return read_question(question, raw, AROUND), ()
    except Refused as refused:
        return [], refused.refusals


@given(any_question)
def test_nothing_is_an_answer_where_none_is_required(question: Question) -> None:
    assert read_question(replace(question, required=False), {}, AROUND) == []


@given(any_question)
def test_nothing_is_refused_where_an_answer_is_required(question: Question) -> None:
    with pytest.raises(Refused) as refused:
        read_question(replace(question, required=True), {name_of(question): [" "]}, AROUND)

    assert [refusal.field for refusal in refused.value.refusals] == [name_of(question)]


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        (asking(Kind.SCALE), {"q-k": ["0"]}),
        (asking(Kind.SCALE), {"q-k": ["11"]}),
        (asking(Kind.SCALE), {"q-k": ["5.5"]}),
        (asking(Kind.SCALE), {"q-k": ["٥"]}),
        (asking(Kind.SCALE), {"q-k": ["5", "6"]}),
        (asking(Kind.YES_NO), {"q-k": ["maybe"]}),
        (asking(Kind.ONE, options=THREE), {"q-k": ["d"]}),
        (asking(Kind.SEVERAL, options=THREE), {"q-k": ["a", "d"]}),
        (asking(Kind.SEVERAL, options=THREE, most=1), {"q-k": ["a", "b"]}),
        (asking(Kind.SEVERAL, options=THREE, least=2), {"q-k": ["a"]}),
        (asking(Kind.NUMBER), {"q-k": ["много"]}),
        (asking(Kind.NUMBER), {"q-k": ["1.5"]}),
        (asking(Kind.NUMBER, least=1), {"q-k": ["0"]}),
        (asking(Kind.NUMBER, most=1), {"q-k": ["2"]}),
        (asking(Kind.NUMBER, decimals=4), {"q-k": ["1e5"]}),
        (asking(Kind.NUMBER), {"q-k": ["9" * 11]}),
        (asking(Kind.NUMBER), {"q-k": ["NaN"]}),
        (asking(Kind.DATE), {"q-k": ["31.02.2026"]}),
        (asking(Kind.DATE), {"q-k": ["завтра"]}),
        (asking(Kind.DATE), {"q-k": ["1812-09-07"]}),
        (asking(Kind.SHORT), {"q-k": ["а" * 21]}),
        (asking(Kind.LONG), {"q-k": ["а" * 21]}),
        (asking(Kind.LONG), {"q-k": ["а\x00б"]}),
        (asking(Kind.PEOPLE, side="mentor"), {"q-k": ["21"]}),
        (asking(Kind.PEOPLE, side="mentor"), {"q-k": ["11", "11"]}),
        (asking(Kind.PEOPLE, side="mentor", most=1), {"q-k": ["11", "12"]}),
        (asking(Kind.RANKING, options=THREE), {"q-k": ["a", "a"]}),
        (asking(Kind.RANKING, options=THREE), {"q-k": ["d"]}),
        (asking(Kind.RANKING, options=THREE, most=1), {"q-k": ["a", "b"]}),
        (asking(Kind.FILE, kinds=FILE_KINDS), {"q-k": ["33"]}),
    ],
)
def test_what_cannot_be_an_answer_is_refused(question: Question, raw: dict[str, list[str]]) -> None:
    with pytest.raises(Refused) as refused:
        read_question(question, raw, AROUND)

    assert [refusal.field for refusal in refused.value.refusals] == ["q-k"]


def test_a_required_table_names_the_rows_that_lack() -> None:
    table = asking(Kind.MATRIX, rows=THREE, columns=(Option("1", "редко"), Option("2", "часто")), required=True)

    with pytest.raises(Refused) as refused:
        read_question(table, {"q-k-a": ["2"], "q-k-b": ["3"]})

    assert [refusal.field for refusal in refused.value.refusals] == ["q-k-b", "q-k-c"]


def test_a_place_given_twice_is_refused_at_the_second() -> None:
    order = asking(Kind.RANKING, options=THREE)

    with pytest.raises(Refused) as refused:
        read_question(order, {"q-k-a": ["1"], "q-k-b": ["1"], "q-k-c": ["4"]})

    assert [refusal.field for refusal in refused.value.refusals] == ["q-k-b", "q-k-c"]


def test_places_with_a_gap_are_put_in_their_order() -> None:
    order = asking(Kind.RANKING, options=THREE)

    assert read_question(order, {"q-k-a": ["3"], "q-k-b": ["1"]}) == [
        Given(item="b", number=Decimal(1)),
        Given(item="a", number=Decimal(2)),
    ]


def test_an_empty_place_between_two_people_is_passed_over() -> None:
    people = asking(Kind.PEOPLE, side="mentor", most=3)

    rows = read_question(people, {"q-k": ["12", "", "11"]}, AROUND)

    assert show_answer(people, rows, AROUND) == ["1. Пётр Горин", "2. Анна Речкина"]


@pytest.mark.parametrize(
    ("typed", "number"), [("1 250,5", "1250.5"), ("−3", "-3"), ("+07", "7"), ("2\u00a0000", "2000")]
)
def test_a_number_may_be_typed_as_people_write_it(typed: str, number: str) -> None:
    assert read_question(asking(Kind.NUMBER, decimals=1), {"q-k": [typed]}) == [Given(number=Decimal(number))]


def test_a_number_is_shown_without_the_zeros_of_the_database() -> None:
    hours = asking(Kind.NUMBER, decimals=2, unit="ч")

    assert show_answer(hours, [Given(number=Decimal("12.5000"))]) == ["12,5 ч"]
    assert raw_answers(around_of(hours), {"k": [Given(number=Decimal("10.0000"))]}) == {"q-k": ["10"]}


GATE = asking(Kind.YES_NO, key="gate")
AFTER = asking(Kind.SHORT, key="after", required=True, show_if=Condition("gate", any=("yes",)))
MARK = asking(Kind.SCALE, key="mark")
WHY = asking(Kind.LONG, key="why", show_if=Condition("mark", most=4))
THEN = asking(Kind.LONG, key="then", show_if=Condition("after", any=("x",)))
TALK = Content(sections=(Section(key="s", questions=(GATE, AFTER, MARK, WHY)),))


@pytest.mark.parametrize(
    ("raw", "asked"),
    [
        ({}, ("gate", "mark")),
        ({"q-gate": ["yes"]}, ("gate", "after", "mark")),
        ({"q-gate": ["no"], "q-mark": ["4"]}, ("gate", "mark", "why")),
        ({"q-mark": ["5"]}, ("gate", "mark")),
        ({"q-mark": ["wrong"]}, ("gate", "mark")),
    ],
)
def test_a_question_is_asked_after_the_answer_it_hangs_on(raw: dict[str, list[str]], asked: tuple[str, ...]) -> None:
    reading = read_answers(TALK, raw)

    assert reading.asked == asked
    assert asked_keys(TALK, reading.given) == asked


def test_a_hidden_required_question_is_not_missed_and_what_was_typed_in_it_is_dropped() -> None:
    reading = read_answers(TALK, {"q-gate": ["no"], "q-after": ["тайна"]})

    assert reading.refusals == {}
    assert reading.given == {"gate": [Given(number=Decimal(0))], "mark": []}


def test_a_shown_required_question_is_missed() -> None:
    assert read_answers(TALK, {"q-gate": ["yes"]}).refusals == {
        "after": [Refusal("q-after", "Ответьте, пожалуйста, на этот вопрос.")]
    }


def test_a_question_after_one_that_is_not_there_is_not_asked() -> None:
    assert not applies(THEN, TALK, {"after": [Given(text="x")]})


@given(content=contents(), data=st.data())
def test_a_whole_questionnaire_is_read_and_filled_in_again(content: Content, data: st.DataObject) -> None:
    raw: dict[str, list[str]] = {}
    for question in content.questions():
        raw |= data.draw(valid_raw(question))
    assume(raw)

    reading = read_answers(content, raw, AROUND)
    again = read_answers(content, raw_answers(content, reading.given), AROUND)

    assert reading.refusals == {}
    assert again == reading


def test_the_scores_of_the_chosen_options_are_added() -> None:
    one = asking(Kind.ONE, key="one", options=THREE)
    some = asking(Kind.SEVERAL, key="some", options=THREE)
    content = Content(sections=(Section(key="s", questions=(one, some)),))

    reading = read_answers(content, {"q-one": ["c"], "q-some": ["a", "b", "c"]})

    assert score_of(content, reading.given) == 5
