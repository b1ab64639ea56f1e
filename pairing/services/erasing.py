"""What pairs and meetings say of a person, made to tell nothing; who was paired with whom and when stays for the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, Q

from core.actors import Actor
from pairing.models import (
    Agreement,
    Guest,
    Match,
    Meeting,
    Mentorship,
    PairNote,
    ScenarioBan,
    ScenarioPair,
    Seat,
    Submission,
)
from participants.papers import categories


def _of_two(parts: Sequence[int]) -> Q:
    return Q(mentor__in=parts) | Q(mentee__in=parts)


def _of_one(parts: Sequence[int]) -> Q:
    return Q(enrolment__in=parts)


_PROPOSALS: tuple[tuple[Any, Callable[[Sequence[int]], Q]], ...] = (
    (ScenarioPair, _of_two),
    (ScenarioBan, _of_two),
    (PairNote, _of_two),
    (Seat, _of_two),
    (Guest, _of_one),
    (Agreement, _of_one),
)
"""Rows that bind nobody, and how those of some parts are found."""


def erase_pairs(parts: Sequence[int], by: Actor) -> list[str]:
    """The words of every proposal and of every end of a pair that one of these parts stood in."""
    matches = Match.objects.filter(Q(mentor__in=parts) | Q(mentee__in=parts))
    bare: dict[str, Any] = {"note": "", "decision_note": "", "score": None, "reasons": [], "lifted": []}
    told = matches.exclude(**bare).update(**bare)
    sent = Submission.objects.filter(pk__in=matches.values("submission")).exclude(note="")
    told += sent.update(note="") + forget_scenarios(parts)
    pairs = Mentorship.objects.filter(Q(mentor__in=parts) | Q(places__mentee__in=parts))
    ended = Mentorship.objects.filter(pk__in=pairs.values("pk")).exclude(end_reason="").update(end_reason="")
    return [categories.MATCHES] * bool(told or ended)


def forget_scenarios(parts: Sequence[int]) -> int:
    """Take these parts out of every proposal that binds nobody and out of the group meetings; how many rows went."""
    gone = 0
    for model, is_of in _PROPOSALS:
        gone += model._default_manager.filter(is_of(parts)).delete()[0]
    return gone


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
