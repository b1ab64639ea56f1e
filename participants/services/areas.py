"""The areas of help of a school: the one list for requests of mentees and competences of mentors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import Area, Enrolment
from participants.register.standard import STANDARD_AREAS

MOST_AREAS = 100


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as the list is to have it; `pk` is None for a new one."""

    pk: int | None
    name: str
    is_used: bool


def give_standard_areas(school: School, by: Actor) -> int:
    """Give the school the standard areas it lacks, by their names, at the end of its list; how many were lacking."""
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        missing = lacking_areas(school)
        last = Area.objects.filter(school=school).aggregate(last=Max("place"))["last"] or 0
        Area.objects.bulk_create(
            Area(school=school, place=place, name=name) for place, name in enumerate(missing, start=last + 1)
        )
        if missing:
            record_event(verb="give_areas", school=school, detail={"count": len(missing)}, by=by)
    return len(missing)


def lacking_areas(school: School) -> list[str]:
    """The standard areas of which the school has none by that name."""
    names = set(Area.objects.filter(school=school).values_list("name", flat=True))
    return [name for name in STANDARD_AREAS if name not in names]


def save_areas(*, school: School, lines: Sequence[AreaLine], by: Actor) -> None:
    """Write the list anew in this order; an area that is left out stays after the others as it was.

    Raises DomainError for a name that stands twice, and for a list that is too long.
    """
    names = [" ".join(line.name.split()) for line in lines]
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        rows = {row.pk: row for row in Area.objects.filter(school=school)}
        left_out = [row for row in rows.values() if row.pk not in {line.pk for line in lines}]
        _refuse_names([*names, *(row.name for row in left_out)])
        written = []
        for line, name in zip(lines, names, strict=True):
            row = rows[line.pk] if line.pk in rows else Area(school=school)
            row.name, row.is_used = name, line.is_used
            written.append(row)
        _write(written, left_out)
        record_event(verb="save_areas", school=school, detail={"count": len(written)}, by=by)


def merge_areas(*, area: Area, into: Area, by: Actor) -> int:
    """Whoever has `area` has `into` from now on, and `area` is gone; how many parts of people it changed.

    Raises DomainError for an area merged with itself or with another school's.
    """
    if area.pk == into.pk or area.school_id != into.school_id:
        raise DomainError(_("Choose another area of the list to merge with."))
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=area.school_id)
        if Area.objects.filter(pk__in=(area.pk, into.pk)).count() < 2:
            raise DomainError(_("One of these areas is no longer in the list."))
        held = Enrolment.objects.filter(areas=area).exclude(areas=into)
        count = Enrolment.objects.filter(areas=area).count()
        into.enrolments.add(*held)
        record_event(verb="merge", thing=into, school=area.school, detail={"area": area.pk, "parts": count}, by=by)
        Area.objects.filter(pk=area.pk).delete()
    return count


def _refuse_names(names: Sequence[str]) -> None:
    if len(names) > MOST_AREAS:
        raise DomainError(_("A list has at most %(most)s areas: merge some.") % {"most": MOST_AREAS})
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise DomainError(_("The area «%(name)s» stands in the list twice.") % {"name": name})
        seen.add(name.casefold())


def _write(rows: Sequence[Area], left_out: Sequence[Area]) -> None:
    """Two names may have changed places, so the known rows let go of theirs first."""
    names = [row.name for row in rows]
    for row in rows:
        if row.pk:
            row.name = f"\u00a0{row.pk}"
            row.save()
    for place, (row, name) in enumerate(zip(rows, names, strict=True), start=1):
        row.name, row.place = name, place
        row.save()
    for place, row in enumerate(left_out, start=len(rows) + 1):
        row.place = place
        row.save()
