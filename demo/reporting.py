"""The monitoring reports of the demo: a draft in the year under way, and the approved one of a year that is over."""

from __future__ import annotations

from datetime import date, timedelta

from core.actors import Actor
from demo.askings import Report
from demo.pairs import moment
from reports.models import MonitoringReport
from reports.services.monitoring.keeping import approve_report, change_report, make_report
from roadmap.models import Cycle


def write_report(report: Report, *, cycle: Cycle, today: date, curator: Actor, head: Actor) -> None:
    is_over = cycle.ends_on < today
    as_of = cycle.ends_on if is_over else today
    draft = make_report(cycle=cycle, as_of=as_of, by=curator)
    written = change_report(
        report=draft,
        seen_revision=draft.revision,
        as_of=as_of,
        swot=draft.swot,
        totals=report.totals,
        satisfied_from=draft.satisfied_from,
        conclusion=report.conclusion,
        by=curator,
    )
    if is_over:
        approve_report(report=written, seen_revision=written.revision, by=head)
        at = moment(as_of, 15, cycle.programme.school)
        MonitoringReport.objects.filter(pk=draft.pk).update(created_at=at - timedelta(days=2), approved_at=at)
