"""What a row of the plan is: a stage's name, a field of it, a section's name, or activities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from roadmap.reading.headers import Header
from roadmap.reading.plan import PlanRow
from roadmap.reading.stages import LABEL, is_stage_name, says_stage, take_number
from roadmap.reading.wording import squeeze, tidy

ROMAN = re.compile(r"(?:раздел\s+)?[IVX]{1,5}(?:[.)]\s+[^\W\d_]{2,}|[.)]?\s+[^\W\d_]{2,}|[.)]?$)", re.IGNORECASE)


class RowKind(Enum):
    STAGE = auto()
    FIELDS = auto()
    SECTION = auto()
    ACTIVITIES = auto()
    ASIDE = auto()


@dataclass(frozen=True, slots=True)
class Layout:
    """What can be said of a plan's table as a whole.

    `numbered` when the column of numbers counts rows and not stages; `parents` are the numbers that have others
    below them («1» when there is a «1.1»); `timed` when there is a column of terms or people, so that a row
    without either may be a heading; `stage_results` when the column of results is filled only where a stage begins.
    """

    numbered: bool
    parents: frozenset[str]
    timed: bool
    staged: bool
    stage_results: bool


def lay_out(header: Header, rows: Sequence[PlanRow]) -> Layout:
    """The layout of a plan with this heading and these rows."""
    numbers = [number for row in rows if (number := bare_number(row.text("number"))) is not None]
    results = [row for row in rows if row.text("result")]
    return Layout(
        numbered="number" in header.kinds and len(numbers) > _stage_cells(rows),
        parents=frozenset(number.rpartition(".")[0] for number in numbers if "." in number),
        timed=bool({"term", "responsible"} & set(header.kinds)),
        staged="stage" in header.kinds,
        stage_results=bool(results) and all(row.text("stage") for row in results),
    )


def bare_number(text: str) -> str | None:
    """A number as written, without the full stop or bracket after it."""
    return tidy(text).rstrip(".) ") or None


def classify(row: PlanRow, layout: Layout) -> RowKind:
    """The kind of a row; a line between rows counts only as a heading."""
    if LABEL.match(row.lead) and not row.when:
        return RowKind.FIELDS
    if not row.text("stage") and row.lead:
        if _names_stage(row, layout):
            return RowKind.STAGE
        if _names_section(row):
            return RowKind.SECTION
    return RowKind.ASIDE if row.outside else RowKind.ACTIVITIES


def _names_stage(row: PlanRow, layout: Layout) -> bool:
    if bare_number(row.text("number")) in layout.parents:
        return True
    if row.when or not (row.wide or row.outside or layout.timed):
        return False
    number, name = take_number(row.lead)
    return is_stage_name(name) or (says_stage(row.lead) and (number is not None or row.wide))


def _names_section(row: PlanRow) -> bool:
    return not row.when and (row.wide or ROMAN.match(tidy(row.text("number")) or row.lead) is not None)


def _stage_cells(rows: Sequence[PlanRow]) -> int:
    count, before = 0, ""
    for row in rows:
        name = squeeze(row.text("stage"))
        count += bool(name) and name != before
        before = name or before
    return count
