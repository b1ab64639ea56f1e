"""All figures of a monitoring report, counted now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation

from participants.models import PersonKind, Side
from participants.services.cycles import today_in
from reports.models import MonitoringReport, ReportState
from reports.papers.monitoring import (
    LEAST,
    CountTable,
    Figures,
    Indicator,
    Influence,
    ParameterLine,
    Satisfaction,
    figures_from_json,
    hide_single,
)
from reports.services.monitoring.answers import checklist_of, satisfaction_of
from reports.services.monitoring.people import (
    CHILD,
    YOUTH,
    Part,
    count_table,
    counted_people,
    people_where,
    process_of,
    young_teachers,
)
from roadmap.models import Cycle
from surveys.services.comparing import ParameterChange, changes_in
from surveys.statistics import wording

TYPED = ("1", "2", "3", "4")
"""The indicators whose whole the school types in, as keys of `MonitoringReport.totals`."""
ORGANISATIONS = "organisations"
"""Under this key stands how many organisations sent their employees as mentors: the register does not tell them apart."""


def figures_of(report: MonitoringReport) -> Figures:
    """The frozen figures of an approved report, those of today of a draft."""
    if report.state == ReportState.APPROVED:
        return figures_from_json(report.frozen or {})
    return count_figures(report)


def count_figures(report: MonitoringReport) -> Figures:
    """Everything counted now, in Russian, as a paper has it."""
    cycle, as_of = report.cycle, report.as_of
    today = today_in(cycle.programme.school)
    parts = counted_people(cycle, as_of)
    counts = tuple(count_table(parts, side.value) for side in Side)
    satisfaction = satisfaction_of(cycle, as_of, report.satisfied_from)
    return Figures(
        taken_on=today.isoformat(),
        counts=counts,
        process=process_of(cycle, as_of),
        satisfaction=satisfaction,
        checklist=checklist_of(cycle, as_of),
        influence=tuple(_influence(cycle, side.value, today) for side in Side),
        indicators=tuple(_indicators(parts, as_of, report.totals, counts, satisfaction)),
    )


def _influence(cycle: Cycle, side: str, today: date) -> Influence:
    with translation.override("ru"):
        whole = changes_in(cycle=cycle, side=side, today=today)[0]
        lines = tuple(_line(one) for one in whole.lines)
    return Influence(side, hide_single(whole.people), lines, whole.unmeasured)


def _line(one: ParameterChange) -> ParameterLine:
    about, change = one.parameter, one.change
    row = change.row if change else None
    least, most = (None if end is None else float(end) for end in (about.least, about.most))
    scale = wording.scale_words(about.least, about.most, about.unit)
    if change is None or row is None:
        return ParameterLine(about.name, scale, about.direction, None, None, None, None, None, least, most, (), ())
    figures = (row.entry, row.exit, row.difference, row.percent)
    return ParameterLine(
        about.name, scale, about.direction, change.size, *figures, least, most, one.sentences, one.warnings
    )


def _indicators(
    parts: Sequence[Part],
    as_of: date,
    totals: Mapping[str, int],
    counts: Sequence[CountTable],
    satisfaction: Sequence[Satisfaction],
) -> list[Indicator]:
    counted = indicator_parts(parts, as_of, totals)
    sides = {one.side: one for one in counts}
    shown = {
        1: _shown(counted[1], sides[Side.MENTEE], (CHILD, YOUTH)),
        2: _shown(counted[2], sides[Side.MENTOR], (YOUTH,)),
        3: _shown(counted[3], sides[Side.MENTEE], ()),
        4: counted[4],
    }
    typed = [Indicator(number, part, totals.get(str(number))) for number, part in shown.items()]
    asked = [_satisfied(number, one) for number, one in zip((5, 6), satisfaction, strict=True)]
    return [*typed, *asked]


def indicator_parts(parts: Sequence[Part], as_of: date, totals: Mapping[str, int]) -> dict[int, int]:
    """What is divided by the typed wholes, by the number of the indicator."""
    return {
        1: people_where(parts, Side.MENTEE, PersonKind.PUPIL, (CHILD, YOUTH)),
        2: people_where(parts, Side.MENTOR, PersonKind.PUPIL, (YOUTH,)),
        3: young_teachers(parts, as_of),
        4: totals.get(ORGANISATIONS, 0),
    }


def _shown(part: int, counts: CountTable, ages: Sequence[int]) -> int | None:
    """The part, None where it is of a few people, or its difference to what the table of the side shows is."""
    sums = counts.cells[-1]
    of_ages = [sums[age] for age in ages]
    wholes = [counts.people, sum(filter(None, of_ages)) if None not in of_ages else None]
    told = (abs(whole - part) for whole in wholes if whole is not None)
    return None if any(0 < difference < LEAST for difference in (part, *told)) else part


def _satisfied(number: int, one: Satisfaction) -> Indicator:
    main = one.main
    return Indicator(number, main.satisfied, main.answered) if main else Indicator(number, None, None)
