"""What a measurement gives, how it is judged and printed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BUSY = 60.0
"""Percent of the last ten seconds in which someone waited for a processor; above it no time is judged."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is the most it may be, or the least where `at_least` is set; None is not judged."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    baseline: str = ""
    """What it is measured against, with its own value in this run."""
    lowest: float | None = None
    highest: float | None = None

    @property
    def falls_short(self) -> bool:
        if self.goal is None:
            return False
        return self.value < self.goal if self.at_least else self.value > self.goal


Measure = Callable[[bool], list[Figure]]
"""Measures once; True asks for the quick form."""


def middle(name: str, values: Sequence[float], unit: str, **more: Any) -> Figure:
    """The median of several values, with the lowest and the highest."""
    return Figure(name, statistics.median(values), unit, lowest=min(values), highest=max(values), **more)


def pressure() -> float:
    """Percent of the last ten seconds in which some process waited for a processor; 0 where the kernel does not say."""
    file = Path("/proc/pressure/cpu")
    return float(file.read_text().split("avg10=")[1].split()[0]) if file.exists() else 0.0


def shown(figure: Figure) -> str:
    """`list page, 35 activities      9.80 x  goal <= 16.00  (9.31 - 10.42)  one-query view 0.52 ms`."""
    sign = ">=" if figure.at_least else "<="
    goal = f"goal {sign} {figure.goal:.2f}" if figure.goal is not None else "no goal"
    spread = f"({figure.lowest:.2f} - {figure.highest:.2f})" if figure.lowest is not None else ""
    verdict = "FALLS SHORT" if figure.falls_short else ""
    line = f"{figure.name:<44}{figure.value:>10.2f} {figure.unit:<8}{goal:<18}{spread:<20}{figure.baseline}  {verdict}"
    return line.rstrip()


def plain(figures: Sequence[Figure], busy: float) -> dict[str, Any]:
    """The same as JSON values."""
    rows = [asdict(figure) | {"falls_short": figure.falls_short} for figure in figures]
    return {"figures": rows, "cpu_pressure": busy, "judged": busy <= BUSY}
