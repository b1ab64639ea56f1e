"""What is printed of a report, and the jobs that print it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from core.actors import Actor
from core.cases import PersonName
from core.jobs import start_job
from core.models import Job
from reports.models import MonitoringReport, ReportState
from reports.papers.monitoring import Block, Figures, ReportWords, report_blocks
from reports.papers.monitoring.frame import Frame, frame_of
from reports.papers.monitoring.spreadsheet import write_figures
from reports.services.monitoring.figures import figures_of

MONITORING = {"pdf": "monitoring-pdf", "docx": "monitoring-docx"}
"""The kinds of jobs by the ending of what they make; `reports.services.monitoring.printing` does the work."""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report set out; the page, print, Word and the spreadsheet show these very blocks."""

    words: ReportWords
    figures: Figures
    frame: Frame
    blocks: list[Block]


def read_report(report: MonitoringReport) -> ReportPaper:
    """The report as it stands now."""
    words, figures = _words(report), figures_of(report)
    return ReportPaper(words, figures, frame_of(words), report_blocks(figures, words))


def _words(report: MonitoringReport) -> ReportWords:
    school, user = report.cycle.programme.school, report.created_by
    return ReportWords(
        founder=school.founder,
        organisation=school.name,
        short_name=school.short_name,
        place=school.place,
        head_post=school.head_post,
        head_name=school.head_name,
        year=report.cycle.label,
        as_of=report.as_of,
        is_approved=report.state == ReportState.APPROVED,
        made_by=PersonName(user.surname, user.given_name, user.patronymic).signing() if user else "",
        satisfied_from=report.satisfied_from,
        conclusion=report.conclusion,
        swot=report.swot,
    )


def report_key(report: MonitoringReport, ending: str) -> str:
    """The key of the job that prints the report as it stands now: asking for the same paper makes it once."""
    paper = read_report(report)
    content = hashlib.sha256(repr((paper.frame, paper.blocks)).encode()).hexdigest()
    return f"{MONITORING[ending]}:{report.pk}:{content[:32]}"


def print_report(*, report: MonitoringReport, ending: str, by: Actor) -> Job:
    """Have the report made as PDF or as a Word document."""
    key = report_key(report, ending)
    return start_job(key=key, kind=MONITORING[ending], payload={"report": report.pk}, by=by)


def figures_workbook(report: MonitoringReport) -> bytes:
    """Exactly the figures of the report, for the municipality."""
    paper = read_report(report)
    return write_figures(paper.frame, paper.blocks)
