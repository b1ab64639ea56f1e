"""What pairs and meetings hold on a person, told to himself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

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
)
from participants.holding import Fate, Held, columns_of, line
from participants.models import Person


def read_pairs(person: Person) -> Iterator[Held]:
    """Who was proposed to whom, and the pairs that were at work."""
    sides = ("mentor__person", "mentee__person")
    matches = Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person)).select_related(*sides)
    figures = _("Who was with whom and when counts in the figures of the school; the person is named by a pseudonym.")
    yield Held(
        _("Proposed pairs"),
        tuple(
            line(
                (_("The mentor in it"), row.mentor.person.short_name),
                (_("The mentee in it"), row.mentee.person.short_name),
                *columns_of(row, ("state", "note", "decision_note")),
            )
            for row in matches
        ),
        Fate.BARE,
        figures,
    )
    pairs = Mentorship.objects.filter(Q(mentor__person=person) | Q(places__mentee__person=person)).distinct()
    told = ("state", "ground", "starts_on", "ends_on", "ended_on", "end_reason")
    yield Held(
        _("Pairs and groups"),
        tuple(
            line((_("The mentor in it"), row.mentor.person.short_name), *columns_of(row, told))
            for row in pairs.select_related("mentor__person")
        ),
        Fate.BARE,
        figures,
    )


def read_proposals(person: Person) -> Iterator[Held]:
    """What was worked out and said of him before anything was decided; it goes with him."""
    both = Q(mentor__person=person) | Q(mentee__person=person)
    sides = ("mentor__person", "mentee__person")
    told: list[tuple[Any, str, tuple[str, ...], tuple[Any, ...]]] = [
        (Agreement, _("Whether he agreed to a proposed pair"), ("state", "note", "answered_at"), ()),
        (PairNote, _("What the curator wrote for or against a pair"), ("is_for", "text"), sides),
        (ScenarioPair, _("Pairs of computed proposals"), ("score", "reason"), sides),
        (ScenarioBan, _("Pairs kept apart in computed proposals"), (), sides),
        (Guest, _("Group meetings he was asked to"), ("has_come",), ()),
        (Seat, _("Short talks at group meetings"), ("round",), sides),
    ]
    for model, title, columns, names in told:
        rows = model.objects.filter(both) if names else model.objects.filter(enrolment__person=person)
        lines = tuple(line(*_names(row, names), *columns_of(row, columns)) for row in rows.select_related(*names))
        yield Held(title, lines, Fate.GOES)


def _names(row: Any, names: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    if not names:
        return []
    return [
        (_("The mentor in it"), row.mentor.person.short_name),
        (_("The mentee in it"), row.mentee.person.short_name),
    ]


def read_meetings(person: Person) -> Iterator[Held]:
    """The meetings he was at, in the words that were recorded."""
    zone = person.school.zone
    rows = Meeting.objects.filter(Q(mentorship__mentor__person=person) | Q(attended__mentee__person=person)).distinct()
    yield Held(
        _("Meetings he was at"),
        tuple(
            line(
                (_("When it was held"), row.held_at.astimezone(zone)), *columns_of(row, ("kind", "minutes", "summary"))
            )
            for row in rows
        ),
        Fate.BARE,
        _("When it was and how long counts in the figures of the school; the words go."),
    )
