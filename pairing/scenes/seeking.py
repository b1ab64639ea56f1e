"""Who can be paired at all, and what keeps the others out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from pairing.rules import Rule
from pairing.scenes.people import lacks
from pairing.scoring import Table
from pairing.scoring.counting import arrays
from pairing.scoring.profiles import Profile

OF_TWO = (
    Rule.ROLE_MODEL,
    Rule.AGE,
    Rule.AGE_GAP,
    Rule.HOURS,
    Rule.CLASS_TEACHER,
    Rule.RELATIVE,
    Rule.PAST,
)
"""The rules that part two who could each be paired with others."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps so many out, in words; `side` is who they are, empty where it is about two."""

    rule: str
    side: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """How many of each side can be paired now; `places` are those that the mentors have free."""

    mentees: int
    mentors: int
    places: int
    hindrances: tuple[Hindrance, ...]

    @property
    def can_pair(self) -> bool:
        return bool(self.mentees and self.places)


def readiness_of(table: Table) -> Readiness:
    """What can be made of those who take part and are not spoken for."""
    mentees = [row for row, side in enumerate(table.mentees) if not lacks(side) and side.party.free]
    mentors = [
        column
        for column, side in enumerate(table.mentors)
        if not lacks(side) and side.party.free and (side.is_ready or not table.rules.wants_ready)
    ]
    return Readiness(
        mentees=len(mentees),
        mentors=len(mentors),
        places=sum(table.mentors[column].party.free for column in mentors),
        hindrances=(
            *_of_side("mentee", table.mentees),
            *_of_side("mentor", table.mentors),
            *_untrained(table),
            *_between(table, mentees, mentors),
        ),
    )


def _of_side(side: str, people: Iterable[Profile]) -> list[Hindrance]:
    counted = Counter(rule for one in people for rule in {*lacks(one)})
    words = {
        ("mentee", Rule.PRESENT): lambda n: ngettext("%(n)s mentee pauses now", "%(n)s mentees pause now", n),
        ("mentor", Rule.PRESENT): lambda n: ngettext("%(n)s mentor pauses now", "%(n)s mentors pause now", n),
        ("mentee", Rule.CONSENT): lambda n: ngettext(
            "%(n)s mentee has no consent in force", "%(n)s mentees have no consent in force", n
        ),
        ("mentor", Rule.CONSENT): lambda n: ngettext(
            "%(n)s mentor has no consent in force", "%(n)s mentors have no consent in force", n
        ),
        ("mentee", Rule.FILLED): lambda n: ngettext(
            "%(n)s mentee has no request written down", "%(n)s mentees have no request written down", n
        ),
        ("mentor", Rule.FILLED): lambda n: ngettext(
            "%(n)s mentor has not said how many mentees he takes",
            "%(n)s mentors have not said how many mentees they take",
            n,
        ),
    }
    return [
        Hindrance(rule, side, number, words[side, rule](number) % {"n": number})
        for rule, number in sorted(counted.items())
    ]


def _untrained(table: Table) -> list[Hindrance]:
    number = sum(not lacks(side) and not side.is_ready for side in table.mentors) if table.rules.wants_ready else 0
    words = ngettext(
        "%(n)s mentor has not passed the interview and the training yet",
        "%(n)s mentors have not passed the interview and the training yet",
        number,
    )
    return [Hindrance(Rule.STATUS, "mentor", number, words % {"n": number})] if number else []


def _between(table: Table, rows: Sequence[int], columns: Sequence[int]) -> list[Hindrance]:
    """The rules by which mentees who could be paired are parted from every mentor who could."""
    if not rows or not columns:
        return []
    np = arrays()
    found = {rule: int(table.forbidden[rule][np.ix_(rows, columns)].all(axis=1).sum()) for rule in OF_TWO}
    return [Hindrance(rule, "", number, _parted(rule, number)) for rule, number in found.items() if number]


def _parted(rule: Rule, number: int) -> str:
    words = {
        Rule.ROLE_MODEL: lambda n: ngettext(
            "%(n)s mentee is of a role model that no mentor has",
            "%(n)s mentees are of a role model that no mentor has",
            n,
        ),
        Rule.AGE: lambda n: ngettext(
            "%(n)s mentee is of an age that no mentor wishes", "%(n)s mentees are of an age that no mentor wishes", n
        ),
        Rule.AGE_GAP: lambda n: ngettext(
            "%(n)s mentee has no mentor who is enough older", "%(n)s mentees have no mentor who is enough older", n
        ),
        Rule.HOURS: lambda n: ngettext(
            "%(n)s mentee has no free hour in common with any mentor",
            "%(n)s mentees have no free hour in common with any mentor",
            n,
        ),
        Rule.CLASS_TEACHER: lambda n: ngettext(
            "%(n)s mentee has only the own class teacher to choose from",
            "%(n)s mentees have only the own class teacher to choose from",
            n,
        ),
        Rule.RELATIVE: lambda n: ngettext(
            "%(n)s mentee has only relatives to choose from", "%(n)s mentees have only relatives to choose from", n
        ),
        Rule.PAST: lambda n: ngettext(
            "%(n)s mentee has been parted from every mentor before",
            "%(n)s mentees have been parted from every mentor before",
            n,
        ),
    }
    return words[rule](number) % {"n": number}
