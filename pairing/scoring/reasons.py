"""Why two people score as they do, and what speaks against pairing them, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairing.hours import hours_in_words
from pairing.rules import LIFTABLE, Rule, mismatch, refusals_of
from pairing.scoring.phrases import wished_years, years
from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.reason import Reason, Tone
from pairing.scoring.sentences import IN_WORDS
from pairing.scoring.table import Table
from pairing.scoring.weights import PARTS


@dataclass(frozen=True, slots=True)
class Objection:
    """A hard rule that a pair goes against, in a sentence; one that is liftable yields to a written reason."""

    rule: Rule
    words: str

    @property
    def is_liftable(self) -> bool:
        return self.rule in LIFTABLE


def reasons_for(table: Table, mentee: int, mentor: int) -> list[Reason]:
    """What makes the score of this pair, by row and column: most points first. The points make the score together.

    A part without weight is not spoken of, nor one of which there is nothing to say.
    """
    found = [
        reason
        for part in PARTS
        if table.most[part]
        for reason in IN_WORDS[part](table, mentee, mentor, int(table.parts[part][mentee, mentor]))
    ]
    return sorted(found, key=lambda reason: (-reason.points, reason.tone is not Tone.FOR))


def objections(table: Table, mentee: int, mentor: int) -> list[Objection]:
    """Every hard rule this pair goes against, by row and column; none where it may be."""
    one, other = table.mentees[mentee], table.mentors[mentor]
    general = {refusal.rule: refusal.words for refusal in mismatch(other.party, one.party)}
    for side in (other, one):
        for refusal in refusals_of(side.party):
            said = {"name": side.name, "why": refusal.words}
            sentence = _("%(name)s: %(why)s.") % said
            general[refusal.rule] = " ".join(filter(None, (general.get(refusal.rule, ""), sentence)))
    gap = table.rules.least_age_gap or 0
    return [
        Objection(rule, general[rule] if rule in general else _AGAINST[rule](one, other, gap))
        for rule in table.broken_rules(mentee, mentor)
    ]


def _status(mentee: MenteeProfile, mentor: MentorProfile, gap: int) -> str:
    return _("%(name)s has not passed the interview and the training yet.") % {"name": mentor.name}


def _age(mentee: MenteeProfile, mentor: MentorProfile, gap: int) -> str:
    said = {"age": years(mentee.age or 0), "wish": wished_years(mentor)}
    return _("Age of the mentee: %(age)s; the mentor asked for %(wish)s.") % said


def _age_gap(mentee: MenteeProfile, mentor: MentorProfile, gap: int) -> str:
    older = (mentor.age or 0) - (mentee.age or 0)
    if not gap:
        return _("The mentor is younger than the mentee.")
    if older < 1:
        said = {"gap": years(gap)}
        return _("The mentor is not older than the mentee; the difference has to be %(gap)s at least.") % said
    words = ngettext(
        "The mentor is older by %(older)s year, which has to be %(gap)s at least.",
        "The mentor is older by %(older)s years, which has to be %(gap)s at least.",
        older,
    )
    return words % {"older": older, "gap": gap}


def _hours(mentee: MenteeProfile, mentor: MentorProfile, gap: int) -> str:
    said = {"mentee": hours_in_words(mentee.hours), "mentor": hours_in_words(mentor.hours)}
    return _("No free hour in common: the mentee has %(mentee)s, the mentor %(mentor)s.") % said


_AGAINST: dict[Rule, Callable[[MenteeProfile, MentorProfile, int], str]] = {
    Rule.RELATIVE: lambda *_sides: _("The mentor is of the mentee's family."),
    Rule.STATUS: _status,
    Rule.ROLE_MODEL: lambda *_sides: _("The mentor and the mentee have different role models."),
    Rule.AGE: _age,
    Rule.AGE_GAP: _age_gap,
    Rule.HOURS: _hours,
    Rule.CLASS_TEACHER: lambda *_sides: _("The mentor is the mentee's class teacher."),
    Rule.PAST: lambda *_sides: _("These two were paired before, and it was refused or ended early."),
}
