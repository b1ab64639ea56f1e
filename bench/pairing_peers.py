"""The solvers side by side on the same tables, each in a process and, but for ours and scipy, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.pairing_instances import school
from mentoring.configuration import PROJECT
from pairing.matching.solving import blocking_pairs
from pairing.matching.task import mentors_of, task_of
from pairing.matching.values import Instance

SIZES, QUICK_SIZES = (50, 100, 200, 500, 1000, 2000), (50, 200, 500)
CAPACITIES = (1, 3)
OWN = ("ours", "ours, worst first", "scipy", "greedy", "random")
QUICK = ("ours", "ours, worst first", "scipy")
PACKAGES = {
    "ortools": ("ortools==9.15.6755",),
    "munkres": ("munkres==3.0.0",),
    "mentor-match": ("mentor-match==7.0.1", "munkres==3.0.0"),
    "matching": ("matching==1.4.3",),
}
"""`matching` and `mentor-match` are imported by the same name."""
ORDER = ("ours", "ours, worst first", "scipy", "ortools", "munkres", "mentor-match", "matching", "greedy", "random")
HEAD = ("mentees", "places each", "solver", "unpaired", "total", "worst", "envious pairs", "seconds", "MB")
CUT_OFF = -27
"""Ended by the alarm the solver set itself."""


MISSING = {"error": "could not be installed"}


@dataclass(frozen=True, slots=True)
class Row:
    """One solver on one table: what came of it, or in `remark` why nothing did."""

    mentees: int
    capacity: int
    solver: str
    unpaired: int | None = None
    total: int | None = None
    worst: int | None = None
    envious: int | None = None
    seconds: float | None = None
    megabytes: float | None = None
    remark: str = ""


def rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    """By capacity and size. Who passes the limit, or fails, is not asked for larger tables of that capacity."""
    programs = dict.fromkeys(QUICK if quick else OWN, sys.executable) | ({} if quick else environments())
    for capacity in CAPACITIES:
        out: set[str] = set()
        for mentees in QUICK_SIZES if quick else SIZES:
            asked = school(mentees, capacity)
            file = folder / f"school-{mentees}-{capacity}.json"
            file.write_text(json.dumps(asked))
            for name in [each for each in ORDER if each in programs and each not in out]:
                program = programs[name]
                row = judged(mentees, capacity, name, asked, solved(program, name, file) if program else MISSING)
                out |= {name} if row.remark else set()
                yield row


def environments() -> dict[str, str]:
    """The interpreter of each peer; none where it could not be installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = environment(name)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(error.stderr)
            found[name] = ""
    return found


def environment(name: str) -> str:
    """The interpreter of an environment with the packages of a peer, made where there is none yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "stupeni-bench" / "-".join(PACKAGES[name])
    program = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, clear=True, with_pip=True)
        install = [str(program), "-m", "pip", "install", "-q", *PACKAGES[name]]
        subprocess.run(install, check=True, capture_output=True, text=True)  # noqa: S603  the packages are named above
        (folder / "ready").touch()
    return str(program)


def solved(program: str, name: str, file: Path) -> dict[str, Any]:
    """The quickest of the runs that ended in time, or what went wrong."""
    script = ["-m", "bench.pairing_solver"] if program == sys.executable else ["-P", "bench/pairing_solver.py"]
    command = [program, *script, name, str(file)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    runs: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode == CUT_OFF and not runs:
        return {"error": "over 60 s"}
    if not runs:
        sys.stderr.write(done.stderr)
        return {"error": "failed"}
    return min(runs, key=lambda run: run.get("seconds", 0))


def judged(mentees: int, capacity: int, name: str, asked: dict[str, Any], found: dict[str, Any]) -> Row:
    """What the pairs are worth by the same measures for all."""
    if "error" in found:
        return Row(mentees, capacity, name, remark=found["error"])
    task = task_of(Instance(np.array(asked["scores"], dtype=np.float64), np.array(asked["capacities"])))
    mentors = mentors_of(tuple(map(tuple, found["pairs"])), mentees)
    points = task.points_of(mentors)
    assert len(points) == len(found["pairs"]), f"{name} made a forbidden pair"
    assert (np.bincount(mentors[mentors >= 0], minlength=task.mentors) <= capacity).all(), f"{name} overfilled a group"
    return Row(
        *(mentees, capacity, name, mentees - len(points), int(points.sum()), int(points.min())),
        *(blocking_pairs(task, mentors), found["seconds"], found["megabytes"]),
    )


def table(found: list[Row]) -> str:
    """For people, and as it stands for docs/pairing.md."""
    cells = [HEAD, *map(_cells, found)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if index == 2 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if index == 2 else ":") for index, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    known = (row.unpaired, row.total, row.worst, row.envious)
    numbers = ("" if number is None else str(number) for number in known)
    seconds = row.remark if row.seconds is None else f"{row.seconds:.5f}"
    megabytes = "" if row.megabytes is None else f"{row.megabytes:.0f}"
    return (str(row.mentees), str(row.capacity), row.solver, *numbers, seconds, megabytes)
