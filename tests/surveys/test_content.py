"""The shape of a questionnaire: read, written, refused; what keeps a draft from being put to use."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.content import (
    FILE_KINDS,
    Condition,
    Content,
    ContentError,
    Kind,
    Level,
    Option,
    Question,
    Section,
    content_from_json,
    content_to_json,
)
from surveys.questions import faults_of
from tests.factories.surveys import SMALL
from tests.surveys.contents import contents

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(list(Kind)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("sections", "questions", "key", "kind", "text", "options", "show_if", "levels", "from", "to")
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(contents())
def test_what_is_written_is_read_again(content: Content) -> None:
    assert content_from_json(json.loads(json.dumps(content_to_json(content)))) == content


@given(contents())
def test_what_can_be_put_to_use_has_no_faults_but_levels_without_scores(content: Content) -> None:
    empty = any(not section.questions for section in content.sections)
    assert [fault.section for fault in faults_of(replace(content, levels=()))] == (["rest"] if empty else [])


@given(ANY_JSON)
def test_whatever_stands_in_a_file_is_a_questionnaire_or_refused_in_words(data: Any) -> None:
    with suppress(ContentError):
        content = content_from_json(data)
        assert content_from_json(content_to_json(content)) == content


def changed(way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data = deepcopy(SMALL)
    part: Any = data
    for name in way[:-1]:
        part = part[name]
    part[way[-1]] = value
    return data


FIRST = ("sections", 0, "questions", 0)


@pytest.mark.parametrize(
    ("way", "value", "place"),
    [
        (("sections",), "text", ("sections",)),
        (("sections",), [1], ("sections", 0)),
        (("sections",), [{"key": f"s{n}"} for n in range(31)], ("sections",)),
        (("more",), 1, ("more",)),
        (("thanks",), "а" * 2001, ("thanks",)),
        (("thanks",), "\x00", ("thanks",)),
        ((*FIRST, "key"), "Q1", (*FIRST, "key")),
        ((*FIRST, "key"), "", (*FIRST, "key")),
        ((*FIRST, "key"), "q2", ("sections",)),
        ((*FIRST, "kind"), "colour", (*FIRST, "kind")),
        ((*FIRST, "kind"), ["scale"], (*FIRST, "kind")),
        ((*FIRST, "options"), [], (*FIRST, "options")),
        ((*FIRST, "low"), 11, (*FIRST, "low")),
        ((*FIRST, "low"), True, (*FIRST, "low")),
        ((*FIRST, "required"), "yes", (*FIRST, "required")),
        ((*FIRST, "fills"), "password", (*FIRST, "fills")),
        ((*FIRST, "show_if"), {"question": "q0"}, (*FIRST, "show_if")),
        ((*FIRST, "show_if"), {"question": "q0", "any": [1]}, (*FIRST, "show_if", "any")),
        (("levels",), [{"from": 1, "text": ""}], ("levels", 0, "to")),
    ],
)
def test_what_has_no_place_is_refused_at_its_place(way: tuple[Any, ...], value: Any, place: tuple[Any, ...]) -> None:
    with pytest.raises(ContentError) as refused:
        content_from_json(changed(way, value))

    assert refused.value.place == place
    assert refused.value.text.endswith(".")


def asking(kind: Kind = Kind.YES_NO, key: str = "k", **own: Any) -> Question:
    return Question(**{"key": key, "kind": kind, "text": "Как?", **own})


TWO = (Option("a", "да"), Option("b", "нет"))


@pytest.mark.parametrize(
    "question",
    [
        asking(text=""),
        asking(Kind.SCALE, low=5, high=5),
        asking(Kind.ONE, options=TWO[:1]),
        asking(Kind.ONE, options=(*TWO, Option("c", ""))),
        asking(Kind.ONE, options=(*TWO, Option("c", "Да"))),
        asking(Kind.SEVERAL, options=TWO, least=3),
        asking(Kind.SEVERAL, options=TWO, least=2, most=1),
        asking(Kind.MATRIX, columns=TWO),
        asking(Kind.MATRIX, rows=TWO, columns=TWO[:1]),
        asking(Kind.NUMBER, least=2, most=1),
        asking(Kind.PEOPLE, side="mentor", most=0),
        asking(Kind.RANKING, options=TWO, most=0),
        asking(Kind.FILE),
        asking(Kind.LONG, measure="anxiety"),
        asking(Kind.LONG, indicator="sport"),
        asking(Kind.DATE, fills="areas"),
        asking(show_if=Condition("later", any=("yes",))),
        asking(show_if=Condition("gate", any=("maybe",))),
        asking(show_if=Condition("gate", least=1)),
        asking(show_if=Condition("mark", least=3, most=2)),
    ],
)
def test_a_fault_is_named_at_its_question(question: Question) -> None:
    before = (asking(key="gate"), asking(Kind.SCALE, "mark"))
    content = Content(sections=(Section(key="s", questions=(*before, question, asking(key="later"))),))

    assert [(fault.section, fault.question) for fault in faults_of(content)] == [("s", "k")]


@pytest.mark.parametrize(
    "levels",
    [
        (Level(0, 5, "мало"), Level(5, 9, "много")),
        (Level(5, 0, "мало"),),
        (Level(0, 5, ""),),
    ],
)
def test_levels_that_overlap_or_say_nothing_are_faults(levels: tuple[Level, ...]) -> None:
    scored = asking(Kind.ONE, options=(Option("a", "да", 1), Option("b", "нет", 0)))
    content = Content(sections=(Section(key="s", questions=(scored,)),), levels=levels)

    assert [(fault.section, fault.question) for fault in faults_of(content)] == [("", "")]


def test_an_empty_questionnaire_and_an_empty_section_are_faults() -> None:
    assert len(faults_of(Content())) == 1
    assert [fault.section for fault in faults_of(Content(sections=(Section(key="s"),)))] == ["", "s"]


def test_a_good_file_question_has_no_fault() -> None:
    content = Content(sections=(Section(key="s", questions=(asking(Kind.FILE, kinds=FILE_KINDS),)),))

    assert faults_of(content) == []


def test_what_is_not_asked_of_everybody_leaves_no_gap_in_the_numbers() -> None:
    after = Condition("a", any=("yes",))
    first = [asking(key="a"), asking(key="b", show_if=after), asking(key="c", show_if=after), asking(key="d")]
    content = Content((Section("s1", questions=tuple(first)), Section("s2", questions=(asking(key="e"),))))

    assert content.numbers() == {"a": "1", "b": "1.1", "c": "1.2", "d": "2", "e": "3"}
