"""Who stands or stood with whom, for the registers below."""

from __future__ import annotations

from collections.abc import Collection

from pairing.models import Place


def pairs_by_part(enrolments: Collection[int]) -> dict[int, list[int]]:
    """By the key of a mentor's or a mentee's part, those on the other side, in the order in which they joined."""
    found: dict[int, list[int]] = {}
    places = Place.objects.order_by("joined_on", "pk").values_list("mentorship__mentor", "mentee")
    for mentor, mentee in places.filter(mentorship__mentor__in=enrolments):
        found.setdefault(mentor, []).append(mentee)
    for mentor, mentee in places.filter(mentee__in=enrolments):
        found.setdefault(mentee, []).append(mentor)
    return found
