"""Changes to a draft, plain: moved, copied, taken out and put back; answers typed in lines keep their keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from surveys.content import Condition, Content, Kind, Option, Question, Section
from surveys.editing import (
    Removed,
    copy_question,
    copy_section,
    lines_of,
    move_question,
    move_section,
    options_in,
    put_back,
    remove_question,
    remove_section,
    removed_question,
    removed_section,
)
from tests.surveys.contents import contents, options


def asked(*keys: str) -> tuple[Question, ...]:
    return tuple(Question(key, Kind.LONG, key) for key in keys)


TWO = Content(sections=(Section("s1", questions=asked("a", "b")), Section("s2", questions=asked("c"))))


def order(content: Content) -> list[list[str]]:
    return [[question.key for question in section.questions] for section in content.sections]


def test_a_question_moves_within_its_section_and_over_its_edge() -> None:
    assert order(move_question(TWO, "a", 1)) == [["b", "a"], ["c"]]
    assert order(move_question(TWO, "b", 1)) == [["a"], ["b", "c"]]
    assert order(move_question(TWO, "c", -1)) == [["a", "b", "c"], []]
    assert move_question(TWO, "a", -1) == move_question(TWO, "c", 1) == move_question(TWO, "x", 1) == TWO


def test_a_section_moves_among_the_others() -> None:
    assert order(move_section(TWO, "s2", -1)) == [["c"], ["a", "b"]]
    assert move_section(TWO, "s1", -1) == move_section(TWO, "s3", 1) == TWO


def test_a_copy_stands_below_with_a_key_of_its_own() -> None:
    assert order(copy_question(TWO, "a")) == [["a", "q1", "b"], ["c"]]
    assert copy_question(TWO, "x") == TWO


def test_what_hung_on_a_question_of_a_copied_section_hangs_on_its_copy() -> None:
    shown = Question("b", Kind.LONG, "b", show_if=Condition("a", any=("yes",)))
    gate = Question("a", Kind.YES_NO, "a")

    copied = copy_section(Content(sections=(Section("s1", questions=(gate, shown)),)), "s1")

    assert order(copied) == [["a", "b"], ["q1", "q2"]]
    assert copied.sections[1].questions[1].show_if == Condition("q1", any=("yes",))


@given(content=contents(), data=st.data())
def test_a_question_taken_out_is_put_back_where_it_stood(content: Content, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([question.key for question in content.questions()]))
    removed = removed_question(content, key)
    assert removed

    kept = Removed.from_json(removed.to_json())

    assert put_back(remove_question(content, key), kept) == content


@given(content=contents(), data=st.data())
def test_a_section_taken_out_is_put_back_with_its_questions(content: Content, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([section.key for section in content.sections]))
    removed = removed_section(content, key)
    assert removed

    kept = Removed.from_json(removed.to_json())

    assert put_back(remove_section(content, key), kept) == content


def test_what_is_put_back_takes_a_free_key_and_the_last_section_where_its_own_are_taken() -> None:
    removed = removed_question(TWO, "c")
    assert removed

    again = put_back(put_back(remove_section(TWO, "s2"), removed), removed)

    assert order(again) == [["c", "q1", "a", "b"]] or order(again) == [["q1", "c", "a", "b"]]


@given(options(1))
def test_answers_typed_again_as_they_stand_keep_their_keys(before: tuple[Option, ...]) -> None:
    assert options_in(lines_of(before), before, is_scored=True) == before


def test_a_mended_answer_keeps_its_key_and_a_new_one_gets_another() -> None:
    before = (Option("o1", "редко"), Option("o2", "чисто"))

    assert options_in("редко\nчасто", before) == (Option("o1", "редко"), Option("o2", "часто"))
    assert options_in("всегда\nчисто\nредко\n\n", before) == (
        Option("o3", "всегда"),
        Option("o2", "чисто"),
        Option("o1", "редко"),
    )


def test_a_score_stands_behind_a_stroke_where_answers_are_scored() -> None:
    assert options_in("да | 2\nнет|-1\nа|б", (), is_scored=True) == (
        Option("o1", "да", 2),
        Option("o2", "нет", -1),
        Option("o3", "а|б"),
    )
    assert options_in("да | 2", ()) == (Option("o1", "да | 2"),)
