"""What is printed of a programme, read from its rows."""

from __future__ import annotations

import hashlib

from django.db.models import Prefetch

from roadmap.models import Activity, Programme
from roadmap.papers import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper

ROADMAP_PDF = "roadmap-pdf"
ROADMAP_PAPERS = {"pdf": ROADMAP_PDF, "docx": "roadmap-docx", "xlsx": "roadmap-xlsx"}
"""The kinds of job that make it, by the ending of the file; `roadmap.services.printing` does the work."""


def read_roadmap_paper(programme: Programme) -> RoadmapPaper:
    """Everything of the programme that is printed, in three queries."""
    stages = programme.stages.prefetch_related(Prefetch("activities", Activity.objects.order_by("place")))
    return RoadmapPaper(
        organisation=programme.organisation,
        title=programme.title,
        preamble=programme.preamble,
        columns=tuple(PaperColumn(column["kind"], column["title"]) for column in programme.columns),
        approvals=tuple(
            PaperApproval(row.word, row.by, row.person, row.basis, row.date, row.number)
            for row in programme.approvals.all()
        ),
        stages=tuple(
            PaperStage(
                number=stage.number,
                name=stage.name,
                goal=stage.goal,
                task=stage.task,
                result=stage.result,
                activities=tuple(
                    PaperActivity(
                        row.number, row.section, row.text, row.term_text, row.responsible_text, tuple(row.extra.items())
                    )
                    for row in stage.activities.all()
                ),
            )
            for stage in stages
        ),
    )


def roadmap_paper_key(programme: Programme, kind: str) -> str:
    """The key of the job that makes the paper of the programme as it now stands: asked for again it is made once."""
    content = hashlib.sha256(repr(read_roadmap_paper(programme)).encode()).hexdigest()
    return f"{kind}:{programme.pk}:{programme.revision}:{content[:32]}"
