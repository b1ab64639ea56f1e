"""The best whole, against all solutions there are."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching import Aim, Candidates, Filling, Instance, assigning, best_candidates, solve
from pairing.matching.residual import residual_of
from pairing.matching.solving import worths_of
from pairing.matching.task import NOBODY, mentors_of, task_of
from tests.pairing.instances import (
    assert_keeps_the_rules,
    best_total,
    best_worst,
    instance_of,
    instances,
    outcomes,
    table_of,
)

some = settings(max_examples=40, deadline=None)


@some
@given(instances(), st.sampled_from(Aim), st.sampled_from(Filling))
def test_no_rule_is_ever_broken(instance: Instance, aim: Aim, filling: Filling) -> None:
    assert_keeps_the_rules(instance, solve(instance, aim, filling))


@some
@given(instances())
def test_most_are_served_and_then_the_total_is_the_highest_there_is(instance: Instance) -> None:
    solution = solve(instance)

    assert (solution.served, solution.total) == best_total(instance)


@some
@given(instances())
def test_the_dual_bound_equals_the_total(instance: Instance) -> None:
    solution = solve(instance)

    assert solution.bound == solution.total


@some
@given(instances())
def test_the_bound_is_proved_by_prices_that_no_pair_exceeds(instance: Instance) -> None:
    """The proof is checked here without what found it: a sum over all pairs that may be, cell by cell."""
    solution = solve(instance)
    task = task_of(instance).free()
    mentors = mentors_of(solution.pairs, task.mentees)
    prices = residual_of(task, mentors).prices()
    worths = worths_of(task, prices)
    free = (mentors != NOBODY) & (task.locked == NOBODY)
    table = table_of(instance)[task.locked == NOBODY] * task.unit + task.lift
    sums = worths[task.locked == NOBODY, None] + prices

    assert (prices >= 0).all()
    assert (worths >= 0).all()
    assert (sums >= table)[~np.isnan(table)].all()
    assert (
        worths.sum() + (prices * task.places).sum()
        == (task.points_of(np.where(free, mentors, NOBODY)) + task.lift).sum()
    )


@some
@given(instances())
def test_the_worst_pair_first_serves_as_many_and_lifts_the_worst_as_far_as_can_be(instance: Instance) -> None:
    solution = solve(instance, Aim.WORST_FIRST)
    served, worst, total = best_worst(instance)

    assert solution.served == served == solve(instance).served
    assert (solution.worst, solution.total) == (worst if served else None, total)
    assert solution.bound is None


@some
@given(instances(), st.sampled_from([Filling.EVEN, Filling.FEWEST, Filling.SMALLEST]), st.sampled_from(Aim))
def test_how_groups_are_filled_costs_nothing(instance: Instance, filling: Filling, aim: Aim) -> None:
    free, filled = solve(instance, aim), solve(instance, aim, filling)

    assert (filled.served, filled.total, filled.worst) == (free.served, free.total, free.worst)


@some
@given(instances(), st.data())
def test_one_more_mentor_never_makes_it_worse(instance: Instance, data: st.DataObject) -> None:
    mentees = len(table_of(instance))
    column = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=mentees, max_size=mentees))
    scores = np.column_stack((table_of(instance), np.array(column, dtype=np.float64)))
    wider = replace(instance, scores=scores, capacities=np.append(instance.capacities, 2))

    before, after = solve(instance), solve(wider)

    assert (after.served, after.total) >= (before.served, before.total)


@some
@given(instances(), st.sampled_from(Aim), st.sampled_from(Filling))
def test_the_same_instance_always_has_the_same_solution(instance: Instance, aim: Aim, filling: Filling) -> None:
    again = replace(instance, locked=instance.locked[::-1], banned=instance.banned[::-1])

    assert solve(again, aim, filling) == solve(instance, aim, filling)


@some
@given(instances())
def test_pairs_that_would_both_rather_swap_are_counted(instance: Instance) -> None:
    solution, table = solve(instance, Aim.WORST_FIRST), table_of(instance)
    mentor_of = dict(solution.pairs)
    blocking = 0
    for mentee, mentor in zip(*np.nonzero(~np.isnan(table)), strict=True):
        own = table[mentee, mentor_of[mentee]] if mentee in mentor_of else -np.inf
        theirs = [table[other, mentor] for other, its in solution.pairs if its == mentor]
        has_place = len(theirs) < instance.capacities[mentor]
        blocking += table[mentee, mentor] > own and (has_place or any(table[mentee, mentor] > one for one in theirs))

    assert solution.blocking == blocking


@some
@given(instances())
def test_candidates_that_are_all_there_are_give_the_same_best(instance: Instance) -> None:
    table = instance.scores
    assert isinstance(table, np.ndarray)
    rows, columns = np.nonzero(~np.isnan(table))
    back = np.arange(len(rows))[::-1]
    sparse = Candidates(rows[back], columns[back], table[rows, columns][back], (table.shape[0], table.shape[1]))

    assert solve(replace(instance, scores=sparse)) == solve(instance)


@some
@given(instances(), st.sampled_from([Filling.ANY, Filling.SMALLEST]))
def test_the_way_for_cities_finds_the_same_best(instance: Instance, filling: Filling) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assigning, "DENSE", 0)
        solution = solve(instance, filling=filling)

    assert (solution.served, solution.total) == best_total(instance)
    assert solution.bound == solution.total


@some
@given(st.lists(st.floats(0, 100), min_size=36, max_size=36))
def test_scores_that_are_no_decimals_are_reckoned_as_far_as_floats_go(scores: list[float]) -> None:
    instance = instance_of([scores[row * 6 : row * 6 + 6] for row in range(6)], [1] * 6)
    solution = solve(instance)

    assert solution.total == pytest.approx(max(outcome.total for outcome in outcomes(instance) if outcome.served == 6))
    assert solution.bound == solution.total


def test_decimal_scores_are_added_up_without_rounding() -> None:
    solution = solve(instance_of([[0.1, None], [None, 0.2]], [1, 1]))

    assert (solution.total, solution.bound) == (0.3, 0.3)


def test_a_pair_of_no_points_is_made_and_a_forbidden_one_is_not() -> None:
    solution = solve(instance_of([[0, None], [None, None]], [1, 1]))

    assert solution.pairs == ((0, 0),)


def test_a_mentee_more_is_worth_any_number_of_points() -> None:
    solution = solve(instance_of([[100, 0], [99, None]], [1, 1]))

    assert (solution.pairs, solution.total) == (((0, 1), (1, 0)), 99)


def test_the_worst_pair_is_lifted_at_a_price() -> None:
    instance = instance_of([[90, 60], [70, 20]], [1, 1])

    assert (solve(instance).total, solve(instance).worst) == (130, 60)
    assert solve(instance_of([[90, 60], [59, 20]], [1, 1])).pairs == ((0, 1), (1, 0))
    assert solve(instance_of([[90, 50], [59, 20]], [1, 1])).worst == 20
    assert solve(instance_of([[90, 50], [59, 20]], [1, 1]), Aim.WORST_FIRST).worst == 50


@pytest.mark.parametrize(
    ("filling", "loads"),
    [(Filling.EVEN, [1, 2, 1]), (Filling.SMALLEST, [1, 2, 1]), (Filling.FEWEST, [0, 4, 0])],
)
def test_groups_are_filled_as_wished_among_equals(filling: Filling, loads: list[int]) -> None:
    solution = solve(instance_of([[50, 50, 50]] * 4, [2, 4, 2]), filling=filling)

    found = sorted(np.bincount([mentor for _mentee, mentor in solution.pairs], minlength=3).tolist())

    assert found == sorted(loads)


def test_even_is_by_the_share_of_places_and_smallest_by_heads() -> None:
    instance = instance_of([[50, 50]] * 6, [2, 10])

    even, smallest = (solve(instance, filling=filling).pairs for filling in (Filling.EVEN, Filling.SMALLEST))

    assert [mentor for _mentee, mentor in even].count(0) == 1
    assert [mentor for _mentee, mentor in smallest].count(0) == 2


def test_groups_that_stand_already_are_part_of_what_is_filled() -> None:
    instance = instance_of([[50, 50]] * 4, [4, 4], locked=[(0, 0), (1, 0)])

    assert solve(instance, filling=Filling.SMALLEST).pairs == ((0, 0), (1, 0), (2, 1), (3, 1))
    assert solve(instance, filling=Filling.FEWEST).pairs == ((0, 0), (1, 0), (2, 0), (3, 0))


def test_the_best_candidates_are_some_of_each_mentee_and_of_each_mentor() -> None:
    scores = np.array([[9, 8, np.nan], [9, 1, 2], [np.nan, np.nan, 5]])

    found = best_candidates(scores, 1)

    assert list(zip(found.mentees, found.mentors, found.scores, strict=True)) == [
        (0, 0, 9),
        (0, 1, 8),
        (1, 0, 9),
        (2, 2, 5),
    ]
    assert found.shape == (3, 3)


@pytest.mark.parametrize(
    ("instance", "words"),
    [
        (instance_of([[None]], [1], locked=[(0, 0)]), "a locked pair is forbidden"),
        (instance_of([[5]], [1], locked=[(0, 0)], banned=[(0, 0)]), "a locked pair is forbidden"),
        (instance_of([[5, 5]], [1, 1], locked=[(0, 0), (0, 1)]), "a mentee is locked twice"),
        (instance_of([[5], [5]], [1], locked=[(0, 0), (1, 0)]), "more pairs are locked on a mentor than he takes"),
        (instance_of([[float("inf")]], [1]), "a score is a finite number"),
        (instance_of([[5]], [-1]), "each mentor takes a number of mentees, 0 or more"),
    ],
)
def test_what_contradicts_itself_is_not_solved(instance: Instance, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        solve(instance)


def test_nothing_heavy_is_loaded_before_the_first_question() -> None:
    asked = "import sys, pairing.matching; print(sorted({'numpy', 'scipy'} & set(sys.modules)))"

    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout

    assert said.strip() == "[]"
