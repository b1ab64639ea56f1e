"""Whom to look for: mentors who are not there yet, and how many mentees each of them would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pairing.matching import Gain, Instance, Solution, gain_of_mentor, solve
from pairing.rules import Party
from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.subjects import in_area, on_days
from pairing.scoring.table import Table, score_table
from participants.register.hours import FIRST_HOUR, LAST_HOUR, WEEKDAYS, spans_of

BADLY_SERVED = 40
"""Points below which a pair is made for want of a better one."""
MOST_ASKED = 24
"""So many sorts of mentors are tried, those that most ask for."""
MOST_WORDS = 7
"""Up to here a number of people is said in a word."""

Area = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sort of mentor to look for: the area, None where any will do, and the day of the week, None for any.

    `helped` are the rows of the mentees who would have a mentor, or a better one; `served` is how many more have one.
    """

    area: str | None
    weekday: int | None
    served: int
    total: int
    helped: tuple[int, ...]

    @property
    def words(self) -> str:
        """«Наставник по математике, свободный во вторник, поможет пятерым, из них двоим даст пару»"""
        said = {"who": self._who(), "whom": _whom(len(self.helped)), "served": _whom(self.served)}
        if not self.served:
            return _("%(who)s would help %(whom)s") % said
        if self.served == len(self.helped):
            return _("%(who)s would give a pair to %(served)s more") % said
        return _("%(who)s would help %(whom)s, of whom %(served)s would have a mentor at last") % said

    def _who(self) -> str:
        said = {"area": in_area(self.area or ""), "when": on_days([self.weekday] if self.weekday else [])}
        if self.area and self.weekday:
            return _("A mentor %(area)s who is free %(when)s") % said
        if self.area:
            return _("A mentor %(area)s") % said
        if self.weekday:
            return _("A mentor who is free %(when)s") % said
        return _("One more mentor")


def wanted_mentors(table: Table, instance: Instance, solution: Solution, most: int = 5) -> list[Wanted]:
    """The mentors who would help most, first who brings most mentees a mentor, then who raises the total most.

    Of each area the day that helps most. `instance` and `solution` are of this table, by its rows and columns; what
    a better solution of the same people would do is not put down to the mentor.
    """
    best_now = solve(instance, solution.aim, solution.filling)
    asked = _asked(table, best_now)
    if not asked:
        return []
    places = mode(row.party.places for row in table.mentors) if table.mentors else 1
    mentors = [_imagined(number, area, weekday, places, table) for number, (area, weekday) in enumerate(asked)]
    columns = score_table(table.mentees, mentors, table.weights, table.rules).scores()
    best: dict[str | None, Wanted] = {}
    for number, (area, weekday) in enumerate(asked):
        gain = gain_of_mentor(instance, best_now, columns[:, number], places)
        found = _wanted(area, weekday, gain)
        if found.helped and (found.area not in best or _worth(found) < _worth(best[found.area])):
            best[found.area] = found
    return sorted(best.values(), key=_worth)[:most]


def _asked(table: Table, solution: Solution) -> list[tuple[Area | None, int | None]]:
    """Areas and days, each with each, of the mentees who have no mentor or a bad one; those most ask for, first."""
    paired = dict(solution.pairs)
    found: Counter[tuple[Area | None, int | None]] = Counter()
    for row, mentee in enumerate(table.mentees):
        if row in paired and table.total[row, paired[row]] >= BADLY_SERVED:
            continue
        found.update((area, day) for area in _areas(mentee) for day in _days(mentee))
    by_number = sorted(found.items(), key=lambda item: (-item[1], item[0][0] or (0, ""), item[0][1] or 0))
    return [what for what, _number in by_number[:MOST_ASKED]]


def _areas(mentee: MenteeProfile) -> Sequence[Area | None]:
    return [*mentee.areas.items()] or [None]


def _days(mentee: MenteeProfile) -> Iterable[int | None]:
    return [*spans_of(mentee.hours)] or [None]


def _imagined(number: int, area: Area | None, weekday: int | None, places: int, table: Table) -> MentorProfile:
    """Someone who knows of the area, is free that whole day and can begin tomorrow."""
    days = WEEKDAYS if weekday is None else [weekday]
    party = table.mentees[0].party
    return MentorProfile(
        key=-1 - number,
        party=Party(
            person=-1 - number,
            name="",
            cycle=party.cycle,
            form=party.form,
            is_mentor=True,
            is_enrolled=True,
            is_paused=False,
            is_refused=False,
            has_processing_consent=True,
            has_labour_consent=True,
            is_filled=True,
            places=places,
            proposed=0,
            standing=0,
        ),
        first_name="",
        areas=dict([area] if area else []),
        competences=area[1] if area else "",
        hours=frozenset(day * 100 + hour for day in days for hour in range(FIRST_HOUR, LAST_HOUR)),
    )


def _wanted(area: Area | None, weekday: int | None, gain: Gain) -> Wanted:
    return Wanted(area[1] if area else None, weekday, gain.served, round(gain.total), gain.mentees)


def _worth(wanted: Wanted) -> tuple[int, int, str, int]:
    """The most worthwhile first."""
    return -wanted.served, -wanted.total, wanted.area or "", wanted.weekday or 0


def _whom(number: int) -> str:
    """«пятерым»"""
    words = (
        pgettext("help", "one"),
        pgettext("help", "two"),
        pgettext("help", "three"),
        pgettext("help", "four"),
        pgettext("help", "five"),
        pgettext("help", "six"),
        pgettext("help", "seven"),
    )
    if 0 < number <= MOST_WORDS:
        return words[number - 1]
    return ngettext("help %(number)s mentee", "help %(number)s mentees", number) % {"number": number}
