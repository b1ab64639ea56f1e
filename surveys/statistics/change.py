"""One parameter before and after: the method's table, what changed, what to beware of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from surveys.statistics.comparison import Difference, Group, difference_of, group_of
from surveys.statistics.groups import LEAST
from surveys.statistics.paired import Pair, PairedChange, paired_change

APART = 0.5
"""From this many standard deviations on those who dropped out are other people than those who stayed (Cohen 1988,
a medium difference)."""


class Warn(StrEnum):
    """What a reader must know beside a figure."""

    ALONE = "alone"
    """There is no comparison group: whatever happens to everybody of that age is in the figure."""
    FEW = "few"
    """Fewer than half of those who take part were measured twice."""
    OTHERS = "others"
    """Those who were measured at the entry alone differ there from those measured twice."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured of one parameter in one group; each person is in one of the two lists at most.

    `people` is how many take part, measured or not.
    """

    pairs: Sequence[Pair]
    only_before: Sequence[Decimal] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """The method's table: X and Y are the means at the entry and at the exit of those measured twice.

    Z = X - Y, so that a fall is above 0; `percent` is Z / X * 100 and None where X is 0.
    """

    entry: float
    exit: float
    difference: float
    percent: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of one parameter in one group.

    `begun` is how many have a figure at the entry. `row` and `paired` are None where fewer than five people were measured twice: nothing of them is shown.
    """

    size: int
    begun: int
    people: int
    row: TableRow | None
    paired: PairedChange | None
    compared: Difference | None
    warnings: tuple[Warn, ...]


def change_of(figures: Figures, comparison: Group | None) -> Change:
    """What the figures say, beside the changes of those who take no part."""
    size, begun = len(figures.pairs), len(figures.pairs) + len(figures.only_before)
    if size < LEAST:
        return Change(size, begun, figures.people, None, None, None, ())
    paired = paired_change(figures.pairs)
    assert paired is not None  # of five people something can be said
    own = Group(size, paired.change, paired.deviation)
    return Change(
        size=size,
        begun=begun,
        people=figures.people,
        row=table_row(figures.pairs),
        paired=paired,
        compared=difference_of(own, comparison) if comparison else None,
        warnings=tuple(_warnings(figures, comparison)),
    )


def table_row(pairs: Sequence[Pair]) -> TableRow:
    """The row of at least one person."""
    before, after = (sum((pair[place] for pair in pairs), Decimal()) for place in (0, 1))
    percent = float((before - after) / before * 100) if before else None
    size = len(pairs)
    return TableRow(float(before / size), float(after / size), float((before - after) / size), percent)


def _warnings(figures: Figures, comparison: Group | None) -> list[Warn]:
    found = [] if comparison else [Warn.ALONE]
    if len(figures.pairs) * 2 < figures.people:
        found.append(Warn.FEW)
    if others_dropped_out(figures):
        found.append(Warn.OTHERS)
    return found


def others_dropped_out(figures: Figures) -> bool:
    """Whether those without a figure at the exit were unlike the others at the entry: of four people nothing is said."""
    if len(figures.only_before) < LEAST or len(figures.pairs) < LEAST:
        return False
    gone, here = group_of(figures.only_before), group_of([before for before, _after in figures.pairs])
    apart = difference_of(gone, here)
    if apart is None:
        return gone.mean != here.mean
    weights = ((group.size - 1) * group.deviation**2 for group in (gone, here))
    pooled = (sum(weights) / (gone.size + here.size - 2)) ** 0.5
    return apart.is_unlikely_by_chance or abs(apart.difference) >= APART * pooled
