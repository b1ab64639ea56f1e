"""A city's candidates, ours beside scipy alone on the same, each in a process: `python -m bench.pairing_city ours|scipy`."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bench.figures import Figure, middle
from bench.pairing_instances import city
from mentoring.configuration import PROJECT
from pairing.matching.solving import solve
from pairing.matching.values import Instance

GOAL, MEGABYTES = 3.0, 2048.0
RUNS = 3


def figures(blocks: int) -> list[Figure]:
    """Seconds of ours by seconds of scipy, block by block, and the memory of our process."""
    found = [(_measured("ours"), _measured("scipy")) for _block in range(blocks)]
    base = min(scipy["seconds"] for _ours, scipy in found)
    ratios = [ours["seconds"] / scipy["seconds"] for ours, scipy in found]
    short = sum((ours["served"], ours["total"]) != (scipy["served"], scipy["total"]) for ours, scipy in found)
    return [
        middle("city of 10,000 x 3,000, with the bound", ratios, "x", goal=GOAL, baseline=f"bare scipy {base:.2f} s"),
        Figure("memory of it", max(ours["megabytes"] for ours, _scipy in found), "MB", goal=MEGABYTES),
        Figure("runs in which served or total is not scipy's", short, "", goal=0.0),
    ]


def _measured(name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.pairing_city", name]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    candidates, capacities = city()
    measure = _ours if sys.argv[1] == "ours" else _scipy
    best = min((measure(candidates, capacities) for _run in range(RUNS)), key=lambda found: found["seconds"])
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(best | {"megabytes": megabytes}))


def _ours(candidates: Any, capacities: Any) -> dict[str, Any]:
    began = time.process_time()
    solution = solve(Instance(candidates, capacities))
    seconds = time.process_time() - began
    assert solution.bound == solution.total
    return {"seconds": seconds, "served": solution.served, "total": solution.total}


def _scipy(candidates: Any, capacities: Any) -> dict[str, Any]:
    """The graph of places is made before time is taken."""
    mentees, mentors = candidates.shape
    seats = np.repeat(np.arange(mentors), capacities)
    lift = 4.0 * (mentees + 2) * 100
    first = np.cumsum(capacities) - capacities
    times = capacities[candidates.mentors]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    alone = np.arange(mentees)
    rows = np.append(np.repeat(candidates.mentees, times), alone)
    columns = np.append(np.repeat(first[candidates.mentors], times) + nth, len(seats) + alone)
    weights = np.append(np.repeat(candidates.scores + lift, times), np.ones(mentees))
    graph = csr_array((weights, (rows, columns)), shape=(mentees, len(seats) + mentees))
    began = time.process_time()
    found_rows, found = min_weight_full_bipartite_matching(graph, maximize=True)
    seconds = time.process_time() - began
    made = found < len(seats)
    total = float(graph[found_rows[made], found[made]].sum() - lift * made.sum())
    return {"seconds": seconds, "served": int(made.sum()), "total": total}


if __name__ == "__main__":
    main()
