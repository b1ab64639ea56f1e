"""The matcher: beside its peers on the same tables, in a school beside its bare parts, in a city beside scipy alone."""

from __future__ import annotations

import json
import sys
import tempfile
from functools import cache
from pathlib import Path

from bench import pairing_city, pairing_peers, pairing_school, pairing_stored
from bench.figures import Figure, Measure
from bench.pairing_instances import people
from bench.pairing_peers import Row, table

__all__ = ["prepare", "rows", "table"]

BLOCKS, QUICK_BLOCKS = 5, 2
CITY_BLOCKS, QUICK_CITY_BLOCKS = 3, 1
EXACT = ("scipy", "ortools", "munkres")
PEOPLE, TIMES_FASTER = 500, 100.0


def prepare() -> Measure:
    """Each part makes what it measures by itself."""
    return figures


def figures(quick: bool) -> list[Figure]:
    """The table is measured once, however often a goal is tried for; `bin/bench` prints it above the figures."""
    return [
        disagreements(rows(quick)),
        *([] if quick else [of_people()]),
        *pairing_school.figures(QUICK_BLOCKS if quick else BLOCKS),
        *pairing_stored.figures(QUICK_BLOCKS if quick else BLOCKS),
        *pairing_city.figures(QUICK_CITY_BLOCKS if quick else CITY_BLOCKS),
    ]


@cache
def rows(quick: bool) -> list[Row]:
    """All solvers on all tables."""
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-") as folder:
        return list(pairing_peers.rows(Path(folder), quick=quick))


def disagreements(found: list[Row]) -> Figure:
    """On how many tables an exact solver serves another number or has another total than ours."""
    ours = {(row.mentees, row.capacity): (row.unpaired, row.total) for row in found if row.solver == "ours"}
    others = [row for row in found if row.solver in EXACT and row.total is not None]
    wrong = sum((row.unpaired, row.total) != ours[row.mentees, row.capacity] for row in others)
    return Figure("tables where ours is not the optimum", wrong, "", 0.0, baseline=f"{len(others)} compared")


def of_people() -> Figure:
    """From people to pairs, scoring included on both sides."""
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-") as folder:
        file = Path(folder) / "people.json"
        file.write_text(json.dumps(people(PEOPLE)))
        theirs = pairing_peers.solved(pairing_peers.environment("mentor-match"), "mentor-match-people", file)
        ours = pairing_peers.solved(sys.executable, "our-people", file)
    beside = f"{theirs['seconds']:.2f} s, {len(theirs['pairs'])} pairs; ours {len(ours['pairs'])} pairs"
    name = f"faster than mentor-match, {PEOPLE} x {PEOPLE} people"
    return Figure(name, theirs["seconds"] / ours["seconds"], "x", TIMES_FASTER, at_least=True, baseline=beside)
