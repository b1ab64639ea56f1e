"""The roadmap on paper: a programme's own words in, what its template sets out (ГОСТ Р 7.0.97-2016)."""

from __future__ import annotations

from core.russian import search_key
from core.typography import tie
from roadmap.papers.preamble import preamble_blocks
from roadmap.papers.shapes import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper
from roadmap.papers.stamps import stamps
from roadmap.papers.table import printed_columns, table_bodies

__all__ = ["PaperActivity", "PaperApproval", "PaperColumn", "PaperStage", "RoadmapPaper", "paper_context"]

WIDE_FROM_COLUMNS = 5
SHORT_TITLE = 6
"""A heading of so many signs stands in one line: «№ п/п»."""
FEW_SIGNS, MANY_SIGNS = 20, 50
"""Up to so many signs in a middling cell of responsible people their column is narrow, above so many wide."""


def paper_context(paper: RoadmapPaper) -> dict[str, object]:
    """What `roadmap/documents/roadmap.html` shows; five columns and more lie across the sheet.

    The organisation heads the paper unless the title names it in the same words.
    """
    columns = printed_columns(paper)
    kinds = {column.kind for column in columns}
    people = [len(one.responsible) for stage in paper.stages for one in stage.activities]
    middling = sum(people) / max(len(people), 1)
    sides = stamps(paper.approvals)
    return {
        "organisation": "" if search_key(paper.organisation) in search_key(paper.title) else tie(paper.organisation),
        "sides": sides if any(sides) else (),
        "heading": tie(paper.title),
        "preamble": preamble_blocks(paper.preamble),
        "columns": [
            (_width(column, kinds, middling), tie(column.title), len(column.title) <= SHORT_TITLE) for column in columns
        ],
        "bodies": table_bodies(paper),
        "is_wide": len(columns) >= WIDE_FROM_COLUMNS,
    }


def _width(column: PaperColumn, kinds: set[str], people: float) -> str:
    """The name of a width in `roadmap.css`."""
    if column.kind == "activity" and "content" in kinds:
        return "section"
    if column.kind == "number" and len(column.title) > 1:
        return "number titled"
    if column.kind == "responsible" and not FEW_SIGNS < people <= MANY_SIGNS:
        return "responsible many" if people > MANY_SIGNS else "responsible few"
    return column.kind
