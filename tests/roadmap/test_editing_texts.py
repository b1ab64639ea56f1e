"""What is thought out before a plan is written: cutting, joining, days under another term, two texts of one thing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.editing.comparing import Difference, compare
from roadmap.editing.joining import join_cells, join_texts
from roadmap.editing.rows import columns_of, differing, in_order, row_of
from roadmap.editing.splitting import cuts_of, next_number
from roadmap.editing.windows import Days, Plan, Standing, plan_windows
from roadmap.editing.wishes import NOTHING, ActivityWish, PersonWish, in_step, texts_of


@pytest.mark.parametrize(
    ("text", "second_halves"),
    [
        ("1. Провести опрос. 2. Собрать анкеты", ["2. Собрать анкеты"]),
        ("а) сбор заявок; б) отбор", ["б) отбор"]),
        ("Провести опрос;\nсобрать анкеты", ["собрать анкеты"]),
        ("- первое дело\n- второе дело", ["- второе дело"]),
        ("Встреча. Зам. директора по УВР и кл. рук. ведут её", ["Зам. директора по УВР и кл. рук. ведут её"]),
        ("Приказ от 31.08.2026 г. № 5 по школе", []),
        ("Провести опрос", []),
        ("", []),
    ],
)
def test_a_text_falls_apart_at_its_entries_lines_and_sentences(text: str, second_halves: list[str]) -> None:
    assert [cut.after for cut in cuts_of(text)] == second_halves


@given(st.text(alphabet="абв 1.;)\n-", max_size=60) | st.text(max_size=200))
def test_no_cut_loses_a_word(text: str) -> None:
    def words(said: str) -> str:
        return "".join(said.translate(dict.fromkeys(map(ord, ";,"))).split())

    for cut in cuts_of(text):
        assert words(cut.before) + words(cut.after) == words(text)


@pytest.mark.parametrize(
    ("number", "following"), [("2.3", "2.4"), ("9", "10"), ("7.", "8."), ("IV", ""), ("", ""), ("1.1а", "")]
)
def test_the_number_that_comes_next(number: str, following: str) -> None:
    assert next_number(number) == following


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("Опрос", "Сбор", "Опрос;\nСбор"),
        ("Опрос.", "Сбор", "Опрос.\nСбор"),
        ("Опрос", "Опрос ", "Опрос"),
        ("", "Сбор", "Сбор"),
        ("Опрос", "", "Опрос"),
    ],
)
def test_two_texts_become_one(one: str, other: str, both: str) -> None:
    assert join_texts(one, other) == both


def test_two_cells_become_one() -> None:
    assert [join_cells("май", "июнь"), join_cells("май", "май"), join_cells("", "июнь"), join_cells("май", "")] == [
        "май; июнь",
        "май",
        "июнь",
        "май",
    ]


OCTOBER, NOVEMBER, MAY = ((date(2026, month, 1), date(2026, month, 28)) for month in (10, 11, 5))


def standing(key: int, days: Days, *, cycle: int = 1, is_fixed: bool = False) -> Standing:
    return Standing(key, cycle, days, is_fixed)


@pytest.mark.parametrize(
    ("stands", "wanted", "plan"),
    [
        pytest.param([standing(1, OCTOBER)], [(1, OCTOBER)], Plan(kept=[standing(1, OCTOBER)]), id="the same"),
        pytest.param([standing(1, OCTOBER)], [(1, MAY)], Plan(moved=[(standing(1, OCTOBER), MAY)]), id="moved"),
        pytest.param([standing(1, None)], [(1, MAY)], Plan(moved=[(standing(1, None), MAY)]), id="dated"),
        pytest.param(
            [standing(1, OCTOBER)],
            [(1, OCTOBER), (1, NOVEMBER)],
            Plan(kept=[standing(1, OCTOBER)], added=[(1, NOVEMBER)]),
            id="one more",
        ),
        pytest.param(
            [standing(1, OCTOBER), standing(2, NOVEMBER)],
            [(1, NOVEMBER)],
            Plan(kept=[standing(2, NOVEMBER)], dropped=[standing(1, OCTOBER)]),
            id="one less",
        ),
        pytest.param(
            [standing(1, OCTOBER, is_fixed=True)],
            [(1, NOVEMBER)],
            Plan(kept=[standing(1, OCTOBER, is_fixed=True)]),
            id="done counts for one",
        ),
        pytest.param(
            [standing(1, OCTOBER, is_fixed=True)],
            [],
            Plan(kept=[standing(1, OCTOBER, is_fixed=True)]),
            id="done is never dropped",
        ),
        pytest.param(
            [standing(1, OCTOBER), standing(2, OCTOBER, cycle=2)],
            [(1, OCTOBER), (2, NOVEMBER)],
            Plan(kept=[standing(1, OCTOBER)], moved=[(standing(2, OCTOBER, cycle=2), NOVEMBER)]),
            id="year by year",
        ),
    ],
)
def test_what_becomes_of_the_days_under_another_term(
    stands: list[Standing], wanted: list[tuple[int, Days]], plan: Plan
) -> None:
    assert plan_windows(stands, wanted) == plan


ORLOVA, HEAD = PersonWish(1, "Куратор", "Орлова И. А.", "curator", 7), PersonWish(None, "Директор", "")
NOW = ActivityWish(1, "", "", "Дело", "", "Куратор Орлова И. А.", people=(ORLOVA,))


@pytest.mark.parametrize(
    ("cell", "people", "cell_then", "people_then"),
    [
        ("Куратор Орлова И. А.", (ORLOVA, HEAD), "Куратор Орлова И. А., Директор", (ORLOVA, HEAD)),
        ("Директор, Куратор Орлова И. А.", (ORLOVA,), "Директор, Куратор Орлова И. А.", (HEAD, ORLOVA)),
        ("Все вместе", (HEAD,), "Все вместе", (HEAD,)),
        ("Куратор Орлова И. А.", (ORLOVA,), "Куратор Орлова И. А.", (ORLOVA,)),
    ],
)
def test_the_cell_and_the_rows_keep_in_step(
    cell: str, people: tuple[PersonWish, ...], cell_then: str, people_then: tuple[PersonWish, ...]
) -> None:
    wish = in_step(NOW, ActivityWish(1, "", "", "Дело", "", cell, people=people))

    assert (wish.responsible_text, wish.people) == (cell_then, people_then)


def test_two_texts_are_compared_field_by_field() -> None:
    opened = {"text": "Было", "number": "1", "section": ""}
    theirs = {"text": "Их", "number": "1", "section": "Их раздел"}
    mine = {"text": "Моё", "number": "2", "section": "", "extra_result": "Протокол"}

    assert compare(opened, mine, theirs) == [
        Difference("text", "Их", "Моё", is_only_theirs=False),
        Difference("number", "1", "2", is_only_theirs=False),
        Difference("section", "Их раздел", "", is_only_theirs=True),
        Difference("extra_result", "", "Протокол", is_only_theirs=False),
    ]
    assert "extra_result" not in texts_of(NOTHING)


def test_a_row_is_kept_as_json_and_comes_back() -> None:
    class Cycle:
        year, starts_on, ends_on = 2026, date(2026, 9, 1), date(2027, 5, 31)

    row = row_of("cycle", Cycle())

    assert row == {"year": 2026, "starts_on": "2026-09-01", "ends_on": "2027-05-31"}
    assert columns_of(row) == {"year": 2026, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)}
    longer = row | {"ends_on": "2028-05-31"}
    assert differing(row, longer)[1] == {"starts_on": "2026-09-01", "ends_on": "2028-05-31"}


def test_what_others_stand_on_comes_first() -> None:
    keys = dict.fromkeys(["responsible:1", "window:9", "window:10", "activity:3", "stage:4", "cycle:7"])

    assert in_order(keys) == ["cycle:7", "stage:4", "activity:3", "window:9", "window:10", "responsible:1"]
