"""What the installation's administrator sees of the monitoring of all schools: figures of approved reports alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.actors import Actor
from core.models import School
from reports.models import MonitoringReport, ReportState
from reports.papers.monitoring import Figures, figures_from_json
from reports.papers.monitoring.blocks import HIDDEN, NOTHING, Cell, count_cell, figure_cell, text_of
from reports.papers.monitoring.spreadsheet import write_schools

HEAD = (
    "Школа",
    "Учебный год",
    "По состоянию на",
    "Наставляемые",
    "Наставники",
    "Пары и группы",
    "Встречи",
    "Показатель 1, %",
    "Показатель 2, %",
    "Показатель 3, %",
    "Показатель 4, %",
    "Показатель 5, %",
    "Показатель 6, %",
    "Анкета куратора, баллы",
    "Уровень",
)
TITLE = "Мониторинг программ наставничества: последние утверждённые отчёты школ"


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school; without a report it has its name alone. `cells` go by `HEAD`, from the second column on."""

    name: str
    place: str
    cells: tuple[Cell, ...] = ()

    @property
    def texts(self) -> list[str]:
        return [text_of(cell) for cell in self.cells]


def school_rows(actor: Actor) -> list[SchoolRow]:
    """Every school of the installation with its newest approved report; nobody else sees any. Two queries."""
    if not actor.is_installation_admin:
        return []
    newest = _newest_reports()
    return [
        SchoolRow(school.short_name, school.place, _cells(newest[school.pk]) if school.pk in newest else ())
        for school in School.objects.visible_to(actor)
    ]


def schools_workbook(actor: Actor) -> bytes:
    """The same as a spreadsheet."""
    return write_schools(TITLE, HEAD, _lines(school_rows(actor)))


def _lines(rows: list[SchoolRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (row.name, *(row.cells or ("утверждённого отчёта нет",)))


def _newest_reports() -> dict[int, MonitoringReport]:
    rows = MonitoringReport.objects.filter(state=ReportState.APPROVED).select_related("cycle__programme")
    return {row.cycle.programme.school_id: row for row in rows.order_by("as_of", "pk")}


def _cells(report: MonitoringReport) -> tuple[Cell, ...]:
    figures = figures_from_json(report.frozen or {})
    people = {one.side: one.people for one in figures.counts}
    checklist = figures.checklist
    return (
        report.cycle.label,
        f"{report.as_of:%d.%m.%Y}",
        *(count_cell(people.get(side, 0)) for side in ("mentee", "mentor")),
        *(count_cell(count) for count in (figures.process.pairs, figures.process.meetings)),
        *_indicators(figures),
        checklist.total if checklist else NOTHING,
        checklist.level if checklist else NOTHING,
    )


def _indicators(figures: Figures) -> Iterator[Cell]:
    known = {one.number: one for one in figures.indicators}
    for number in range(1, 7):
        one = known.get(number)
        is_hidden = one is not None and one.part is None and one.whole is not None
        yield HIDDEN if is_hidden else figure_cell(one.percent if one else None)
