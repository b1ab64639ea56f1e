"""The areas of help with how many ask for each and how many can help in it."""

from __future__ import annotations

from django.db.models import Count, Q

from participants.models import TAKING_PART, Area, Side
from participants.models.area import AreaQuerySet
from roadmap.models import Cycle


def area_lines(areas: AreaQuerySet, cycle: Cycle | None) -> list[Area]:
    """The areas in order, with `mentees` who ask for help in it this year and `mentors` who can give it."""
    now = Q(enrolments__cycle=cycle, enrolments__state__in=TAKING_PART)
    counted = areas.annotate(
        mentees=Count("enrolments", filter=now & Q(enrolments__side=Side.MENTEE)),
        mentors=Count("enrolments", filter=now & Q(enrolments__side=Side.MENTOR)),
    )
    return list(counted.order_by("place", "pk"))
