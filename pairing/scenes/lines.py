"""The pairs of a scenario as lines of a table: found, sorted, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pairing.scenes.bench import Bench
from pairing.scenes.people import Named, Names, searched
from pairing.scoring import Reason, Tone, reasons_for

ALL, ALONE, LOCKED, SENT = "all", "alone", "locked", "sent"
GROUPS = (ALL, ALONE, LOCKED, SENT)
WEAK = 50
"""A pair below this score is shown as one to look at."""
SHOWN_FOR, SHOWN_AGAINST = 3, 2
"""As many reasons stand beside a pair; the others are in its panel."""


@dataclass(frozen=True, slots=True)
class Line:
    """One mentee of the scenario, with the mentor proposed or without. `sent` is the state of a pair that was sent."""

    mentee: Named
    mentor: Named | None
    row: int
    column: int
    score: int
    filled: int
    is_locked: bool
    is_lifted: bool
    sent: str
    has_lost: bool
    """Whether the pair of the last computation can be no more."""

    @property
    def is_weak(self) -> bool:
        return self.score < WEAK


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its reasons in a few words."""

    line: Line
    good: tuple[str, ...]
    bad: tuple[str, ...]
    missing: str
    is_supported: bool


def lines_of(bench: Bench, names: Names) -> list[Line]:
    """Everybody who can be paired or is spoken for, the mentees without a pair last."""
    loads = Counter(column for _row, column in bench.pairs)
    lost = {pair.mentee_id for pair in bench.fallen}
    found = []
    for row, mentee in enumerate(bench.table.mentees):
        if mentee.key not in names:
            continue
        pair, sent = bench.standing.get(row), bench.sent.get(mentee.key)
        mentor = pair.mentor_id if pair else sent[0] if sent else 0
        column = bench.columns.get(mentor, -1)
        found.append(
            Line(
                mentee=names[mentee.key],
                mentor=names.get(mentor),
                row=row,
                column=column,
                score=bench.score(row, column) if column >= 0 else 0,
                filled=names[mentor].taken + loads[column] if mentor in names else 0,
                is_locked=bool(pair and pair.is_locked),
                is_lifted=bool(pair and pair.lifted),
                sent=sent[1] if sent and not pair else "",
                has_lost=mentee.key in lost and not pair and not sent,
            )
        )
    return found


IS_IN: dict[str, Callable[[Line], bool]] = {
    ALL: lambda line: not line.sent,
    ALONE: lambda line: line.mentor is None and not line.sent,
    LOCKED: lambda line: line.is_locked,
    SENT: lambda line: bool(line.sent),
}
ORDERS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "mentee": lambda line: (line.mentor is None, line.mentee.sort, line.mentee.key),
    "mentor": lambda line: (line.mentor is None, line.mentor.sort if line.mentor else "", line.mentee.sort),
    "weak": lambda line: (line.score, line.mentee.sort, line.mentee.key),
    "class": lambda line: (line.mentee.class_key, line.mentee.sort, line.mentee.key),
}


def counts_of(lines: Iterable[Line]) -> dict[str, int]:
    """How many there are in each group."""
    kept = list(lines)
    return {group: sum(map(IS_IN[group], kept)) for group in GROUPS}


def found_lines(lines: Iterable[Line], group: str, words: str, order: str) -> list[Line]:
    """Those of a group of which a side has all the words, in this order."""
    wanted = searched(words)
    kept = [line for line in lines if IS_IN[group](line) and _has(line, wanted)]
    return sorted(kept, key=ORDERS[order])


def shown_lines(bench: Bench, lines: Sequence[Line], supported: set[int], missing: Callable[[int], str]) -> list[Shown]:
    """The lines with their reasons; `missing` says what a mentee without a mentor waits for, by his row."""
    found = []
    for line in lines:
        reasons = reasons_for(bench.table, line.row, line.column) if line.column >= 0 else []
        found.append(
            Shown(
                line=line,
                good=_brief(reasons, lambda one: one.tone is Tone.FOR, SHOWN_FOR),
                bad=_brief(reasons, lambda one: one.tone is not Tone.FOR, SHOWN_AGAINST),
                missing="" if line.mentor else missing(line.row),
                is_supported=line.mentee.key in supported,
            )
        )
    return found


def _brief(reasons: Iterable[Reason], is_wanted: Callable[[Reason], bool], most: int) -> tuple[str, ...]:
    return tuple(reason.brief for reason in reasons if is_wanted(reason) and reason.brief)[:most]


def _has(line: Line, words: list[str]) -> bool:
    return line.mentee.has(words) or bool(line.mentor and line.mentor.has(words))
