"""What pairs and meetings hold on a person, told to himself."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from pairing.models import Match, Meeting, Mentorship
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
