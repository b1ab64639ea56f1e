"""A pair that is put together by hand: the hard rules and the score are those of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pairing.profiles import choices_by_part, profiles_of
from pairing.scenes.bench import form_rules
from pairing.scoring.reason import Reason
from pairing.scoring.reasons import Objection, objections, reasons_for
from pairing.scoring.table import Table, score_table
from participants.models import Enrolment


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mentor as one for a certain mentee: points, what makes them, and what speaks against the pair."""

    score: int
    reasons: tuple[Reason, ...]
    objections: tuple[Objection, ...]


def weigh_mentors(mentee: Enrolment, mentors: Iterable[Enrolment], today: date) -> dict[int, Weighed]:
    """Each of these mentors for this mentee, by the key of the mentor's part; in a fixed number of queries."""
    table = _table(mentee, mentors, today, choices_by_part(mentee.cycle, today))
    return {
        mentor.key: Weighed(
            int(table.total[0, column]),
            tuple(reasons_for(table, 0, column)),
            tuple(objections(table, 0, column)),
        )
        for column, mentor in enumerate(table.mentors)
    }


def objections_to(mentee: Enrolment, mentor: Enrolment, today: date) -> list[Objection]:
    """What speaks against this pair."""
    return objections(_table(mentee, [mentor], today, {}), 0, 0)


def _table(mentee: Enrolment, mentors: Iterable[Enrolment], today: date, chosen: dict[int, dict[int, int]]) -> Table:
    """One of another form is measured by the rules of the mentee's."""
    weights, rules, _stored = form_rules(mentee.form)
    (one,), others = profiles_of([mentee.pk, *(mentor.pk for mentor in mentors)], today, chosen)
    return score_table([one], others, weights, rules)
