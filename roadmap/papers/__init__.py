"""The roadmap on paper: a programme's own words in, what its template sets out (ГОСТ Р 7.0.97-2016)."""

from __future__ import annotations

from core.typography import tie
from roadmap.papers.preamble import preamble_blocks
from roadmap.papers.shapes import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper
from roadmap.papers.stamps import stamps
from roadmap.papers.table import printed_columns, table_rows

__all__ = ["PaperActivity", "PaperApproval", "PaperColumn", "PaperStage", "RoadmapPaper", "paper_context"]

WIDE_FROM_COLUMNS = 5
SHORT_TITLE = 6
"""A heading of so many signs stands in one line: «№ п/п»."""
MANY_PEOPLE = 60
"""Signs in one cell of responsible people from which their column is wider."""


def paper_context(paper: RoadmapPaper) -> dict[str, object]:
    """What `roadmap/documents/roadmap.html` shows; five columns and more lie across the sheet."""
    columns = printed_columns(paper)
    kinds = {column.kind for column in columns}
    sides = stamps(paper.approvals)
    return {
        "organisation": tie(paper.organisation),
        "sides": sides if any(sides) else (),
        "heading": tie(paper.title),
        "preamble": preamble_blocks(paper.preamble),
        "columns": [
            (_width(column, paper, kinds), tie(column.title), len(column.title) <= SHORT_TITLE) for column in columns
        ],
        "rows": table_rows(paper),
        "is_wide": len(columns) >= WIDE_FROM_COLUMNS,
    }


def _width(column: PaperColumn, paper: RoadmapPaper, kinds: set[str]) -> str:
    """The name of a width in `roadmap.css`."""
    if column.kind == "activity" and "content" in kinds:
        return "section"
    activities = (activity for stage in paper.stages for activity in stage.activities)
    if column.kind == "responsible" and any(len(one.responsible) > MANY_PEOPLE for one in activities):
        return "responsible many"
    return column.kind
