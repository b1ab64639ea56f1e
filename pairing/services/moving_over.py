"""Pairs of a person who was entered twice: they go over to the part that stays, or keep the two from being one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pairing.models import (
    OPEN_MATCHES,
    Agreement,
    Guest,
    Match,
    Mentorship,
    MentorshipState,
    PairNote,
    Place,
    ScenarioBan,
    ScenarioPair,
    Seat,
)
from participants.models import Enrolment
from participants.moving_over import Merging

_PROPOSALS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (ScenarioPair, "mentor", ()),
    (ScenarioPair, "mentee", ("scenario",)),
    (ScenarioBan, "mentor", ("scenario", "mentee")),
    (ScenarioBan, "mentee", ("scenario", "mentor")),
    (PairNote, "mentor", ("mentee",)),
    (PairNote, "mentee", ("mentor",)),
    (Guest, "enrolment", ("gathering",)),
    (Agreement, "enrolment", ("match",)),
    (Seat, "mentor", ("gathering", "mentee")),
    (Seat, "mentee", ("gathering", "mentor")),
)
"""Rows that name a part, and the columns that with it stand once."""


def move_pairs(parts: Mapping[int, int]) -> None:
    """Point proposals, pairs and places from the parts that go to those that stay."""
    for gone, kept in parts.items():
        Match.objects.filter(mentor=gone).update(mentor=kept)
        Match.objects.filter(mentee=gone).update(mentee=kept)
        Mentorship.objects.filter(mentor=gone).update(mentor=kept)
        Place.objects.filter(mentee=gone).update(mentee=kept)
        _move_proposals(gone, kept)


def _move_proposals(gone: int, kept: int) -> None:
    """What binds nobody goes over too, but for what the part that stays has already."""
    for model, column, others in _PROPOSALS:
        rows = model._default_manager.filter(**{column: gone})
        if others:
            same = {column: kept} | {name: OuterRef(name) for name in others}
            rows.filter(Exists(model._default_manager.filter(**same))).delete()
        rows.update(**{column: kept})


def object_to_merging(merging: Merging) -> list[str]:
    """Nobody mentors himself, and nobody has two mentors, or two groups, in one form."""
    people = [merging.kept, merging.gone]
    words = []
    if Match.objects.filter(mentor__person__in=people, mentee__person__in=people).exists():
        words.append(_("They were proposed to each other as mentor and mentee, so they are two people."))
    if any(_is_paired(gone) and _is_paired(kept) for gone, kept in merging.parts):
        words.append(_("Both stand in a pair of the same form this year. End one of the two first."))
    return words


def _is_paired(part: Enrolment) -> bool:
    proposed = Match.objects.filter(Q(mentor=part) | Q(mentee=part), state__in=OPEN_MATCHES)
    mentors = Mentorship.objects.filter(mentor=part, state=MentorshipState.ACTIVE)
    return proposed.exists() or mentors.exists() or Place.objects.filter(mentee=part, left_on=None).exists()
