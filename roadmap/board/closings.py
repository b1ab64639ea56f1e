"""The stages of a year as the page of closings lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.board.conditions import conditions_of, lacking
from roadmap.board.rows import WindowRow
from roadmap.board.staircase import short_name
from roadmap.board.words import day_words
from roadmap.evidence import Proofs
from roadmap.models import Stage, StageClosing


@dataclass(frozen=True, slots=True)
class StageToClose:
    """A stage, how many of its conditions are met, what is lacking first, and the day it was closed on."""

    pk: int
    number: str
    name: str
    met: int
    total: int
    lacks: str
    closed: str
    is_forced: bool

    @property
    def can_close(self) -> bool:
        return self.met == self.total


def stages_to_close(
    stages: Sequence[Stage],
    rows: Iterable[WindowRow],
    proofs: Proofs,
    closings: Iterable[StageClosing],
    today: date,
) -> list[StageToClose]:
    """The stages in their order."""
    by_place: dict[int, list[WindowRow]] = {stage.place: [] for stage in stages}
    for row in rows:
        by_place[row.stage].append(row)
    closed = {closing.stage_id: closing for closing in closings}
    return [_stage(stage, by_place[stage.place], proofs, closed.get(stage.pk), today) for stage in stages]


def _stage(
    stage: Stage, rows: list[WindowRow], proofs: Proofs, closing: StageClosing | None, today: date
) -> StageToClose:
    conditions = conditions_of(rows, proofs)
    missing = lacking(conditions)
    return StageToClose(
        pk=stage.pk,
        number=stage.number.rstrip(".") or str(stage.place),
        name=short_name(stage.name),
        met=len(conditions) - len(missing),
        total=len(conditions),
        lacks=missing[0] if missing else "",
        closed=day_words(closing.closed_on, today) if closing else "",
        is_forced=bool(closing and closing.lacking),
    )
