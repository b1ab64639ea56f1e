"""What is to be said of the pairs of a scenario in figures, and what is the best that could be made of it now."""

from __future__ import annotations

from dataclasses import dataclass

from pairing.matching import Aim, Filling, Solution
from pairing.scenes.bench import Bench
from pairing.scoring.counting import arrays


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the pairs as they stand. `bound` is the most that so many pairs can have together; None where fewer stand
    than could. `blocking` are two who would both rather have each other.
    """

    served: int
    total: int
    worst: int | None
    bound: float | None
    blocking: int


def figures_of(bench: Bench, aim: Aim, filling: Filling, best: Solution | None = None) -> Figures:
    """`best` is the solution with the best total, where it is known already."""
    best = best or bench.solved(Aim.TOTAL, filling)
    now = bench.current(aim, filling)
    return Figures(
        served=now.served,
        total=round(now.total),
        worst=None if now.worst is None else round(now.worst),
        bound=best.bound if best.served == now.served else None,
        blocking=_blocking(bench),
    )


def _blocking(bench: Bench) -> int:
    """How many pairs that may be and do not stand would both rather have; each side's wish is read from the score."""
    np = arrays()
    scores, full = bench.scores_with(bench.locked), bench.places.copy()
    own, lowest = np.full(len(bench.rows), -np.inf), np.full(len(bench.columns), np.inf)
    for row, column in bench.pairs:
        own[row] = scores[row, column]
        lowest[column] = min(lowest[column], scores[row, column])
        full[column] -= 1
    lowest[full > 0] = -np.inf
    return int(((scores > own[:, None]) & (scores > lowest[None, :])).sum())
