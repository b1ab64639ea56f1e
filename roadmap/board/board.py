"""Everything the pages of a programme show, made ready before rendering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.actors import Actor
from roadmap.board.filters import People, Wanted, narrowed, wanted
from roadmap.board.lines import Line, lines_of
from roadmap.board.proofs import proofs_for
from roadmap.board.rows import WindowRow, people_of, window_rows, windows_of
from roadmap.board.staircase import StageRow, Tread, staircase
from roadmap.board.standing import Figures, coming_rows, figures, headline, late_rows, undated_rows
from roadmap.evidence import Proofs
from roadmap.models import ClosingState, Programme


@dataclass(frozen=True, slots=True)
class StageLines:
    """A stage and its lines in a list."""

    tread: Tread
    stage: StageRow
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Board:
    """A programme on a day, in the school year that is shown."""

    programme: Programme
    actor: Actor
    today: date
    years: tuple[int, ...]
    stages: list[StageRow]
    rows: list[WindowRow]
    people: People
    want: Wanted
    shown: list[WindowRow]
    """The rows of the year that is shown."""
    proofs: Proofs
    """What was counted for them."""

    def headline(self) -> str:
        return headline(self.shown, self.stages, self.today)

    def treads(self) -> list[Tread]:
        return staircase(self.stages, self.shown, self.today, self.proofs)

    def figures(self) -> Figures:
        return figures(self.shown, self.today)

    def late(self) -> list[Line]:
        return lines_of(late_rows(self.shown), self.today, self.proofs)

    def coming(self) -> list[Line]:
        return lines_of(coming_rows(self.shown, self.today), self.today, self.proofs)

    def undated(self) -> list[Line]:
        return lines_of(undated_rows(self.shown), self.today, self.proofs)

    def found(self) -> list[WindowRow]:
        """The wanted rows in the wanted order."""
        return narrowed(self.rows, self.want, self.people, self.actor)

    def by_stage(self, rows: Iterable[WindowRow], treads: Iterable[Tread]) -> list[StageLines]:
        """The lines of these rows under their stages, stages without any left out."""
        found: dict[int, list[WindowRow]] = {}
        for row in rows:
            found.setdefault(row.stage, []).append(row)
        return [
            StageLines(tread, stage, self.lines(found[stage.place]))
            for tread, stage in zip(treads, self.stages, strict=True)
            if stage.place in found
        ]

    def lines(self, rows: Iterable[WindowRow]) -> list[Line]:
        return lines_of(rows, self.today, self.proofs)

    def by_year(self) -> list[tuple[int, list[Tread]]]:
        """The treads of each school year, for a programme of several; none for a programme of one."""
        years = self.years if len(self.years) > 1 else ()
        return [
            (year, staircase(self.stages, [row for row in self.rows if row.year == year], self.today, {}))
            for year in years
        ]


def read_board(
    programme: Programme, actor: Actor, today: date, asked: Mapping[str, str] | None = None, *, with_proofs: bool = True
) -> Board:
    """The board of a programme that the actor has reached by the caller's own rule; at most five queries.

    `asked` is what the address asks of the list of all activities, None for a page without that list.
    """
    years = tuple(programme.cycles.order_by("year").values_list("year", flat=True))
    want = wanted(asked or {}, years, year_of(years, today), today)
    rows = window_rows(windows_of(programme.pk), today)
    shown = [row for row in rows if want.year is None or row.year == want.year]
    return Board(
        programme=programme,
        actor=actor,
        today=today,
        years=years,
        stages=_stages(programme),
        rows=rows,
        people=[] if asked is None else people_of(programme.pk),
        want=want,
        shown=shown,
        proofs=proofs_for(actor, shown, today) if with_proofs else {},
    )


def _stages(programme: Programme) -> list[StageRow]:
    """The stages with their closings, in one query."""
    closing = ("closings__state", "closings__cycle__year", "closings__closed_on")
    rows = programme.stages.order_by("place").values_list("place", "number", "name", "goal", "task", "result", *closing)
    found: dict[int, StageRow] = {}
    for *columns, state, year, day in rows:
        stage = found.setdefault(columns[0], StageRow(*columns))
        if state == ClosingState.CLOSED:
            stage.closed[year] = day
    return list(found.values())


def year_of(years: Sequence[int], today: date) -> int | None:
    """The school year to be shown: the one under way, before it the first, after it the last."""
    school_year = today.year if today.month >= 9 else today.year - 1
    begun = [year for year in years if year <= school_year]
    return begun[-1] if begun else (years[0] if years else None)
