"""Figures written down by hand or from a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import Enrolment, EnrolmentState
from participants.models.enrolment import EnrolmentQuerySet
from participants.services.cycles import today_in
from roadmap.models import Cycle
from surveys.models import Measurement, Parameter
from surveys.statistics.figures import lies_within

Place = tuple[int, int, str]
"""Where a figure stands: the parameter, the enrolment, the wave."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure as it is to stand, None for none; `was` is what the person saw there before."""

    parameter: int
    enrolment: int
    wave: str
    value: Decimal | None
    was: Decimal | None

    @property
    def place(self) -> Place:
        return self.parameter, self.enrolment, self.wave


class ChangedMeanwhile(DomainError):
    """Somebody else wrote other figures into these places; `now` are those."""

    def __init__(self, now: dict[Place, Decimal | None]) -> None:
        self.now = now
        super().__init__(
            ngettext(
                "%(n)s figure was changed by somebody else meanwhile. Look at it and save once more.",
                "%(n)s figures were changed by somebody else meanwhile. Look at them and save once more.",
                len(now),
            )
            % {"n": len(now)}
        )


def people_to_measure(cycle: Cycle, side: str, today: date) -> EnrolmentQuerySet:
    """Those who take or took part on this side, whose consents are in force today."""
    rows = Enrolment.objects.filter(cycle=cycle, side=side).exclude(state=EnrolmentState.REFUSED).cleared(today)
    return rows.select_related("person", "form").order_by("person__sort_key", "pk")


def save_figures(*, cycle: Cycle, figures: Sequence[Typed], measured_on: date, source: str, by: Actor) -> int:
    """Write the figures that differ from what stands there; how many were written or taken away.

    Raises ChangedMeanwhile, and DomainError for a day to come, for someone whose consent is not in force and for a
    figure beyond its scale; nothing is written then.
    """
    school, today = cycle.programme.school, today_in(cycle.programme.school)
    if measured_on > today:
        raise DomainError(_("A figure cannot be of a day to come."))
    with transaction.atomic():
        people = {one.enrolment for one in figures}
        # The answers to a survey wait for the same rows.
        list(Enrolment.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values("pk"))
        parameters = {row.pk: row for row in Parameter.objects.filter(school=school, is_used=True)}
        _refuse(figures, parameters, cycle, today)
        rows = _rows(figures)
        changed = [one for one in figures if (rows[one.place].value if one.place in rows else None) != one.value]
        _refuse_changed(changed, rows)
        for one in changed:
            _write(one, rows.get(one.place), measured_on, source, by)
        for parameter, count in sorted(Counter(one.parameter for one in changed).items()):
            record_event(
                verb="measure", thing=parameters[parameter], school=school, detail={"count": count, "by": source}, by=by
            )
    return len(changed)


def _refuse(figures: Sequence[Typed], parameters: dict[int, Parameter], cycle: Cycle, today: date) -> None:
    sides = dict(
        Enrolment.objects.filter(pk__in={one.enrolment for one in figures}, cycle=cycle)
        .exclude(state=EnrolmentState.REFUSED)
        .cleared(today)
        .values_list("pk", "side")
    )
    for one in figures:
        parameter = parameters.get(one.parameter)
        if parameter is None:
            raise DomainError(_("The school does not measure this any more. Open the page once more."))
        if sides.get(one.enrolment) != parameter.side:
            raise DomainError(
                _("Somebody's consent has ended meanwhile. Open the page once more; nothing was written.")
            )
        if one.value is not None and not lies_within(one.value, parameter.least, parameter.most):
            raise DomainError(_("There are figures beyond the scale. Nothing was written."))


def _rows(figures: Sequence[Typed]) -> dict[Place, Measurement]:
    found = Measurement.objects.filter(
        enrolment__in={one.enrolment for one in figures}, parameter__in={one.parameter for one in figures}
    )
    return {(row.parameter_id, row.enrolment_id, row.wave): row for row in found}


def _refuse_changed(changed: Sequence[Typed], rows: dict[Place, Measurement]) -> None:
    now = {one.place: rows[one.place].value if one.place in rows else None for one in changed}
    meanwhile = {one.place: now[one.place] for one in changed if now[one.place] != one.was}
    if meanwhile:
        raise ChangedMeanwhile(meanwhile)


def _write(one: Typed, row: Measurement | None, measured_on: date, source: str, by: Actor) -> None:
    if one.value is None:
        assert row is not None  # what is taken away differed from what stands there
        row.delete()
        return
    row = row or Measurement(parameter_id=one.parameter, enrolment_id=one.enrolment, wave=one.wave)
    row.value, row.measured_on, row.source, row.response = one.value, measured_on, source, None
    row.entered_by, row.entered_at = by.user, timezone.now()
    row.save()
