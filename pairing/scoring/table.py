"""The scores of all pairs, what they are made of, and which pairs are shut out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pairing.rules import DEFAULT_RULES, FormRules, Rule
from pairing.scoring.barring import barred_pairs
from pairing.scoring.counting import Counts, Mask, arrays
from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.shares import Meetings, count_meetings, points_of
from pairing.scoring.weights import DEFAULT_WEIGHTS, Part, Weights
from pairing.scoring.words import Lexicon


@dataclass(frozen=True, slots=True)
class Table:
    """A row per mentee, a column per mentor, as they were given.

    `parts` are whole points that make `total` together, 0 to 100, for every pair, also one that is `forbidden`.
    """

    mentees: tuple[MenteeProfile, ...]
    mentors: tuple[MentorProfile, ...]
    weights: Weights
    rules: FormRules
    parts: Mapping[Part, Counts]
    total: Counts
    forbidden: Mapping[Rule, Mask]
    meetings: Meetings
    lexicon: Lexicon
    most: Mapping[Part, int]
    """The most points each part gives."""

    def is_forbidden(self) -> Mask:
        """Where at least one hard rule shuts the pair out."""
        found = arrays().zeros(self.total.shape, dtype=bool)
        for mask in self.forbidden.values():
            found |= mask
        return found

    def scores(self) -> Counts:
        """The total as the solver takes it: float64, not a number where the pair is forbidden."""
        np = arrays()
        return np.where(self.is_forbidden(), np.nan, self.total.astype("float64"))

    def broken_rules(self, mentee: int, mentor: int) -> tuple[Rule, ...]:
        """The hard rules that shut this pair out, by row and column."""
        return tuple(rule for rule, mask in self.forbidden.items() if mask[mentee, mentor])


def score_table(
    mentees: Sequence[MenteeProfile],
    mentors: Sequence[MentorProfile],
    weights: Weights = DEFAULT_WEIGHTS,
    rules: FormRules = DEFAULT_RULES,
) -> Table:
    """Score every pair. The score of a pair follows from its two profiles and the weights, and from nobody else."""
    lexicon = Lexicon()
    meetings = count_meetings(mentees, mentors, lexicon)
    parts = points_of(mentees, mentors, meetings, weights)
    return Table(
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        weights=weights,
        rules=rules,
        parts=parts,
        total=sum(parts.values()),
        forbidden=barred_pairs(mentees, mentors, meetings.hours, rules),
        meetings=meetings,
        lexicon=lexicon,
        most=weights.most_points(),
    )
