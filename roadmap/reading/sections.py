"""Columns that hold the school's own sections, or details, though their titles let one think of stages or activities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from roadmap.outline import Column, ColumnKind
from roadmap.reading.headings import is_stage_heading
from roadmap.reading.plan import Plan, PlanRow
from roadmap.reading.source import Cell
from roadmap.reading.titles import OTHERS
from roadmap.reading.wording import plain

MIN_ROWS = 2
CALLS_STAGES = re.compile(r"\bэтап")


def settle_columns(plan: Plan) -> None:
    """Give the columns of a plan the kinds that its rows show them to be.

    «Направление · Мероприятие» with names that are no stages are a section and what is done in it; «Мероприятие ·
    Содержание» where every row has both are what is done and a detail of it.
    """
    kinds = {column.kind for column in plan.header.columns}
    if "stage" in kinds and _holds_sections(plan):
        if "content" not in kinds:
            _rename(plan, {"activity": "content", "stage": "activity"})
        elif "activity" not in kinds:
            _rename(plan, {"stage": "activity"})
        else:
            _put_above(plan)
    elif {"activity", "content"} <= kinds and "stage" not in kinds and _is_detail(plan.rows):
        free = next((kind for kind in OTHERS if kind not in kinds), None)
        if free is not None:
            _rename(plan, {"content": free})


def _holds_sections(plan: Plan) -> bool:
    title = next(column.title for column in plan.header.columns if column.kind == "stage")
    names = list(_changes(plan.rows, "stage"))
    return bool(names) and not CALLS_STAGES.search(plain(title)) and 2 * sum(map(is_stage_heading, names)) < len(names)


def _changes(rows: Sequence[PlanRow], kind: ColumnKind) -> Iterator[str]:
    """What a column says, each time it says something else than before; a line over all columns is none of it."""
    before = ""
    for row in rows:
        text = "" if row.wide else row.text(kind)
        if text and plain(text) != before:
            before = plain(text)
            yield text


def _is_detail(rows: Sequence[PlanRow]) -> bool:
    """Whether every row with a content has an activity and a number of its own."""
    listed = [row for row in rows if row.text("content")]
    own = all(row.text("activity") and row.text("number") for row in listed)
    return own and len(listed) >= MIN_ROWS and len(list(_changes(listed, "activity"))) == len(listed)


def _rename(plan: Plan, new: Mapping[ColumnKind, ColumnKind]) -> None:
    """Call columns by other kinds, in the heading and in every row."""
    columns = tuple(Column(new.get(one.kind, one.kind), one.title) for one in plan.header.columns)
    kinds = tuple(kind and new.get(kind, kind) for kind in plan.header.kinds)
    plan.header = replace(plan.header, kinds=kinds, columns=columns)
    for row in plan.rows:
        if not row.outside:
            row.rename(new)


def _put_above(plan: Plan) -> None:
    """A third column of names, above sections and their content: each name becomes a row over those it stands beside."""
    stage, activity = (next(one for one in plan.header.columns if one.kind == kind) for kind in ("stage", "activity"))
    both = Column("activity", f"{stage.title}. {activity.title}")
    columns = tuple(both if one is activity else one for one in plan.header.columns if one is not stage)
    kinds = tuple(None if kind == "stage" else kind for kind in plan.header.kinds)
    plan.header = replace(plan.header, kinds=kinds, columns=columns)
    counts_names = all(row.text("stage") for row in plan.rows if row.text("number"))
    plan.rows = [part for row in plan.rows for part in _parted(row, with_number=counts_names)]


def _parted(row: PlanRow, *, with_number: bool) -> Iterator[PlanRow]:
    name = row.cells.pop("stage", Cell())
    if row.wide and name.pieces:
        row.cells["activity"] = name
    elif name.pieces:
        number = row.cells.pop("number", Cell()) if with_number else Cell()
        yield PlanRow({"number": number, "activity": name}, wide=True)
    row.rename({})
    yield row
