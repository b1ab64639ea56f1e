"""What pairs and meetings say of a person, made to tell nothing; who was paired with whom and when stays for the figures."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from core.actors import Actor
from pairing.models import Match, Meeting, Mentorship
from participants.papers import categories


def erase_pairs(parts: Sequence[int], by: Actor) -> list[str]:
    """The words of every proposal and of every end of a pair that one of these parts stood in."""
    matches = Match.objects.filter(Q(mentor__in=parts) | Q(mentee__in=parts))
    told = matches.exclude(note="", decision_note="").update(note="", decision_note="")
    pairs = Mentorship.objects.filter(Q(mentor__in=parts) | Q(places__mentee__in=parts))
    ended = Mentorship.objects.filter(pk__in=pairs.values("pk")).exclude(end_reason="").update(end_reason="")
    return [categories.MATCHES] * bool(told or ended)


def erase_meetings(parts: Sequence[int], by: Actor) -> list[str]:
    """The words of every meeting of a pair or group while one of these parts stood in it, come or not: nobody can tell
    whom they are about.
    """
    since = Q(mentorship__places__mentee__in=parts, held_at__date__gte=F("mentorship__places__joined_on"))
    until = Q(mentorship__places__left_on=None) | Q(held_at__date__lte=F("mentorship__places__left_on"))
    rows = Meeting.objects.filter(Q(mentorship__mentor__in=parts) | Q(attended__mentee__in=parts) | (since & until))
    keys = list(rows.exclude(summary="").values_list("pk", flat=True).distinct())
    Meeting.objects.filter(pk__in=keys).update(summary="")
    return [categories.MEETINGS] * bool(keys)
