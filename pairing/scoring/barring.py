"""Which pairs the hard rules shut out, for all pairs at once."""

from __future__ import annotations

from collections.abc import Sequence

from pairing.rules import FormRules, Rule, refusals_of
from pairing.scoring.counting import Counts, Mask, arrays, listed, numbers
from pairing.scoring.profiles import MenteeProfile, MentorProfile, Profile
from pairing.scoring.shares import wished_ages

ONE_SIDED = (Rule.PRESENT, Rule.CONSENT, Rule.FILLED, Rule.PLACE, Rule.TAKEN)


def barred_pairs(
    mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], common_hours: Counts, rules: FormRules
) -> dict[Rule, Mask]:
    """By rule, where it shuts a pair out: true or false (mentees x mentors). What is not known shuts out nobody."""
    np = arrays()
    persons = [row.person for row in mentors]
    found = {
        Rule.FORM: _other_form(mentees, mentors),
        Rule.SELF: numbers(row.person for row in mentees)[:, None] == numbers(persons),
        Rule.RELATIVE: listed([row.relatives for row in mentees], persons),
        Rule.STATUS: np.array([rules.wants_ready and not row.is_ready for row in mentors], dtype=bool),
        Rule.ROLE_MODEL: _both_known_and_differ(
            numbers(row.role_model for row in mentees)[:, None], numbers(row.role_model for row in mentors)
        ),
        Rule.AGE: (numbers(row.age for row in mentees)[:, None] >= 0) & ~wished_ages(mentees, mentors),
        Rule.AGE_GAP: _too_close(mentees, mentors, rules.least_age_gap),
        Rule.HOURS: _has_hours(mentees)[:, None] & _has_hours(mentors) & (common_hours == 0),
        Rule.CLASS_TEACHER: listed([row.class_teachers for row in mentees], persons) & rules.bars_class_teacher,
        Rule.PAST: listed([row.past for row in mentees], persons),
    }
    rows, columns = _refused(mentees), _refused(mentors)
    found |= {rule: rows[rule][:, None] | columns[rule] for rule in ONE_SIDED}
    size = (len(mentees), len(mentors))
    return {rule: np.broadcast_to(found[rule], size) for rule in Rule}


def _refused(side: Sequence[Profile]) -> dict[Rule, Mask]:
    broken = [{refusal.rule for refusal in refusals_of(row.party)} for row in side]
    return {rule: arrays().array([rule in rules for rules in broken], dtype=bool) for rule in ONE_SIDED}


def _other_form(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> Mask:
    known: dict[tuple[int, int], int] = {}
    here, there = (
        numbers(known.setdefault((row.party.cycle, row.party.form), len(known)) for row in side)
        for side in (mentees, mentors)
    )
    return here[:, None] != there


def _both_known_and_differ(rows: Counts, columns: Counts) -> Mask:
    return (rows >= 0) & (columns >= 0) & (rows != columns)


def _too_close(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], gap: int | None) -> Mask:
    younger, older = numbers(row.age for row in mentees)[:, None], numbers(row.age for row in mentors)
    return (younger >= 0) & (older >= 0) & (older - younger < (gap or 0)) & (gap is not None)


def _has_hours(side: Sequence[Profile]) -> Mask:
    return arrays().array([bool(row.hours) for row in side], dtype=bool)
