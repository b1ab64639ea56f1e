"""What a mentee without a pair lacks, in words, told from the rules that shut the mentors out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pairing.rules import Rule, refusals_of
from pairing.scoring.counting import Mask, arrays
from pairing.scoring.phrases import listing, quotation
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
    if (able := allowed & is_apt(table, i)).any():
        return _no_place_left(table, i, able)
    if allowed.any() or Rule.HOURS in shut_out:
        return _nobody_for(table, i, Rule.HOURS in shut_out)
    counts = sorted(shut_out.items(), key=lambda item: (-item[1], OF_MENTOR_FIRST.index(item[0])))
    said = ", ".join(f"{_briefly(rule)} – {number}" for rule, number in counts)
    return _("None of the mentors will do: %(why)s") % {"why": said}


def _no_place_left(table: Table, i: int, able: Mask) -> str:
    columns = sorted(able.nonzero()[0].tolist(), key=lambda j: (-table.total[i, j], table.mentors[j].key))
    names = [table.mentors[j].name for j in columns[:MOST_NAMES]]
    if len(columns) > MOST_NAMES:
        names.append(_("%(more)s more") % {"more": len(columns) - MOST_NAMES})
    return _("Those who would do have no place left: %(names)s") % {"names": listing(names)}


def _nobody_for(table: Table, i: int, is_of_hours: bool) -> str:
    """«Нет наставника по химии, свободного во вторник»: who knows of it has no time, or there is none."""
    mentee = table.mentees[i]
    wish = quotation((mentee.request, mentee.wanted_help), (), table.lexicon)
    said = {"area": in_areas([*mentee.areas.values()]), "when": on_days(spans_of(mentee.hours)), "wish": wish}
    if mentee.areas:
        return (_("No mentor %(area)s is free %(when)s") if is_of_hours else _("There is no mentor %(area)s")) % said
    if is_of_hours:
        return _("No mentor is free %(when)s") % said
    return _("There is no mentor for the request “%(wish)s”") % said


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
