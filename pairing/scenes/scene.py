"""The board of one scenario: the figures, both aims, the lines, and what is behind the pair that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairing.matching import Aim, Filling, Solution
from pairing.models import Scenario
from pairing.scenes.bench import Bench, read_bench
from pairing.scenes.figures import Figures, figures_of
from pairing.scenes.lines import Line, lines_of
from pairing.scenes.people import Named, Names, read_names
from pairing.scenes.plans import Plan, better_in_words, plans_of
from pairing.scenes.seeking import Readiness, readiness_of


@dataclass(frozen=True, slots=True)
class Ban:
    """Two who are kept apart."""

    pk: int
    mentee: Named
    mentor: Named


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that a page of a scenario is made of. `best` is what solving again would give."""

    scenario: Scenario
    bench: Bench
    names: Names
    lines: Sequence[Line]
    figures: Figures
    best: Solution
    plans: tuple[Plan, ...]
    bans: tuple[Ban, ...]
    readiness: Readiness

    @property
    def current(self) -> Solution:
        return self.bench.current(self.scenario.aim, self.scenario.filling)

    @property
    def is_stale(self) -> bool:
        """Whether something was learnt of people, or a rule was changed, since the last computation."""
        return self.bench.digest != self.scenario.fingerprint

    @property
    def is_best(self) -> bool:
        """Whether solving again would change nothing that counts."""
        now = self.current
        return (now.served, now.total, now.worst) == (self.best.served, self.best.total, self.best.worst)

    @property
    def better(self) -> str:
        """What solving again would give."""
        return better_in_words(self.current, self.best)

    @property
    def has_groups(self) -> bool:
        """Whether a mentor takes more than one, so that it matters how groups are filled."""
        return any(mentor.party.free > 1 for mentor in self.bench.table.mentors)

    @property
    def alone(self) -> int:
        return sum(line.mentor is None and not line.sent for line in self.lines)


def read_scene(scenario: Scenario, today: date) -> Scene:
    """Everything anew from the rows; the number of queries does not hang on the number of people."""
    bench = read_bench(scenario, today)
    names = read_names(bench.table)
    solved = {aim: bench.solved(aim, scenario.filling) for aim in Aim}
    figures = figures_of(bench, Aim(scenario.aim), Filling(scenario.filling), solved[Aim.TOTAL])
    return Scene(
        scenario=scenario,
        bench=bench,
        names=names,
        lines=lines_of(bench, names),
        figures=figures,
        best=solved[Aim(scenario.aim)],
        plans=plans_of(scenario.aim, figures, solved, bool(bench.locked)),
        bans=tuple(
            Ban(ban.pk, names[ban.mentee_id], names[ban.mentor_id])
            for ban in bench.banned
            if ban.mentee_id in names and ban.mentor_id in names
        ),
        readiness=readiness_of(bench.table),
    )
