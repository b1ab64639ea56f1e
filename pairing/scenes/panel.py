"""What is behind one pair of a scenario, and what it would cost to have it otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pairing.matching import Pair
from pairing.models import PairNote
from pairing.scenes.lines import Line
from pairing.scenes.people import Named
from pairing.scenes.prices import Cost, cost_of_pair, others_of
from pairing.scenes.scene import Scene
from pairing.scoring import Reason, reasons_for
from pairing.scoring.reasons import Objection, objections


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another mentor for the mentee, by name."""

    mentor: Named
    score: int
    cost: Cost | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One mentee of the scenario; without a mentor there are no shares."""

    line: Line
    shares: Sequence[Reason]
    against: Sequence[Objection]
    reason: str
    note: PairNote | None
    others: Sequence[OtherLine]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who could be given to the mentee; `against` are the rules he would be given against."""

    mentor: Named
    filled: int
    score: int
    briefs: tuple[str, ...]
    against: Sequence[Objection]
    is_banned: bool
    is_current: bool
    cost: Cost | None

    @property
    def is_open(self) -> bool:
        """Whether he can be put, with a reason at least."""
        return not self.is_banned and self.cost is not None and all(one.is_liftable for one in self.against)


def panel_of(scene: Scene, line: Line) -> Panel:
    """The panel of one line; one query for the curator's note."""
    bench, current = scene.bench, scene.current
    pair = bench.standing.get(line.row)
    has_pair = line.mentor is not None and line.column >= 0
    others = [] if line.sent else others_of(bench, scene.names, current, line.row)
    return Panel(
        line=line,
        shares=reasons_for(bench.table, line.row, line.column) if has_pair else (),
        against=objections(bench.table, line.row, line.column) if pair and pair.lifted else (),
        reason=pair.reason if pair else "",
        note=_note_of(line) if has_pair else None,
        others=[OtherLine(scene.names[one.mentor], one.score, one.cost) for one in others if one.mentor in scene.names],
    )


def line_of(scene: Scene, mentee: int) -> Line | None:
    """The line of a mentee by the key of the enrolment."""
    return next((line for line in scene.lines if line.mentee.key == mentee), None)


def candidates_of(scene: Scene, line: Line) -> list[Candidate]:
    """Every mentor of the form for this mentee: first those who can be given freely, the best score first."""
    found = [_candidate(scene, line, column) for column in range(len(scene.bench.table.mentors))]
    kept = [one for one in found if one is not None]
    return sorted(kept, key=lambda one: (not one.is_current, not one.is_open, bool(one.against), -one.score))


def candidate_of(scene: Scene, line: Line, mentor: int) -> Candidate | None:
    """One of them by the key of his enrolment."""
    column = scene.bench.columns.get(mentor)
    return None if column is None else _candidate(scene, line, column)


def _candidate(scene: Scene, line: Line, column: int) -> Candidate | None:
    bench, pair = scene.bench, (line.row, column)
    mentor = scene.names.get(bench.table.mentors[column].key)
    if mentor is None:
        return None
    against = objections(bench.table, *pair)
    is_banned = any((ban.mentee_id, ban.mentor_id) == (line.mentee.key, mentor.key) for ban in bench.banned)
    can_be = not is_banned and all(one.is_liftable for one in against)
    return Candidate(
        mentor=mentor,
        filled=mentor.taken + sum(other == column for _row, other in bench.pairs),
        score=bench.score(*pair),
        briefs=_briefs(scene, pair),
        against=against,
        is_banned=is_banned,
        is_current=line.column == column,
        cost=cost_of_pair(bench, scene.names, scene.current, pair) if can_be else None,
    )


def _briefs(scene: Scene, pair: Pair) -> tuple[str, ...]:
    return tuple(reason.brief for reason in reasons_for(scene.bench.table, *pair) if reason.brief)[:3]


def _note_of(line: Line) -> PairNote | None:
    assert line.mentor
    return PairNote.objects.filter(mentee=line.mentee.key, mentor=line.mentor.key).first()
