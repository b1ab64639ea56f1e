"""What pairs and meetings say of a person, made to tell nothing; who was paired with whom and when stays for the figures."""

from __future__ import annotations

from django.db.models import Q

from core.actors import Actor
from pairing.models import Match, Meeting, Mentorship
from participants.models import Person
from participants.papers import categories


def erase_pairs(person: Person, by: Actor) -> list[str]:
    """The words of every proposal and of every end of a pair he stood in."""
    matches = Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))
    told = matches.exclude(note="", decision_note="").update(note="", decision_note="")
    pairs = Mentorship.objects.filter(Q(mentor__person=person) | Q(places__mentee__person=person))
    ended = Mentorship.objects.filter(pk__in=pairs.values("pk")).exclude(end_reason="").update(end_reason="")
    return [categories.MATCHES] * bool(told or ended)


def erase_meetings(person: Person, by: Actor) -> list[str]:
    """The words of every meeting he was at; those of a group go too, for nobody can tell whom they are about."""
    rows = Meeting.objects.filter(Q(mentorship__mentor__person=person) | Q(attended__mentee__person=person))
    keys = list(rows.exclude(summary="").values_list("pk", flat=True).distinct())
    Meeting.objects.filter(pk__in=keys).update(summary="")
    return [categories.MEETINGS] * bool(keys)
