"""One solver on one instance, in a process of its own: `python pairing_solver.py SOLVER FILE` in whatever environment has it.

Prints a line of JSON per run: seconds, peak memory, pairs; or what went wrong. Seconds are of the processor, so that a
busy machine makes nobody slow. Nothing but the standard library is needed to load it; what the solver needs is
imported, and the file read, before time is taken.
"""

from __future__ import annotations

import json
import operator
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

LIMIT = 60.0
"""Seconds after which a run is ended."""
RUNS, ENOUGH = 3, 20.0
"""A run that took more seconds is not repeated."""
LEAST = 0.4
"""The clock of the processor moves by ticks: what takes less is done so often that a run takes about as long."""
OURS = ("pairing.matching.solving", "pairing.matching.values")

Pairs = list[tuple[int, int]]
Scores = list[list[int | None]]
Solve = Callable[[], Pairs]
Prepare = Callable[[Any], Solve]


def ours(asked: Any, aim: str = "total") -> Solve:
    """With everything it says besides: bound, worst pair, blocking pairs."""
    np, solving, values = (import_module(name) for name in ("numpy", *OURS))
    instance = values.Instance(_table(asked), np.array(asked["capacities"]))
    return lambda: list(solving.solve(instance, values.Aim(aim)).pairs)


def scipy(asked: Any) -> Solve:
    """The columns repeated by capacity, a forbidden cell worth nothing, any other more than all points together."""
    np, optimize = import_module("numpy"), import_module("scipy.optimize")
    table, capacities = _table(asked), np.array(asked["capacities"])

    def solve() -> Pairs:
        seats = np.repeat(np.arange(len(capacities)), capacities)
        weights = np.where(np.isnan(table), 0, table + _lift(table))[:, seats]
        rows, columns = optimize.linear_sum_assignment(weights, maximize=True)
        made = weights[rows, columns] > 0
        return list(zip(rows[made].tolist(), seats[columns[made]].tolist(), strict=True))

    return solve


def ortools(asked: Any) -> Solve:
    """Minimum cost flow, with an arc beside the mentors for those who stay without one."""
    np, flows = import_module("numpy"), import_module("ortools.graph.python.min_cost_flow")
    table, capacities = _table(asked), np.array(asked["capacities"])

    def solve() -> Pairs:
        flow = flows.SimpleMinCostFlow()
        (mentees, mentors), (rows, columns) = table.shape, np.nonzero(~np.isnan(table))
        costs = -np.rint(table[rows, columns] + _lift(table)).astype(np.int64)
        sink, everybody = mentees + mentors, np.arange(mentees)
        arcs = flow.add_arcs_with_capacity_and_unit_cost(rows, mentees + columns, np.ones_like(rows), costs)
        flow.add_arcs_with_capacity_and_unit_cost(
            mentees + np.arange(mentors), np.full(mentors, sink), capacities, np.zeros(mentors, dtype=np.int64)
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            everybody, np.full(mentees, sink), np.ones_like(everybody), np.zeros(mentees, dtype=np.int64)
        )
        flow.set_nodes_supplies(np.append(everybody, sink), np.append(np.ones_like(everybody), -mentees))
        if flow.solve() != flow.OPTIMAL:
            raise RuntimeError("no optimum was found")
        made = flow.flows(arcs) > 0
        return list(zip(rows[made].tolist(), columns[made].tolist(), strict=True))

    return solve


def munkres(asked: Any) -> Solve:
    """A column per place; a forbidden cell costs more than all others together."""
    package = import_module("munkres")
    scores, seats = asked["scores"], _seats(asked["capacities"])
    lift = 100 * 4 * (len(scores) + 2)

    def solve() -> Pairs:
        costs = [[lift + 100 if row[seat] is None else 100 - row[seat] for seat in seats] for row in scores]
        made = package.Munkres().compute(costs)
        return [(row, seats[place]) for row, place in made if scores[row][seats[place]] is not None]

    return solve


def mentor_match(asked: Any) -> Solve:
    """Its own people, rounds and Munkres; a rule looks the points up in the same table. A person per place."""
    process, rules = import_module("matching.process"), import_module("matching.rules.rule")
    mentor_class, mentee_class = import_module("matching.mentor").Mentor, import_module("matching.mentee").Mentee
    scores, seats = asked["scores"], _seats(asked["capacities"])

    def solve() -> Pairs:
        forbidden = rules.Disqualify(lambda match: scores[match.mentee.role][match.mentor.role] is None)
        mentors = [mentor_class(email=f"mentor {place}", grade=0, role=seat) for place, seat in enumerate(seats)]
        mentees = [mentee_class(email=f"mentee {row}", grade=0, role=row) for row in range(len(scores))]
        process.process_data(mentors, mentees, [[Looked(scores), forbidden]])
        return [(mentee.role, mentor.role) for mentee in mentees for mentor in mentee.mentors]

    return solve


@dataclass
class Looked:
    """A rule as mentor-match takes it."""

    scores: Scores

    def apply(self, match: Any) -> int:
        return self.scores[match.mentee.role][match.mentor.role] or 0


def matching(asked: Any) -> Solve:
    """Deferred acceptance for residents and hospitals: each side ranks the other by the score."""
    games = import_module("matching.games")
    scores, capacities = asked["scores"], asked["capacities"]

    def solve() -> Pairs:
        fits = [[column for column, score in enumerate(row) if score is not None] for row in scores]
        mentees = {f"{row}": [f"{column}" for column in _ranked(scores[row], fits[row])] for row in range(len(fits))}
        columns = list(zip(*scores, strict=True))
        held = [[row for row, score in enumerate(column) if score is not None] for column in columns]
        mentors = {
            f"{column}": [f"{row}" for row in _ranked(columns[column], held[column])] for column in range(len(held))
        }
        liking, liked = ({key: found for key, found in side.items() if found} for side in (mentees, mentors))
        places = {key: capacities[int(key)] for key in liked}
        game = games.HospitalResident.create_from_dictionaries(liking, liked, places)
        return [(int(each.name), int(mentor.name)) for mentor, mine in game.solve().items() for each in mine]

    return solve


def greedy(asked: Any) -> Solve:
    """The best pair left, again and again."""
    np = import_module("numpy")
    table, capacities = _table(asked), asked["capacities"]

    def solve() -> Pairs:
        rows, columns = np.nonzero(~np.isnan(table))
        order = np.argsort(-table[rows, columns], kind="stable")
        return _taken(zip(rows[order].tolist(), columns[order].tolist(), strict=True), capacities)

    return solve


def chance(asked: Any) -> Solve:
    """One after the other takes any mentor that may be and has a place."""
    scores, capacities = asked["scores"], asked["capacities"]

    def solve() -> Pairs:
        order = random.Random(1)  # noqa: S311  nothing is kept secret by it
        pairs = [
            (row, column) for row, found in enumerate(scores) for column, score in enumerate(found) if score is not None
        ]
        order.shuffle(pairs)
        return _taken(pairs, capacities)

    return solve


def mentor_match_people(asked: Any) -> Solve:
    """From people to pairs by the rules of the service built on it: grades one or two apart, another organisation."""
    process, rules = import_module("matching.process"), import_module("matching.rules.rule")
    mentor_class, mentee_class = import_module("matching.mentor").Mentor, import_module("matching.mentee").Mentee

    def solve() -> Pairs:
        told = [
            rules.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
            rules.Disqualify(rules.Grade(2, operator.gt).evaluate),
            rules.Disqualify(rules.Grade(0, operator.le).evaluate),
            rules.Grade(2, operator.eq, {True: 12, False: 0}),
            rules.Grade(1, operator.eq, {True: 9, False: 0}),
            rules.Equivalent("profession", {True: 10, False: 0}),
            rules.Equivalent("role", {True: 6, False: 0}),
        ]
        mentors = [mentor_class(email=f"mentor {index}", **one) for index, one in enumerate(asked["mentors"])]
        mentees = [mentee_class(email=f"mentee {index}", **one) for index, one in enumerate(asked["mentees"])]
        process.process_data(mentors, mentees, [told])
        return [(row, int(each.email.split()[1])) for row, mentee in enumerate(mentees) for each in mentee.mentors]

    return solve


def our_people(asked: Any) -> Solve:
    """The same rules over the same people."""
    np, solving, values = (import_module(name) for name in ("numpy", *OURS))

    def solve() -> Pairs:
        fields = ("grade", "organisation", "profession", "role")
        mentees, mentors = (
            np.array([[one[name] for name in fields] for one in asked[side]]).T for side in ("mentees", "mentors")
        )
        apart = mentors[0] - mentees[0][:, None]
        same = [mentees[part][:, None] == mentors[part] for part in (1, 2, 3)]
        scores = 12.0 * (apart == 2) + 9 * (apart == 1) + 10 * same[1] + 6 * same[2]
        scores[same[0] | (apart > 2) | (apart <= 0)] = np.nan
        return list(solving.solve(values.Instance(scores, np.ones(len(asked["mentors"]), dtype=int))).pairs)

    return solve


SOLVERS: dict[str, Prepare] = {
    "ours": ours,
    "ours, worst first": partial(ours, aim="worst_first"),
    "scipy": scipy,
    "ortools": ortools,
    "munkres": munkres,
    "mentor-match": mentor_match,
    "matching": matching,
    "greedy": greedy,
    "random": chance,
    "mentor-match-people": mentor_match_people,
    "our-people": our_people,
}


def _table(asked: Any) -> Any:
    np = import_module("numpy")
    return np.array(asked["scores"], dtype=np.float64)


def _lift(table: Any) -> float:
    """More than all points that can be lost where one more is served."""
    return 4.0 * (len(table) + 2) * 100


def _seats(capacities: list[int]) -> list[int]:
    return [mentor for mentor, capacity in enumerate(capacities) for _place in range(capacity)]


def _ranked(scores: Sequence[Any], who: list[int]) -> list[int]:
    return sorted(who, key=lambda index: -scores[index])


def _taken(pairs: Iterable[tuple[int, int]], capacities: list[int]) -> Pairs:
    left, made = list(capacities), {}
    for row, column in pairs:
        if row not in made and left[column]:
            made[row] = column
            left[column] -= 1
    return list(made.items())


def run(solve: Solve) -> None:
    """Prints each run as it ends, so that those before one that is cut off are known."""
    times, done = 1, 0
    while done < RUNS:
        Path("/proc/self/clear_refs").write_text("5")  # The peak of memory starts anew.
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        began, clock = time.process_time(), time.perf_counter()
        try:
            pairs = [solve() for _time in range(times)][-1]
        except RecursionError as error:
            _say(error=type(error).__name__)
            return
        seconds, took = (time.process_time() - began) / times, time.perf_counter() - clock
        signal.setitimer(signal.ITIMER_PROF, 0)
        if times == 1 and took < LEAST:
            times = 1 + int(LEAST / took)
            continue
        _say(seconds=seconds, megabytes=_peak(), pairs=pairs)
        done += 1 if seconds < ENOUGH else RUNS


def _say(**found: Any) -> None:
    sys.stdout.write(f"{json.dumps(found)}\n")
    sys.stdout.flush()


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    solve = SOLVERS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text()))
    # Deferred acceptance copies its players by recursion: it is given all the stack it wants.
    sys.setrecursionlimit(10**6)
    threading.stack_size(2**29)
    thread = threading.Thread(target=run, args=(solve,))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
