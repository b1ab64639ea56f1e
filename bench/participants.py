"""The register of people: spreadsheets and scanned piles that come in, slips that go out,
the list of people: each beside what it costs alone.
"""

from __future__ import annotations

from bench import people_lists, piles, sheets, slips
from bench.figures import Figure, Measure

BLOCKS, QUICK_BLOCKS = 5, 2


def prepare() -> Measure:
    """Each part makes what it measures by itself."""

    def measure(quick: bool) -> list[Figure]:
        blocks = QUICK_BLOCKS if quick else BLOCKS
        lists = people_lists.figures(quick=quick)
        return [*sheets.figures(blocks), *piles.figures(blocks), *slips.figures(blocks), *lists]

    return measure
