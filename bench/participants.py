"""The register of people: spreadsheets that come in, beside what their bytes alone cost."""

from __future__ import annotations

from bench import sheets
from bench.figures import Figure, Measure

BLOCKS, QUICK_BLOCKS = 5, 2


def prepare() -> Measure:
    """Each part makes what it measures by itself."""

    def measure(quick: bool) -> list[Figure]:
        return sheets.figures(QUICK_BLOCKS if quick else BLOCKS)

    return measure
