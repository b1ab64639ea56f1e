"""The roadmap on paper: a programme's own words in, what its template sets out (ГОСТ Р 7.0.97-2016)."""

from __future__ import annotations

from roadmap.papers.layout import lay_out_paper
from roadmap.papers.shapes import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper

__all__ = ["PaperActivity", "PaperApproval", "PaperColumn", "PaperStage", "RoadmapPaper", "paper_context"]

SHORT_TITLE = 6
"""A heading of so many signs stands in one line: «№ п/п»."""
FEW_SIGNS, MANY_SIGNS = 20, 50
"""Up to so many signs in a middling cell of responsible people their column is narrow, above so many wide."""


def paper_context(paper: RoadmapPaper) -> dict[str, object]:
    """What `roadmap/documents/roadmap.html` shows."""
    layout = lay_out_paper(paper)
    kinds = {column.kind for column in layout.columns}
    people = [len(one.responsible) for stage in paper.stages for one in stage.activities]
    middling = sum(people) / max(len(people), 1)
    columns = [
        (_width(column, kinds, middling), column.title, len(column.title) <= SHORT_TITLE) for column in layout.columns
    ]
    return {
        "organisation": layout.organisation,
        "sides": layout.sides,
        "heading": layout.heading,
        "preamble": layout.preamble,
        "columns": columns,
        "bodies": layout.bodies,
        "is_wide": layout.is_wide,
        "is_crowded": layout.is_crowded,
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
