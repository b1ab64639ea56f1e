"""What a row of the plan is: a stage's name, a field of it, a section's name, or activities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from roadmap.outline import ColumnKind
from roadmap.reading.headers import Header
from roadmap.reading.headings import CALLED, Look, look_of, names_stage, stages_among
from roadmap.reading.items import read_mark
from roadmap.reading.plan import PlanRow
from roadmap.reading.stages import LABEL, is_stage_name, says_stage, take_number
from roadmap.reading.wording import plain, tidy

ROMAN = re.compile(r"(?:раздел\s+)?[IVX]{1,5}(?:[.)]\s+[^\W\d_]{2,}|[.)]?\s+[^\W\d_]{2,}|[.)]?$)", re.IGNORECASE)
HAS_WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST_HEADING = 160


class RowKind(Enum):
    STAGE = auto()
    FIELDS = auto()
    SECTION = auto()
    ACTIVITIES = auto()
    ASIDE = auto()


@dataclass(frozen=True, slots=True)
class Layout:
    """What can be said of a plan's table as a whole.

    `numbered` when the column of numbers counts rows and not stages or sections; `parents` are the numbers that have
    others below them («1» when there is a «1.1»); `timed` when there is a column of terms or people, so that a row
    without either may be a heading, `dated` when there is one of terms; `romans` when Roman numbers are not simply those of all rows; `listing` when a cell
    lists the activities of a stage or a section; `stage_results` when the column of results is filled only where a
    stage begins; `series` tells which headings name stages.
    """

    numbered: bool
    counted: bool
    parents: frozenset[str]
    timed: bool
    dated: bool
    romans: bool
    listing: bool
    stage_results: bool
    series: Mapping[Look, bool | None]


def lay_out(header: Header, rows: Sequence[PlanRow]) -> Layout:
    """The layout of a plan with this heading and these rows."""
    kinds = set(header.kinds)
    counted = "number" in kinds
    numbers = [number for row in rows if (number := number_of(row, counted=counted)) is not None]
    layout = Layout(
        numbered=counted and _counts_rows(rows, len(numbers)),
        counted=counted,
        parents=frozenset(number.rpartition(".")[0] for number in numbers if "." in number),
        timed=bool({"term", "responsible"} & kinds),
        dated="term" in kinds,
        romans=bool({"term", "responsible"} & kinds) or any(number[0].isdigit() for number in numbers),
        listing="stage" in kinds or {"activity", "content"} <= kinds,
        stage_results=_only_beside_stages("result", rows),
        series={},
    )
    headings = [row for row in rows if not row.text("stage") and row.lead and is_heading(row, layout)]
    return replace(layout, series=stages_among((look(row, layout), row.lead) for row in headings))


def number_of(row: PlanRow, *, counted: bool) -> str | None:
    """The number of a row, in the column for it or, where there is none, before the text."""
    if counted:
        return bare_number(row.text("number"))
    mark = read_mark(row.lead)
    return mark.number if mark is not None else None


def look(row: PlanRow, layout: Layout) -> Look:
    """How a heading is set apart."""
    number = number_of(row, counted=layout.counted)
    return look_of(number if row.lead_kinds != ["number"] else None, row.lead)


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
    if not row.text("stage") and row.lead and is_heading(row, layout):
        return RowKind.STAGE if names_stage(look(row, layout), row.lead, layout.series) else RowKind.SECTION
    return RowKind.ASIDE if row.outside else RowKind.ACTIVITIES


def is_heading(row: PlanRow, layout: Layout) -> bool:
    """Whether a row is called by a name and has nothing to be done in it."""
    if row.when and not layout.parents:
        return False
    number = number_of(row, counted=layout.counted)
    if row.when:
        return number in layout.parents and is_stage_name(take_number(row.lead)[1])
    if row.wide or number in layout.parents:
        return True
    if layout.romans and ROMAN.match(tidy(row.text("number")) or row.lead):
        return True
    if CALLED.match(plain(row.lead)) or _is_stage_row(row, layout):
        return True
    return layout.timed and not row.outside and not row.beside and _stands_alone(row, layout)


def _is_stage_row(row: PlanRow, layout: Layout) -> bool:
    if not (row.outside or layout.timed):
        return False
    number, name = take_number(row.lead)
    return is_stage_name(name) or (number is not None and says_stage(row.lead))


def _stands_alone(row: PlanRow, layout: Layout) -> bool:
    """Whether a row without a time has the look of a heading: in the column of numbers, without one, in capitals."""
    text = row.lead
    if row.broken or len(text) > LONGEST_HEADING or text[-1] in ".;,:" or not text[0].isupper():
        return False
    if row.lead_kinds == ["number"]:
        return HAS_WORD.search(text) is not None
    return not row.text("number") if layout.numbered else not layout.counted and text.isupper() and " " in text


def _counts_rows(rows: Sequence[PlanRow], numbers: int) -> bool:
    """Whether so many numbers count the rows: more than there are stages, or sections in a column of their own."""
    staged = any(row.text("stage") for row in rows)
    groups = (
        _groups(rows, "stage" if staged else "activity") if staged or any(row.text("content") for row in rows) else 0
    )
    return numbers > groups or (not staged and numbers == sum(bool(row.text("content")) for row in rows))


def _groups(rows: Sequence[PlanRow], kind: ColumnKind) -> int:
    count, before = 0, ""
    for row in rows:
        name = plain(row.text(kind))
        count += bool(name) and name != before
        before = name or before
    return count


def _only_beside_stages(kind: ColumnKind, rows: Sequence[PlanRow]) -> bool:
    filled = [row for row in rows if row.text(kind)]
    return bool(filled) and all(row.text("stage") for row in filled)
