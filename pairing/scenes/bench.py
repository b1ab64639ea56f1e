"""A scenario on the workbench: everybody as known now, the scores by its weights, and which of its pairs still stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import TYPE_CHECKING

from pairing.matching import Aim, Filling, Instance, Pair, Solution, solve
from pairing.models import OPEN_MATCHES, Match, MatchState, PairingRules, Place, Scenario, ScenarioBan, ScenarioPair
from pairing.profiles import fingerprint, read_profiles
from pairing.rules import LIFTABLE, FormRules, Rule
from pairing.scoring.counting import arrays
from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.table import Table, score_table
from pairing.scoring.weights import Weights, weights_from_json
from participants.models import MentoringForm
from roadmap.models import Cycle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Filled = tuple[int, str]
"""With whom a mentee is spoken for, and in which state."""


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """`rows` and `columns` give the place of an enrolment in the table; `scores` is nan where the two may not be
    paired in this scenario. `standing` are its pairs that can still be, by row; `sent` are the mentees spoken for
    since, by the key of the enrolment.
    """

    table: Table
    digest: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    scores: NDArray[np.float64]
    stored: tuple[ScenarioPair, ...]
    standing: Mapping[int, ScenarioPair]
    banned: tuple[ScenarioBan, ...]
    sent: Mapping[int, Filled]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The standing pairs by their places in the table."""
        return tuple((row, self.columns[pair.mentor_id]) for row, pair in sorted(self.standing.items()))

    @property
    def locked(self) -> tuple[Pair, ...]:
        return tuple(
            (row, self.columns[pair.mentor_id]) for row, pair in sorted(self.standing.items()) if pair.is_locked
        )

    @property
    def fallen(self) -> list[ScenarioPair]:
        """The stored pairs that can be no more, and were not sent."""
        kept = {pair.pk for pair in self.standing.values()}
        sent = {(mentee, mentor) for mentee, (mentor, _state) in self.sent.items()}
        return [pair for pair in self.stored if pair.pk not in kept and (pair.mentee_id, pair.mentor_id) not in sent]

    def instance(self, about: int | None = None) -> Instance:
        """What is to be solved. With a row, what is asked about one mentee: his pair is not locked, and pairs are open
        to him that a reason in writing would allow.
        """
        kept = tuple(pair for pair in self.locked if pair[0] != about)
        opened = self.liftable(about) if about is not None else ()
        return Instance(scores=self.scores_with((*kept, *opened)), capacities=self.places, locked=kept)

    def scores_with(self, pairs: Iterable[Pair]) -> NDArray[np.float64]:
        """The scores, those of these pairs too."""
        scores = self.scores.copy()
        for row, column in pairs:
            scores[row, column] = self.table.total[row, column]
        return scores

    def liftable(self, row: int) -> list[Pair]:
        """The pairs of this mentee that go against nothing but rules that yield to a reason."""
        mentee, columns = self.table.mentees[row].key, range(len(self.table.mentors))
        apart = {self.columns.get(ban.mentor_id) for ban in self.banned if ban.mentee_id == mentee}
        return [(row, column) for column in columns if column not in apart and self.yields(row, column)]

    def yields(self, row: int, column: int, lifted: frozenset[Rule] = LIFTABLE) -> bool:
        """Whether the pair goes against rules, and against no other ones than these."""
        broken = self.table.broken_rules(row, column)
        return bool(broken) and {*broken} <= lifted

    def solved(self, aim: str, filling: str) -> Solution:
        """The best that can be made of it with what is locked and kept apart now."""
        return solve(self.instance(), Aim(aim), Filling(filling))

    def current(self, aim: str, filling: str) -> Solution:
        """The standing pairs as if they had been found."""
        scores = [self.score(*pair) for pair in self.pairs]
        return Solution(
            pairs=self.pairs,
            served=len(scores),
            total=float(sum(scores)),
            worst=float(min(scores)) if scores else None,
            bound=None,
            blocking=0,
            aim=Aim(aim),
            filling=Filling(filling),
        )

    def with_pairs(self, pairs: Iterable[ScenarioPair]) -> Bench:
        """The same with other pairs stored."""
        return _stood(replace(self, stored=tuple(pairs)))

    @property
    def places(self) -> NDArray[np.int64]:
        """How many mentees each mentor can take besides those he is spoken for with."""
        places: NDArray[np.int64] = arrays().array([side.party.free for side in self.table.mentors], dtype="int64")
        return places

    def score(self, row: int, column: int) -> int:
        return int(self.table.total[row, column])


def form_rules(form: MentoringForm) -> tuple[Weights, FormRules, PairingRules | None]:
    """What the school has decided about pairs of this form, else the product's own."""
    stored = PairingRules.objects.filter(form=form).first()
    if stored is None:
        return Weights(), FormRules(), None
    rules = FormRules(stored.wants_ready, stored.bars_class_teacher, stored.least_age_gap)
    return weights_from_json(stored.weights), rules, stored


def read_bench(scenario: Scenario, today: date) -> Bench:
    """The scenario as it stands today, one that is not stored yet too; in a fixed number of queries."""
    table, digest = read_table(scenario.cycle, scenario.form, weights_from_json(scenario.weights), today)
    stored, banned = tuple[ScenarioPair, ...](), tuple[ScenarioBan, ...]()
    if scenario.pk:
        stored = tuple(scenario.pairs.order_by("pk"))
        banned = tuple(scenario.bans.order_by("pk"))
    return bench_of(table, digest, stored, banned, spoken_for(table.mentees))


def read_table(cycle: Cycle, form: MentoringForm, weights: Weights | None, today: date) -> tuple[Table, str]:
    """The scores of everybody in this cycle and form, and the digest of all they follow from.

    Without weights by those of the form.
    """
    own, rules, _stored = form_rules(form)
    weights = weights or own
    mentees, mentors = read_profiles(cycle, form, today)
    by_key: tuple[Sequence[MenteeProfile], Sequence[MentorProfile]] = (
        sorted(mentees, key=lambda one: one.key),
        sorted(mentors, key=lambda one: one.key),
    )
    return score_table(*by_key, weights, rules), fingerprint(*by_key, weights, rules)


def bench_of(
    table: Table,
    digest: str,
    stored: Sequence[ScenarioPair],
    banned: Sequence[ScenarioBan],
    sent: Mapping[int, Filled],
) -> Bench:
    rows = {mentee.key: place for place, mentee in enumerate(table.mentees)}
    columns = {mentor.key: place for place, mentor in enumerate(table.mentors)}
    scores = table.scores()
    for ban in banned:
        if ban.mentee_id in rows and ban.mentor_id in columns:
            scores[rows[ban.mentee_id], columns[ban.mentor_id]] = float("nan")
    bench = Bench(table, digest, rows, columns, scores, tuple(stored), {}, tuple(banned), sent)
    return _stood(bench)


def _stood(bench: Bench) -> Bench:
    return replace(bench, standing=_standing(bench))


def _standing(bench: Bench) -> dict[int, ScenarioPair]:
    """The stored pairs for which there is a place and no objection; where places have become few, the locked first."""
    left, found = [int(number) for number in bench.places], dict[int, ScenarioPair]()
    for pair in sorted(bench.stored, key=lambda pair: (not pair.is_locked, pair.pk)):
        row, column = bench.rows.get(pair.mentee_id), bench.columns.get(pair.mentor_id)
        if row is None or column is None or not left[column] or not _may_stand(bench, pair, row, column):
            continue
        left[column] -= 1
        found[row] = pair
    return found


def _may_stand(bench: Bench, pair: ScenarioPair, row: int, column: int) -> bool:
    if not isnan(bench.scores[row, column]):
        return True
    lifted = LIFTABLE.intersection(pair.lifted)
    return bench.yields(row, column, lifted) and not is_banned(bench, pair.mentee_id, pair.mentor_id)


def is_banned(bench: Bench, mentee: int, mentor: int) -> bool:
    """Whether the curator keeps these two apart, by the keys of their enrolments."""
    return any((ban.mentee_id, ban.mentor_id) == (mentee, mentor) for ban in bench.banned)


def spoken_for(mentees: Iterable[MenteeProfile]) -> dict[int, Filled]:
    """Those of them for whom a pair waits for a decision or is in force; two queries."""
    keys = [mentee.key for mentee in mentees if mentee.party.taken]
    standing = Place.objects.filter(left_on=None, mentee__in=keys).values_list("mentee", "mentorship__mentor")
    matches = Match.objects.filter(mentee__in=keys, state__in=OPEN_MATCHES).values_list("mentee", "mentor", "state")
    found = {mentee: (mentor, str(MatchState.IN_FORCE)) for mentee, mentor in standing}
    return found | {mentee: (mentor, state) for mentee, mentor, state in matches}
