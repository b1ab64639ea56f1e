"""The rounds of short talks: everybody in each, nobody met twice, tables even, the best talks there are."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pairing.seating import UNWANTED, seat_rounds

Scores = list[list[float | None]]


@st.composite
def tables(draw: st.DrawFn, most: int = 9) -> Scores:
    mentees, mentors = draw(st.integers(1, most)), draw(st.integers(1, most))
    score = st.one_of(st.none(), st.integers(0, 100).map(float))
    return [[draw(score) for _mentor in range(mentors)] for _mentee in range(mentees)]


@given(tables(), st.integers(1, 5))
def test_nobody_sits_idle_and_no_two_meet_twice(scores: Scores, talks: int) -> None:
    mentees, mentors = len(scores), len(scores[0])

    rounds = seat_rounds(scores, talks)

    assert len(rounds) == min(talks, mentees, mentors)
    for one in rounds:
        assert {mentee for mentee, _mentor in one} == set(range(mentees))
        assert {mentor for _mentee, mentor in one} == set(range(mentors))
        assert len(one) == max(mentees, mentors)
    met = [pair for one in rounds for pair in one]
    assert len(met) == len(set(met))


@given(tables(), st.integers(1, 5))
def test_tables_differ_by_one_at_most(scores: Scores, talks: int) -> None:
    smaller = 1 if len(scores) >= len(scores[0]) else 0

    for one in seat_rounds(scores, talks):
        sizes = Counter(pair[smaller] for pair in one).values()
        assert max(sizes) - min(sizes) <= 1


@given(tables(most=4), st.integers(1, 2))
def test_no_other_rounds_have_better_talks(scores: Scores, talks: int) -> None:
    rounds = seat_rounds(scores, talks)
    worth = [[UNWANTED if score is None else score for score in row] for row in scores]

    assert sum(worth[i][j] for one in rounds for i, j in one) == best_by_hand(worth, len(rounds))


def best_by_hand(worth: list[list[float]], number: int) -> float:
    """Every way to give each of the larger side so many talks with the tables evenly loaded."""
    rows = worth if len(worth) >= len(worth[0]) else [list(column) for column in zip(*worth, strict=True)]
    movers, hosts = len(rows), len(rows[0])
    least, most = movers // hosts * number, -(-movers // hosts) * number
    best = float("-inf")
    for choice in itertools.product(itertools.combinations(range(hosts), number), repeat=movers):
        loads = Counter(host for talks in choice for host in talks)
        if all(least <= loads[host] <= most for host in range(hosts)):
            best = max(best, sum(rows[i][host] for i, talks in enumerate(choice) for host in talks))
    return best


def test_one_side_alone_has_no_rounds() -> None:
    assert (seat_rounds([], 3), seat_rounds([[], []], 3)) == ([], [])


def test_the_same_table_gives_the_same_rounds() -> None:
    scores: Scores = [[float((i * 7 + j * 5) % 11) for j in range(6)] for i in range(20)]

    assert seat_rounds(scores, 3) == seat_rounds(scores, 3)
