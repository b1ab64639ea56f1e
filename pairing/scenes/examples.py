"""A pair of the school by which one sees what the weights do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairing.profiles import read_profiles
from pairing.rules import FormRules
from pairing.scenes.bench import form_rules
from pairing.scenes.people import Named, read_names
from pairing.scoring import DEFAULT_WEIGHTS, Reason, Table, Weights, reasons_for, score_table
from pairing.scoring.counting import arrays
from participants.models import MentoringForm
from roadmap.models import Cycle

MOST_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class Example:
    """Two who could be paired, and what makes their score."""

    mentee: Named
    mentor: Named
    score: int
    shares: Sequence[Reason]


def example_of(form: MentoringForm, cycle: Cycle, weights: Weights, number: int, today: date) -> Example | None:
    """One of the pairs of which most is to be said, the same for the same number; None where nobody can be paired."""
    rules: FormRules = form_rules(form)[1]
    mentees, mentors = read_profiles(cycle, form, today)
    plain = score_table(mentees, mentors, DEFAULT_WEIGHTS, rules)
    telling = _telling(plain)
    if not telling:
        return None
    row, column = telling[number % len(telling)]
    table = score_table([mentees[row]], [mentors[column]], weights, rules)
    names = read_names(table)
    mentee, mentor = names.get(mentees[row].key), names.get(mentors[column].key)
    if mentee is None or mentor is None:
        return None
    return Example(mentee, mentor, int(table.total[0, 0]), reasons_for(table, 0, 0))


def _telling(table: Table) -> list[tuple[int, int]]:
    """The pairs to which most parts of the score give something, no mentee twice."""
    np = arrays()
    if not table.mentees or not table.mentors:
        return []
    parts = np.add.reduce([points > 0 for points in table.parts.values()])
    worth = np.where(table.is_forbidden(), -1, parts * 1000 + table.total)
    best = worth.argmax(axis=1)
    rows = [row for row in np.argsort(-worth.max(axis=1), kind="stable").tolist() if worth[row, best[row]] >= 0]
    return [(row, int(best[row])) for row in rows[:MOST_EXAMPLES]]
