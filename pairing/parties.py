"""The sides of matches as the rules see them, read from the rows in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from pairing.models import OPEN_MATCHES, Match, Place
from pairing.rules import Party
from participants.models import TAKING_PART, Consent, ConsentPurpose, Enrolment, EnrolmentState, Side
from participants.models.enrolment import NEEDS_LABOUR_CONSENT

Counts = dict[int, int]
_OWN_PURPOSE = {Side.MENTEE: ConsentPurpose.PROCESSING, Side.MENTOR: ConsentPurpose.MENTOR}


def read_parties(enrolments: Iterable[Enrolment], today: date) -> dict[int, Party]:
    """Each of these parts as a side of a match, by its key; `person` should have been read with them."""
    rows = {row.pk: row for row in enrolments}
    given = set(
        Consent.objects.in_force(today)
        .filter(person__in={row.person_id for row in rows.values()})
        .values_list("person", "purpose")
    )
    labour = set(Enrolment.objects.filter(NEEDS_LABOUR_CONSENT, pk__in=rows).values_list("pk", flat=True))
    proposed, standing = _proposed(rows), _standing(rows)
    return {
        key: Party(
            person=row.person_id,
            name=row.person.short_name,
            cycle=row.cycle_id,
            form=row.form_id,
            is_mentor=row.side == Side.MENTOR,
            is_enrolled=row.state in TAKING_PART,
            is_paused=row.state == EnrolmentState.PAUSED,
            is_refused=row.state == EnrolmentState.REFUSED,
            has_processing_consent=(row.person_id, _OWN_PURPOSE[Side(row.side)]) in given,
            has_labour_consent=key not in labour or (row.person_id, ConsentPurpose.LABOUR) in given,
            is_filled=row.capacity is not None if row.side == Side.MENTOR else bool(row.request),
            places=row.capacity or 0 if row.side == Side.MENTOR else 1,
            proposed=proposed.get(key, 0),
            standing=standing.get(key, 0),
        )
        for key, row in rows.items()
    }


def _proposed(keys: Iterable[int]) -> Counts:
    found = Match.objects.filter(state__in=OPEN_MATCHES).order_by()
    return _counted(found.filter(mentor__in=keys), "mentor") | _counted(found.filter(mentee__in=keys), "mentee")


def _standing(keys: Iterable[int]) -> Counts:
    found = Place.objects.filter(left_on=None).order_by()
    as_mentor = _counted(found.filter(mentorship__mentor__in=keys), "mentorship__mentor")
    return as_mentor | _counted(found.filter(mentee__in=keys), "mentee")


def _counted(rows: QuerySet[Any], column: str) -> Counts:
    return dict(rows.values_list(column).annotate(number=Count("pk")))
