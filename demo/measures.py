"""The figures of the demo that no survey gives: marks and projects by hand, and those of a class that takes no part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.actors import Actor
from demo.askings import Compared, Figures
from participants.models import Side
from roadmap.models import Cycle
from surveys.models import FigureSource, MeasurementWave, Parameter
from surveys.services.comparisons import save_comparison
from surveys.services.entering import Typed, people_to_measure, save_figures

BEFORE, AFTER = timedelta(days=52), timedelta(days=95)
"""Days from the beginning and before the end of the year."""


def write_figures(figures: Sequence[Figures], *, cycle: Cycle, today: date, curator: Actor) -> None:
    """Those of the entry, and those of the exit where the year is over."""
    people = list(people_to_measure(cycle, Side.MENTEE, today))
    keys = _keys(cycle)
    for wave, on in _waves(cycle, today):
        typed = [
            Typed(keys[one.parameter], person.pk, wave, _value(one, place, wave), None)
            for one in figures
            for place, person in enumerate(people)
        ]
        save_figures(cycle=cycle, figures=typed, measured_on=on, source=FigureSource.HAND, by=curator)


def write_comparisons(rows: Sequence[Compared], *, cycle: Cycle, curator: Actor) -> None:
    keys = _keys(cycle)
    for row in rows:
        save_comparison(
            cycle=cycle,
            parameter=Parameter.objects.get(pk=keys[row.parameter]),
            words=row.words,
            size=row.size,
            mean_before=Decimal(row.mean_before),
            mean_change=Decimal(row.mean_change),
            deviation=Decimal(row.deviation),
            by=curator,
        )


def _waves(cycle: Cycle, today: date) -> Iterator[tuple[str, date]]:
    yield MeasurementWave.ENTRY, min(cycle.starts_on + BEFORE, today)
    if cycle.ends_on < today:
        yield MeasurementWave.EXIT, cycle.ends_on - AFTER


def _value(one: Figures, place: int, wave: str) -> Decimal:
    before = one.before[place % len(one.before)]
    gain = one.gain[place % len(one.gain)] if wave == MeasurementWave.EXIT else 0
    return Decimal(before if before + gain > one.most else before + gain)


def _keys(cycle: Cycle) -> dict[str, int]:
    return dict(Parameter.objects.filter(school=cycle.programme.school).values_list("key", "pk"))
