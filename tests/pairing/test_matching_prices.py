"""What it costs to have a pair otherwise, against all solutions there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching import (
    Aim,
    Filling,
    Gain,
    Instance,
    Move,
    NotOptimal,
    Price,
    Solution,
    alternatives_of,
    gain_of_mentor,
    price_of,
    prices_of,
    solve,
)
from tests.pairing.instances import best_total, best_worst, instance_of, instances, table_of

some = settings(max_examples=20, deadline=None)
small = instances(most=5)


def forced(instance: Instance, mentee: int, mentor: int) -> Instance:
    """With this pair locked too."""
    others = [pair for pair in instance.locked if pair[0] != mentee]
    return replace(instance, locked=(*others, (mentee, mentor)))


def can_be(instance: Instance, mentee: int, mentor: int) -> bool:
    """By the score, the bans, the locks and the places they leave."""
    locked = dict(instance.locked)
    left = instance.capacities[mentor] - list(locked.values()).count(mentor)
    allowed = not np.isnan(table_of(instance)[mentee, mentor])
    return locked[mentee] == mentor if mentee in locked else bool(allowed and left > 0)


def moved(instance: Instance, solution: Solution, mentee: int, mentor: int, price: Price) -> dict[int, int]:
    """The pairs after everybody moved as the price says; asserts that each was where it says, at the score it says."""
    table, mentor_of = table_of(instance), dict(solution.pairs)
    mentor_of[mentee] = mentor
    for move in price.moves:
        assert (move.mentee == mentee, mentor_of.pop(move.mentee, None)) == (False, move.from_mentor)
        assert move.from_score == (None if move.from_mentor is None else table[move.mentee, move.from_mentor])
        assert move.to_score == (None if move.to_mentor is None else table[move.mentee, move.to_mentor])
        if move.to_mentor is not None:
            mentor_of[move.mentee] = move.to_mentor
    loads = np.bincount(np.array(list(mentor_of.values()), dtype=int), minlength=table.shape[1])
    assert (loads <= instance.capacities).all()
    assert set(instance.locked) <= set(mentor_of.items())
    return mentor_of


@some
@given(small, st.sampled_from(Filling))
def test_a_price_is_the_difference_to_the_best_with_that_pair(instance: Instance, filling: Filling) -> None:
    solution = solve(instance, filling=filling)
    for mentee, mentor in np.ndindex(table_of(instance).shape):
        price = price_of(instance, solution, mentee, mentor)

        assert (price is not None) == can_be(instance, mentee, mentor)
        if price:
            served, total = best_total(forced(instance, mentee, mentor))
            assert (solution.served + price.served, solution.total + price.total) == (served, total)


@some
@given(small, st.sampled_from(Aim))
def test_the_moves_lead_to_what_the_price_says(instance: Instance, aim: Aim) -> None:
    solution, table = solve(instance, aim), table_of(instance)
    for mentee, mentor in np.ndindex(table.shape):
        price = price_of(instance, solution, mentee, mentor)
        if price:
            after = moved(instance, solution, mentee, mentor, price)
            assert len(after) == solution.served + price.served
            assert sum(table[pair] for pair in after.items()) == solution.total + price.total


@some
@given(small)
def test_where_the_worst_comes_first_no_fewer_are_served_than_need_be(instance: Instance) -> None:
    solution = solve(instance, Aim.WORST_FIRST)
    for mentee, mentor in np.ndindex(table_of(instance).shape):
        price = price_of(instance, solution, mentee, mentor)
        if price:
            served, worst, _total = best_worst(forced(instance, mentee, mentor))
            after = moved(instance, solution, mentee, mentor, price)
            assert solution.served + price.served == served
            assert min(table_of(instance)[pair] for pair in after.items()) == worst


@some
@given(small)
def test_the_table_of_prices_says_what_each_question_says(instance: Instance) -> None:
    solution = solve(instance)
    prices = prices_of(instance, solution)
    for cell in np.ndindex(table_of(instance).shape):
        price = price_of(instance, solution, *cell)
        found = (float(prices.served[cell]), float(prices.total[cell]))
        assert found == (price.served, price.total) if price else np.isnan(found).all()


@some
@given(small)
def test_the_price_of_a_proposed_pair_is_the_best_without_it(instance: Instance) -> None:
    solution = solve(instance)
    prices = prices_of(instance, solution)
    for index, pair in enumerate(solution.pairs):
        found = (solution.served + prices.without_served[index], solution.total + prices.without_total[index])
        if pair in instance.locked:
            assert np.isnan(found).all()
        else:
            assert found == best_total(replace(instance, banned=(*instance.banned, pair)))


@some
@given(small, st.sampled_from(Aim))
def test_alternatives_are_the_cheapest_of_all_others(instance: Instance, aim: Aim) -> None:
    solution, table = solve(instance, aim), table_of(instance)
    for mentee in range(len(table)):
        found = alternatives_of(instance, solution, mentee, count=table.shape[1])
        others = {mentor for mentor in range(table.shape[1]) if can_be(instance, mentee, mentor)}

        assert {each.mentor for each in found} == others - {dict(solution.pairs).get(mentee)}
        assert all(each.score == table[mentee, each.mentor] for each in found)
        if aim is Aim.TOTAL:
            costs = [(each.price.served, each.price.total) for each in found]
            assert costs == sorted(costs, reverse=True)
            assert alternatives_of(instance, solution, mentee) == found[:3]


@some
@given(small, st.data())
def test_the_gain_of_a_mentor_is_the_difference_to_the_best_with_him(instance: Instance, data: st.DataObject) -> None:
    table, solution = table_of(instance), solve(instance)
    scores = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=len(table), max_size=len(table)))
    column = np.array(scores, dtype=np.float64)
    wider = replace(instance, scores=np.column_stack((table, column)), capacities=np.append(instance.capacities, 2))

    gain = gain_of_mentor(instance, solution, column, capacity=2)

    assert (solution.served + gain.served, solution.total + gain.total) == best_total(wider)
    assert gain.mentees or (gain.served, gain.total) == (0, 0)


# ---------------------------------------------------------------- examples told as a curator would

SCHOOL = instance_of([[86, 71, None], [80, 60, 50], [None, 75, 74]], [1, 1, 1])
"""Best: 0 with 1 (71), 1 with 0 (80), 2 with 2 (74)."""


def test_a_price_names_who_moves_and_from_what_to_what() -> None:
    solution = solve(SCHOOL)

    assert solution.pairs == ((0, 1), (1, 0), (2, 2))
    assert price_of(SCHOOL, solution, 0, 0) == Price(
        served=0, total=-5.0, moves=(Move(mentee=1, from_mentor=0, to_mentor=1, from_score=80, to_score=60),)
    )


def test_a_price_says_who_would_be_left_without_a_mentor() -> None:
    instance = instance_of([[50, 60], [70, None]], [1, 1])

    assert price_of(instance, solve(instance), 0, 0) == Price(-1, -80.0, (Move(1, 0, None, 70, None),))


def test_what_is_proposed_costs_nothing_and_what_cannot_be_has_no_price() -> None:
    solution = solve(SCHOOL)

    assert price_of(SCHOOL, solution, 0, 1) == Price(0, 0.0)
    assert price_of(SCHOOL, solution, 0, 2) is None


def test_a_place_set_free_goes_to_who_gains_most() -> None:
    instance = instance_of([[90, 80], [70, None]], [1, 1])
    solution = solve(replace(instance, banned=((0, 1),)))

    assert solution.pairs == ((0, 0),)
    assert price_of(instance, solution, 0, 1) == Price(1, 60.0, (Move(1, None, 0, None, 70),))


def test_a_pair_that_has_become_possible_is_priced_by_the_way_the_others_make_room() -> None:
    """0 could not have 0 before, and would have been given it."""
    before = instance_of([[None, 60, None], [70, 50, None], [None, None, 40]], [1, 1, 1])
    now = instance_of([[100, 60, None], [70, 50, None], [None, None, 40]], [1, 1, 1])

    assert price_of(now, solve(before), 0, 0) == Price(0, 20.0, (Move(1, 0, 1, 70, 50),))


def test_a_solution_of_other_scores_is_priced_by_finding_all_anew() -> None:
    """1 and 2 would be better off the other way about by now."""
    stale = solve(instance_of([[5, 4, 3], [None, 1, 9], [None, 9, 1]], [1, 1, 1]))
    now = instance_of([[5, 4, 3], [None, 9, 1], [None, 1, 9]], [1, 1, 1])
    standing = replace(stale, total=7.0)

    assert stale.pairs == ((0, 0), (1, 2), (2, 1))
    assert price_of(now, standing, 0, 1) == Price(-1, 6.0, (Move(1, 2, None, 1, None), Move(2, 1, 2, 1, 9)))
    assert [each.mentor for each in alternatives_of(now, standing, 0)] == [1, 2]
    with pytest.raises(NotOptimal):
        prices_of(now, standing)


def test_a_mentor_to_recruit_raises_a_chain_of_children() -> None:
    """The new one takes 0, whose place 1 gets, whose place 2 gets."""
    instance = instance_of([[50, None], [60, 40], [None, 30]], [1, 1])
    solution = solve(instance)

    assert solution.served == 2
    assert gain_of_mentor(instance, solution, np.array([70, np.nan, np.nan])) == Gain(1, 70.0, (0, 1, 2))


def test_a_mentor_nobody_needs_brings_nothing() -> None:
    assert gain_of_mentor(SCHOOL, solve(SCHOOL), np.array([1, 1, np.nan]), capacity=3) == Gain(0, 0.0, ())
