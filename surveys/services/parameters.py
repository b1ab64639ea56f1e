"""What a school measures: the standard set, its own, their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from surveys.models import ComparisonGroup, Measurement, Parameter
from surveys.statistics.standard import SOURCE, STANDARD_PARAMETERS, StandardParameter

MOST_PARAMETERS = 200
OWN = "own"
"""How the key of a parameter begins that a school added."""


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """Where a parameter stands in the list, and whether the school measures it."""

    pk: int
    place: int
    is_used: bool


def give_standard_parameters(school: School, by: Actor) -> int:
    """Give the school the standard parameters it lacks, at the end of its list; how many were lacking."""
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        missing = lacking_parameters(school)
        Parameter.objects.bulk_create(
            standard_row(school, one, place) for place, one in enumerate(missing, start=_next_place(school))
        )
        if missing:
            record_event(verb="give_parameters", school=school, detail={"count": len(missing)}, by=by)
    return len(missing)


def lacking_parameters(school: School) -> list[StandardParameter]:
    """The standard parameters that the school has neither by their key nor by their name."""
    rows = list(Parameter.objects.filter(school=school).values_list("key", "side", "name"))
    keys, names = {key for key, _side, _name in rows}, {(side, name) for _key, side, name in rows}
    return [one for one in STANDARD_PARAMETERS if one.key not in keys and (one.side, one.name) not in names]


def standard_row(school: School, one: StandardParameter, place: int) -> Parameter:
    """A standard parameter as a row that is not saved yet."""
    least, most = one.scale
    return Parameter(
        school=school,
        place=place,
        key=one.key,
        name=one.name,
        side=one.side,
        unit=one.unit,
        least=least,
        most=most,
        direction=one.direction,
        is_sensitive=one.is_sensitive,
        source=SOURCE,
    )


def save_parameter(
    *,
    school: School,
    parameter: Parameter | None,
    name: str,
    side: str,
    unit: str,
    least: Decimal | None,
    most: Decimal | None,
    direction: str,
    is_sensitive: bool,
    is_used: bool,
    source: str,
    by: Actor,
) -> Parameter:
    """Write a parameter, a new one for None at the end of the list.

    Raises DomainError for a name its side has already, and where the figures there are would not fit any more.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        row = Parameter.objects.get(pk=parameter.pk, school=school) if parameter else _new(school)
        _refuse_name(school, row, name, side)
        _refuse_scale(row, side, least, most)
        row.name, row.side, row.unit, row.least, row.most = name, side, unit, least, most
        row.direction, row.is_sensitive, row.is_used, row.source = direction, is_sensitive, is_used, source
        row.save()
        record_event(verb="save", thing=row, school=school, by=by)
    return row


def order_parameters(*, school: School, lines: Sequence[ParameterLine], by: Actor) -> None:
    """Put the parameters in the order of their places, and into use or out of it."""
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        said = {line.pk: line for line in lines}
        rows = list(Parameter.objects.filter(school=school))
        rows.sort(key=lambda row: (said[row.pk].place if row.pk in said else MOST_PARAMETERS + row.place, row.place))
        for place, row in enumerate(rows, start=1):
            row.place = place
            row.is_used = said[row.pk].is_used if row.pk in said else row.is_used
        Parameter.objects.bulk_update(rows, ("place", "is_used"))
        record_event(verb="save_parameters", school=school, detail={"count": len(said)}, by=by)


def _new(school: School) -> Parameter:
    keys = set(Parameter.objects.filter(school=school).values_list("key", flat=True))
    if len(keys) >= MOST_PARAMETERS:
        raise DomainError(_("A school has at most %(most)s parameters.") % {"most": MOST_PARAMETERS})
    number = next(number for number in range(1, MOST_PARAMETERS + 1) if f"{OWN}{number}" not in keys)
    return Parameter(school=school, key=f"{OWN}{number}", place=_next_place(school))


def _next_place(school: School) -> int:
    return (Parameter.objects.filter(school=school).aggregate(last=Max("place"))["last"] or 0) + 1


def _refuse_name(school: School, row: Parameter, name: str, side: str) -> None:
    others = Parameter.objects.filter(school=school, side=side).exclude(pk=row.pk)
    if any(other.casefold() == name.casefold() for other in others.values_list("name", flat=True)):
        raise DomainError(_("There is a parameter «%(name)s» of this side already.") % {"name": name})


def _refuse_scale(row: Parameter, side: str, least: Decimal | None, most: Decimal | None) -> None:
    figures = Measurement.objects.filter(parameter=row.pk)
    compared = ComparisonGroup.objects.filter(parameter=row.pk)
    if row.side and side != row.side and (figures.exists() or compared.exists()):
        raise DomainError(_("There are figures of this parameter, so it stays with its side. Add another one instead."))
    beyond = Q()
    if least is not None:
        beyond |= Q(value__lt=least)
    if most is not None:
        beyond |= Q(value__gt=most)
    if beyond and figures.filter(beyond).exists():
        raise DomainError(_("There are figures beyond this scale. Mend them first, or add another parameter."))
