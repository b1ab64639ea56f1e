"""What a mentee without a pair lacks, in words, told from the rules that shut the mentors out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairing.rules import Rule, refusals_of
from pairing.scoring.counting import Mask, arrays
from pairing.scoring.subjects import in_areas, on_days
from pairing.scoring.table import Table
from participants.register.hours import spans_of

MOST_NAMES = 3
OF_MENTOR_FIRST = (
    Rule.SELF,
    Rule.FORM,
    Rule.RELATIVE,
    Rule.PRESENT,
    Rule.CONSENT,
    Rule.FILLED,
    Rule.PLACE,
    Rule.STATUS,
    Rule.CLASS_TEACHER,
    Rule.PAST,
    Rule.ROLE_MODEL,
    Rule.AGE_GAP,
    Rule.AGE,
    Rule.HOURS,
    Rule.TAKEN,
)
"""Each mentor is counted under the first of these that shuts him out."""


@dataclass(frozen=True, slots=True)
class Lack:
    """`words` is a sentence without a full stop; `shut_out` says how many mentors each rule keeps from the mentee."""

    words: str
    shut_out: Mapping[Rule, int]


def lack_of(table: Table, mentee: int) -> Lack:
    """Why this mentee, by row, was left without a mentor."""
    shut_out = _shut_out(table, mentee)
    return Lack(_of_himself(table, mentee) or _of_mentors(table, mentee, shut_out), shut_out)


def is_apt(table: Table, mentee: int) -> Mask:
    """The mentors who know of what the mentee needs: by areas where he has chosen any, else by words; all of them
    where it is not known what he needs.
    """
    if table.mentees[mentee].areas:
        return table.meetings.areas[mentee] > 0
    if table.meetings.asked[mentee]:
        return table.meetings.words[mentee] > 0
    return arrays().ones(len(table.mentors), dtype=bool)


def _of_himself(table: Table, mentee: int) -> str:
    """What has to be put right with the mentee before anybody is looked for."""
    words = "; ".join(refusal.words for refusal in refusals_of(table.mentees[mentee].party))
    return words[:1].upper() + words[1:]


def _of_mentors(table: Table, i: int, shut_out: Mapping[Rule, int]) -> str:
    if not table.mentors:
        return _("There are no mentors in this form yet")
    allowed = ~table.is_forbidden()[i]
    if allowed.any():
        return _no_place_left(table, i, allowed)
    if Rule.HOURS in shut_out:
        return _not_free(table, i)
    counts = sorted(shut_out.items(), key=lambda item: (-item[1], OF_MENTOR_FIRST.index(item[0])))
    said = ", ".join(f"{_briefly(rule)} – {number}" for rule, number in counts)
    return _("None of the mentors will do: %(why)s") % {"why": said}


def _no_place_left(table: Table, i: int, allowed: Mask) -> str:
    columns = sorted(allowed.nonzero()[0].tolist(), key=lambda j: (-table.total[i, j], table.mentors[j].key))
    names = ", ".join(table.mentors[j].name for j in columns[:MOST_NAMES])
    more = len(columns) - MOST_NAMES
    if more < 1:
        return _("Those who would do have no place left: %(names)s") % {"names": names}
    words = ngettext(
        "Those who would do have no place left: %(names)s and %(more)s more",
        "Those who would do have no place left: %(names)s and %(more)s more",
        more,
    )
    return words % {"names": names, "more": more}


def _not_free(table: Table, i: int) -> str:
    """«Нет наставника по химии, свободного во вторник»: the hours alone keep some away."""
    mentee = table.mentees[i]
    said = {"when": on_days(spans_of(mentee.hours))}
    if mentee.areas:
        said["area"] = in_areas([*mentee.areas.values()])
        return _("No mentor %(area)s is free %(when)s") % said
    return _("No mentor is free %(when)s") % said


def _shut_out(table: Table, i: int) -> dict[Rule, int]:
    found: Counter[Rule] = Counter()
    counted = arrays().zeros(len(table.mentors), dtype=bool)
    for rule in OF_MENTOR_FIRST:
        new = table.forbidden[rule][i] & ~counted
        found[rule] += int(new.sum())
        counted |= new
    return dict(+found)


def _briefly(rule: Rule) -> str:
    return {
        Rule.SELF: _("the mentee's own self"),
        Rule.FORM: _("another form of mentoring"),
        Rule.RELATIVE: _("of one family"),
        Rule.PRESENT: _("on a pause"),
        Rule.CONSENT: _("no consent in force"),
        Rule.FILLED: _("number of places not given"),
        Rule.PLACE: _("no place left"),
        Rule.STATUS: _("not yet interviewed and trained"),
        Rule.CLASS_TEACHER: _("class teacher of the mentee"),
        Rule.PAST: _("refused or ended early before"),
        Rule.ROLE_MODEL: _("another role model"),
        Rule.AGE_GAP: _("too close in age"),
        Rule.AGE: _("asked for another age"),
        Rule.HOURS: _("no hours in common"),
        Rule.TAKEN: _("the mentee has a mentor"),
    }[rule]
