"""The table of solvers: judged by the same measures, laid out for people, one process per solver."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench.pairing import disagreements
from bench.pairing_instances import school
from bench.pairing_peers import OWN, Row, judged, solved, table
from tests.pairing.instances import best_total, instance_of

ASKED = {"scores": [[90, 80], [70, None], [50, 40]], "capacities": [1, 1]}


def test_pairs_are_judged_by_what_they_serve_and_leave_to_envy() -> None:
    row = judged(3, 1, "somebody", ASKED, {"pairs": [[2, 0], [0, 1]], "seconds": 0.5, "megabytes": 20.0})

    assert row == Row(3, 1, "somebody", 1, 130, 50, 2, 0.5, 20.0)


@pytest.mark.parametrize("pairs", [[[1, 1]], [[0, 0], [1, 0]]])
def test_pairs_that_break_a_rule_are_not_judged(pairs: list[list[int]]) -> None:
    with pytest.raises(AssertionError, match="somebody"):
        judged(3, 1, "somebody", ASKED, {"pairs": pairs, "seconds": 0.5, "megabytes": 20.0})


def test_who_did_not_end_stands_in_the_table_with_why() -> None:
    late = judged(3, 1, "late", ASKED, {"error": "over 60 s"})

    assert table([late, Row(100, 3, "somebody", 1, 130, 50, 2, 0.5, 20.0)]).splitlines() == [
        "| mentees | places each | solver   | unpaired | total | worst | envious pairs |   seconds | MB |",
        "|--------:|------------:|----------|---------:|------:|------:|--------------:|----------:|---:|",
        "|       3 |           1 | late     |          |       |       |               | over 60 s |    |",
        "|     100 |           3 | somebody |        1 |   130 |    50 |             2 |   0.50000 | 20 |",
    ]


def test_an_exact_solver_that_finds_something_else_is_counted() -> None:
    ours, same = Row(3, 1, "ours", 1, 150, 70), Row(3, 1, "scipy", 1, 150, 70)
    other, greedy = Row(3, 1, "munkres", 1, 149, 70), Row(3, 1, "greedy", 1, 100, 10)

    assert disagreements([ours, same, other, greedy]).value == 1


@pytest.mark.parametrize("name", OWN)
def test_each_solver_answers_from_a_process_of_its_own(name: str, tmp_path: Path) -> None:
    asked = school(8, 2)
    file = tmp_path / "school.json"
    file.write_text(json.dumps(asked))

    row = judged(8, 2, name, asked, solved(sys.executable, name, file))

    served, total = best_total(instance_of(asked["scores"], asked["capacities"]))
    assert row.unpaired is not None
    assert row.total is not None
    assert (8 - row.unpaired, row.total) <= (served, total)
    assert name not in {"ours", "scipy"} or (8 - row.unpaired, row.total) == (served, total)
