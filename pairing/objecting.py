"""The hard rules for pairs that are put together by hand: the same that bind the machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pairing.profiles import profiles_of
from pairing.scenes.bench import form_rules
from pairing.scoring.reasons import Objection, objections
from pairing.scoring.table import score_table
from participants.models import Enrolment


def objections_to(mentee: Enrolment, mentors: Iterable[Enrolment], today: date) -> dict[int, list[Objection]]:
    """What speaks against each of these mentors for this mentee, by the key of the mentor's part.

    In a fixed number of queries. One of another form is measured by the rules of the mentee's.
    """
    _weights, rules, _stored = form_rules(mentee.form)
    (one,), others = profiles_of([mentee.pk, *(mentor.pk for mentor in mentors)], today)
    table = score_table([one], others, rules=rules)
    return {other.key: objections(table, 0, column) for column, other in enumerate(others)}
