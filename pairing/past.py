"""Pairs of the same two people that were refused, or ended before their time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from pairing.models import AgreementState, Match, MatchState, MentorshipState, Place
from participants.models import Person

_LASTED = Q(mentorship__state=MentorshipState.FINISHED, left_on__gte=F("mentorship__ended_on"))
_REFUSED = ~Q(decision_note="") | Q(agreements__state=AgreementState.DECLINED)


def read_past(mentees: Iterable[Person], mentors: Iterable[Person]) -> dict[int, set[int]]:
    """By the mentee's person, the persons of mentors with whom it was so, in whatever year and form; two queries.

    Refused is a pair that an administrator returned or a side did not agree to, and that was then dropped.
    """
    found: dict[int, set[int]] = defaultdict(set)
    pupils, others = [row.pk for row in mentees], [row.pk for row in mentors]
    refused = Match.objects.filter(
        _REFUSED, state=MatchState.DROPPED, mentee__person__in=pupils, mentor__person__in=others
    )
    left = Place.objects.filter(
        left_on__isnull=False, mentee__person__in=pupils, mentorship__mentor__person__in=others
    ).exclude(_LASTED)
    for mentee, mentor in refused.order_by().values_list("mentee__person", "mentor__person"):
        found[mentee].add(mentor)
    for mentee, mentor in left.order_by().values_list("mentee__person", "mentorship__mentor__person"):
        found[mentee].add(mentor)
    return found
