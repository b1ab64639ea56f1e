"""The free hours of the week, as numbers, spans and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.register.hours import are_hours, hours_of, in_words, spans_of, weekday_name

HOURS = st.lists(st.builds(lambda day, hour: day * 100 + hour, st.integers(1, 7), st.integers(0, 23)))


def test_spans_become_hours_and_hours_spans() -> None:
    spans = {1: [(15, 17)], 3: [(8, 9), (18, 20)]}

    assert hours_of(spans) == [115, 116, 308, 318, 319]
    assert spans_of([319, 318, 308, 116, 115]) == spans


@given(HOURS)
def test_nothing_is_lost_between_hours_and_spans(hours: list[int]) -> None:
    assert hours_of(spans_of(hours)) == sorted(set(hours))


def test_hours_read_as_people_say_them() -> None:
    assert (in_words([115, 116, 318]), in_words([])) == ("пн\u00a015–17, ср\u00a018–19", "")
    assert (weekday_name(1), weekday_name(7)) == ("Понедельник", "Воскресенье")


@pytest.mark.parametrize(
    ("hours", "are"), [([], True), ([100, 723], True), ([124], False), ([800], False), ([15], False), (["115"], False)]
)
def test_only_hours_of_a_week_count(hours: list[object], are: bool) -> None:
    assert are_hours(hours) == are
