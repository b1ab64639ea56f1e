"""Every figure of a monitoring report, as it is frozen when the report is approved.

None is a count that is not shown: of fewer than five people, or one by which such a count would follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CountTable:
    """How many people take part on a side: a row for each form and the sum, a column for each age and the sum."""

    side: str
    forms: tuple[str, ...]
    ages: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def people(self) -> int | None:
        return self.cells[-1][-1]


@dataclass(frozen=True, slots=True)
class Process:
    """Pairs and groups until the day, and their meetings; `active`, `finished` and `stopped` add up to `pairs`."""

    pairs: int | None = 0
    active: int | None = 0
    finished: int | None = 0
    stopped: int | None = 0
    meetings: int | None = 0
    hours: float | None = 0


@dataclass(frozen=True, slots=True)
class SatisfactionLine:
    """One question on a scale up to 10; `satisfied` gave at least the mark from which the school counts."""

    subject: str
    text: str
    answered: int
    mean: float
    satisfied: int


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What one side said; without `lines` fewer than five answered, and `answered` is None.

    `marks` is how many gave each mark from 1 to 10 in the main question. `surveys` are the names of what was asked.
    """

    side: str
    asked: int | None
    answered: int | None
    lines: tuple[SatisfactionLine, ...] = ()
    marks: tuple[int, ...] = ()
    surveys: tuple[str, ...] = ()

    @property
    def main(self) -> SatisfactionLine | None:
        """The question by which the satisfied are counted."""
        return self.lines[0] if self.lines else None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The curator's checklist: (criterion, indicator, how far it shows, points), the sum and its level."""

    rows: tuple[tuple[str, str, str, int], ...]
    total: int
    most: int
    level: str
    levels: tuple[tuple[int, int, str], ...]
    filled_on: str


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter before and after; `entry` to `percent` are None where it is not shown, `percent` too for X = 0.

    `places` tell of X, Y, Z and Z / X × 100; `least` and `most` bound the scale, None is unbounded.
    """

    name: str
    scale: str
    direction: str
    size: int | None
    entry: float | None
    exit: float | None
    difference: float | None
    percent: float | None
    least: float | None
    most: float | None
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        return self.entry is not None


@dataclass(frozen=True, slots=True)
class Influence:
    """What changed on a side; `unmeasured` is how many parameters have no figure at all."""

    side: str
    people: int | None
    lines: tuple[ParameterLine, ...]
    unmeasured: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the six of the method: `part` of `whole`; `whole` is None until it is known, `part` where it is hidden."""

    number: int
    part: int | None
    whole: int | None

    @property
    def percent(self) -> float | None:
        """None where it can not be told."""
        if self.part is None or not self.whole or self.part > self.whole:
            return None
        return self.part / self.whole * 100


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them; `taken_on` is the day on which they were counted, ISO."""

    taken_on: str = ""
    counts: tuple[CountTable, ...] = ()
    process: Process = Process()
    satisfaction: tuple[Satisfaction, ...] = ()
    checklist: Checklist | None = None
    influence: tuple[Influence, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def figures_to_json(figures: Figures) -> dict[str, Any]:
    return asdict(figures)


def figures_from_json(kept: Mapping[str, Any]) -> Figures:
    """What `figures_to_json` gave, after any number of turns through JSON."""
    checklist = kept.get("checklist")
    return Figures(
        taken_on=kept.get("taken_on", ""),
        counts=tuple(CountTable(**_tuples(row)) for row in kept.get("counts", ())),
        process=Process(**kept.get("process", {})),
        satisfaction=tuple(_satisfaction(row) for row in kept.get("satisfaction", ())),
        checklist=Checklist(**_tuples(checklist)) if checklist else None,
        influence=tuple(_influence(row) for row in kept.get("influence", ())),
        indicators=tuple(Indicator(**row) for row in kept.get("indicators", ())),
    )


def _satisfaction(kept: Mapping[str, Any]) -> Satisfaction:
    return Satisfaction(**{**_tuples(kept), "lines": tuple(SatisfactionLine(**row) for row in kept["lines"])})


def _influence(kept: Mapping[str, Any]) -> Influence:
    return Influence(**{**kept, "lines": tuple(ParameterLine(**_tuples(row)) for row in kept["lines"])})


def _tuples(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The columns with tuples for lists, two deep, as they were before JSON."""
    return {name: _tuple(value) for name, value in kept.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list | tuple) else value
