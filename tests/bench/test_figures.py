from __future__ import annotations

import pytest

from bench.__main__ import _best, _verdict
from bench.figures import Figure, middle, plain, shown

MET, MISSED = Figure("a", 1.0, "x", goal=2.0), Figure("b", 3.0, "x", goal=2.0)


@pytest.mark.parametrize(
    ("figure", "falls_short"),
    [
        (Figure("a", 2.0, "x", goal=2.0), False),
        (Figure("a", 2.01, "x", goal=2.0), True),
        (Figure("a", 2.0, "/s", goal=2.0, at_least=True), False),
        (Figure("a", 1.99, "/s", goal=2.0, at_least=True), True),
        (Figure("a", 99.0, "x"), False),
    ],
)
def test_a_figure_is_judged_by_its_goal(figure: Figure, falls_short: bool) -> None:
    assert figure.falls_short == falls_short
    assert ("FALLS SHORT" in shown(figure)) == falls_short


def test_a_median_keeps_its_spread() -> None:
    figure = middle("a", [3.0, 1.0, 2.0], "x", goal=2.0)

    assert (figure.value, figure.lowest, figure.highest, figure.falls_short) == (2.0, 1.0, 3.0, False)


@pytest.mark.parametrize(
    ("figures", "busy", "status"),
    [([MET], 0.0, 0), ([MET], 99.0, 0), ([MET, MISSED], 60.0, 1), ([MET, MISSED], 60.1, 2)],
)
def test_a_missed_goal_is_an_exit_status_unless_the_machine_is_too_busy(
    figures: list[Figure], busy: float, status: int
) -> None:
    assert _verdict(figures, busy) == status


def test_the_first_try_that_meets_every_goal_ends_the_tries() -> None:
    tries = iter([[MISSED, MISSED], [MET, MISSED], [MET, MET], [MISSED, MISSED]])

    assert _best(lambda quick: next(tries), tries=3, quick=True) == [MET, MET]
    assert next(tries) == [MISSED, MISSED]


def test_the_best_of_three_tries_counts_where_none_meets_every_goal() -> None:
    tries = iter([[MISSED, MISSED], [MET, MISSED], [MISSED, MISSED]])

    assert _best(lambda quick: next(tries), tries=3, quick=True) == [MET, MISSED]


def test_as_json_each_figure_says_whether_it_falls_short() -> None:
    found = plain([MET, MISSED], 70.0)

    assert ([row["falls_short"] for row in found["figures"]], found["judged"]) == ([False, True], False)
