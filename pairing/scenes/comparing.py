"""Scenarios of one form and year beside each other: their figures, and the pairs in which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairing.models import Scenario, ScenarioPair
from pairing.scoring import PARTS, part_title, weights_from_json
from participants.models import Enrolment

MOST = 4
"""So many scenarios fit beside each other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The mentor a mentee has in one scenario, if any."""

    mentor: str
    score: int | None
    is_other: bool
    """Whether it is not so in the first scenario."""


@dataclass(frozen=True, slots=True)
class Row:
    """A mentee whom not all scenarios give the same mentor."""

    mentee: str
    place: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`weights` are the parts that do not weigh the same everywhere, `same` the mentees with the same mentor in all."""

    rows: tuple[Row, ...]
    same: int
    weights: tuple[tuple[str, tuple[int, ...]], ...]


def compare_scenarios(scenarios: Sequence[Scenario], today: date) -> Comparison:
    """By their stored pairs, of those alone whose consents are in force today; three queries."""
    people = Enrolment.objects.cleared(today).enrolled().filter(cycle=scenarios[0].cycle_id, form=scenarios[0].form_id)
    known = {row.pk: row.person for row in people.select_related("person")}
    stored: dict[tuple[int, int], ScenarioPair] = {
        (pair.scenario_id, pair.mentee_id): pair
        for pair in ScenarioPair.objects.filter(scenario__in=scenarios)
        if pair.mentee_id in known and pair.mentor_id in known
    }
    mentees = sorted({mentee for _scenario, mentee in stored}, key=lambda key: (known[key].sort_key, key))
    rows, same = [], 0
    for mentee in mentees:
        pairs = [stored.get((scenario.pk, mentee)) for scenario in scenarios]
        mentors = [pair.mentor_id if pair else 0 for pair in pairs]
        if len({*mentors}) == 1:
            same += 1
            continue
        cells = tuple(
            Cell(known[pair.mentor_id].short_name if pair else "", pair.score if pair else None, mentor != mentors[0])
            for pair, mentor in zip(pairs, mentors, strict=True)
        )
        rows.append(Row(known[mentee].short_name, known[mentee].place, cells))
    return Comparison(tuple(rows), same, _weights(scenarios))


def _weights(scenarios: Sequence[Scenario]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    given = [weights_from_json(scenario.weights) for scenario in scenarios]
    by_part = {part: tuple(weights.of(part) for weights in given) for part in PARTS}
    return tuple((part_title(part), values) for part, values in by_part.items() if len({*values}) > 1)
