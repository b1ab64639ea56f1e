"""What a row of the plan is: a stage's name, a field of it, a section's name, or activities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from roadmap.reading.headers import Header
from roadmap.reading.plan import PlanRow
from roadmap.reading.stages import LABEL, is_stage_name, says_stage, take_number
from roadmap.reading.wording import plain, tidy

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
    below them («1» when there is a «1.1») and `named` when some of those rows are called like standard stages, so
    that all of them are stages and not sections of the school's own; `timed` when there is a column of terms or
    people, so that a row without either may be a heading; `staged` when there is one of stages; `stage_results`
    when the column of results is filled only where a stage begins.
    """

    numbered: bool
    parents: frozenset[str]
    named: bool
    timed: bool
    staged: bool
    stage_results: bool


def lay_out(header: Header, rows: Sequence[PlanRow]) -> Layout:
    """The layout of a plan with this heading and these rows."""
    numbers = [number for row in rows if (number := bare_number(row.text("number"))) is not None]
    parents = frozenset(number.rpartition(".")[0] for number in numbers if "." in number)
    results = [row for row in rows if row.text("result")]
    return Layout(
        numbered="number" in header.kinds and len(numbers) > _stage_cells(rows),
        parents=parents,
        named=any(is_stage_name(row.lead) for row in rows if bare_number(row.text("number")) in parents),
        timed=bool({"term", "responsible"} & set(header.kinds)),
        staged="stage" in header.kinds,
        stage_results=bool(results) and all(row.text("stage") for row in results),
    )


def bare_number(text: str) -> str | None:
    """A number as written, without the full stop or bracket after it."""
    return tidy(text).rstrip(".) ") or None


def stage_number(text: str) -> str | None:
    """The number of a stage as written: «1» of «1.», of «1 этап»."""
    number, rest = take_number(tidy(text))
    return number if number is not None and not rest else bare_number(text)


def classify(row: PlanRow, layout: Layout) -> RowKind:
    """The kind of a row; a line between rows counts only as a heading."""
    if LABEL.match(row.lead) and not row.when:
        return RowKind.FIELDS
    if not row.text("stage") and row.lead:
        if _names_stage(row, layout):
            return RowKind.STAGE
        if _names_section(row, layout):
            return RowKind.SECTION
    return RowKind.ASIDE if row.outside else RowKind.ACTIVITIES


def _names_stage(row: PlanRow, layout: Layout) -> bool:
    if layout.named and bare_number(row.text("number")) in layout.parents:
        return True
    if row.when or not (row.wide or row.outside or layout.timed):
        return False
    number, name = take_number(row.lead)
    return is_stage_name(name) or (says_stage(row.lead) and (number is not None or row.wide))


def _names_section(row: PlanRow, layout: Layout) -> bool:
    if row.when:
        return False
    number = row.text("number")
    return row.wide or bare_number(number) in layout.parents or ROMAN.match(tidy(number) or row.lead) is not None


def _stage_cells(rows: Sequence[PlanRow]) -> int:
    count, before = 0, ""
    for row in rows:
        name = plain(row.text("stage"))
        count += bool(name) and name != before
        before = name or before
    return count
