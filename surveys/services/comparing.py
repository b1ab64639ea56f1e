"""What changed in the people of a year: the figures of all parameters, on the whole and by form of mentoring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from participants.models import Enrolment, EnrolmentState
from roadmap.models import Cycle
from surveys.models import ComparisonGroup, Measurement, MeasurementWave, Parameter
from surveys.statistics.change import Change, Figures, change_of
from surveys.statistics.comparison import Group
from surveys.statistics.groups import shown_groups
from surveys.statistics.wording import Compared, reading_of, warnings_of


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A parameter with what changed; `change` is None where showing it beside the whole would tell of a few."""

    parameter: Parameter
    change: Change | None
    comparison: ComparisonGroup | None
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there are figures to show."""
        return self.change is not None and self.change.paired is not None


@dataclass(frozen=True, slots=True)
class ChangesOf:
    """What changed in a group: everyone of the side, where `form` is None, or those of one form.

    `people` is how many of them take part. Parameters of which nothing was measured are left out and counted.
    """

    form: int | None
    name: str
    people: int
    lines: tuple[ParameterChange, ...]
    unmeasured: int

    @property
    def shared_warnings(self) -> list[str]:
        """What is to be said once, for it holds for each of several parameters."""
        shown = [line for line in self.lines if line.is_shown]
        return (
            [words for words in shown[0].warnings if all(words in one.warnings for one in shown)] if shown[1:] else []
        )


@dataclass(slots=True)
class _Taken:
    """The figures of one person, or of his part in one form, by parameter."""

    entry: dict[int, Decimal] = field(default_factory=dict)
    exit: dict[int, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class _Year:
    """Who takes part on one side, in which form, and what was measured of each part."""

    parameters: list[Parameter]
    comparisons: dict[int, ComparisonGroup]
    forms: dict[int, str]
    parts: list[tuple[int, int, int]]
    """(part, person, form), in the order of the parts."""
    taken: dict[int, _Taken]
    """By part."""


def changes_in(*, cycle: Cycle, side: str, today: date) -> list[ChangesOf]:
    """What changed on one side of a year: on the whole first, then by form where there are several.

    Those alone are counted whose consents are in force today. Someone in two forms is one person on the whole, with
    the figures of that part of which there are both. A constant number of queries.
    """
    year = _read(cycle, side, today)
    whole = _group(year, None, _("all forms"), _by_person(year.parts, year.taken))
    if len(year.forms) < 2:
        return [whole]
    persons = {part: person for part, person, _form in year.parts}
    forms = []
    for form, name in year.forms.items():
        own = {part: year.taken.get(part, _Taken()) for part, _person, of in year.parts if of == form}
        forms.append((form, name, own))
    shown = {
        parameter.pk: shown_groups(
            {form: {persons[part] for part in own if _is_pair(own[part], parameter.pk)} for form, _name, own in forms},
            {person for person, taken in _by_person(year.parts, year.taken).items() if _is_pair(taken, parameter.pk)},
        )
        for parameter in year.parameters
    }
    return [whole, *(_group(year, form, name, own, shown) for form, name, own in forms)]


def _read(cycle: Cycle, side: str, today: date) -> _Year:
    rows = Enrolment.objects.filter(cycle=cycle, side=side).exclude(state=EnrolmentState.REFUSED).cleared(today)
    parts = list(rows.order_by("pk").values_list("pk", "person_id", "form_id", "form__name"))
    figures = Measurement.objects.filter(enrolment__in=rows, parameter__is_used=True).order_by()
    taken: dict[int, _Taken] = defaultdict(_Taken)
    for part, parameter, wave, value in figures.values_list("enrolment_id", "parameter_id", "wave", "value"):
        own = taken[part].entry if wave == MeasurementWave.ENTRY else taken[part].exit
        own[parameter] = value
    school = cycle.programme.school_id
    return _Year(
        parameters=list(Parameter.objects.filter(school_id=school, side=side, is_used=True)),
        comparisons={row.parameter_id: row for row in ComparisonGroup.objects.filter(cycle=cycle)},
        forms={form: name for _part, _person, form, name in sorted(parts, key=lambda part: part[3])},
        parts=[(part, person, form) for part, person, form, _name in parts],
        taken=dict(taken),
    )


def _by_person(parts: Iterable[tuple[int, int, int]], taken: Mapping[int, _Taken]) -> dict[int, _Taken]:
    """Each person once: of several parts that whose figures make a pair, else the first that has one."""
    found: dict[int, _Taken] = {}
    for part, person, _form in parts:
        whole, own = found.setdefault(person, _Taken()), taken.get(part, _Taken())
        for parameter in {**own.entry, **own.exit}:
            if not _is_pair(whole, parameter) and (_is_pair(own, parameter) or not _is_in(whole, parameter)):
                _put(whole, own, parameter)
    return found


def _put(whole: _Taken, own: _Taken, parameter: int) -> None:
    for into, source in ((whole.entry, own.entry), (whole.exit, own.exit)):
        into.pop(parameter, None)
        if parameter in source:
            into[parameter] = source[parameter]


def _is_pair(taken: _Taken, parameter: int) -> bool:
    return parameter in taken.entry and parameter in taken.exit


def _is_in(taken: _Taken, parameter: int) -> bool:
    return parameter in taken.entry or parameter in taken.exit


def _group(
    year: _Year,
    form: int | None,
    name: str,
    taken: Mapping[int, _Taken],
    shown: Mapping[int, set[int]] | None = None,
) -> ChangesOf:
    measured = [one for one in year.parameters if any(_is_in(own, one.pk) for own in taken.values())]
    lines = [
        _line(one, figures_of(list(taken.values()), one.pk), year.comparisons.get(one.pk))
        if shown is None or form in shown[one.pk]
        else _hidden(one, figures_of(list(taken.values()), one.pk))
        for one in measured
    ]
    return ChangesOf(form, name, len(taken), tuple(lines), len(year.parameters) - len(measured))


def figures_of(taken: Sequence[_Taken], parameter: int) -> Figures:
    """Those of one parameter: measured twice, at the entry alone, at the exit alone."""
    return Figures(
        pairs=[(one.entry[parameter], one.exit[parameter]) for one in taken if _is_pair(one, parameter)],
        only_before=[one.entry[parameter] for one in taken if parameter in one.entry and parameter not in one.exit],
        people=len(taken),
    )


def _line(parameter: Parameter, figures: Figures, row: ComparisonGroup | None) -> ParameterChange:
    compared = compared_of(row) if row else None
    change = change_of(figures, compared.group if compared else None)
    return ParameterChange(
        parameter=parameter,
        change=change,
        comparison=row,
        sentences=tuple(reading_of(change, parameter.direction, compared)),
        warnings=tuple(warnings_of(change)),
    )


def _hidden(parameter: Parameter, figures: Figures) -> ParameterChange:
    change = change_of(figures, None)
    if change.paired is None:
        return ParameterChange(parameter, change, None, tuple(reading_of(change, parameter.direction, None)), ())
    words = _("Not shown: beside the figures of all forms it would tell of fewer than five people of another form.")
    return ParameterChange(parameter, None, None, (words,), ())


def compared_of(row: ComparisonGroup) -> Compared:
    """The changes of those who take no part, as the statistics take them."""
    return Compared(row.words, Group(row.size, float(row.mean_change), float(row.deviation)))
