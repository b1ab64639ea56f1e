"""The life of a monitoring report: made, written, approved, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.models import Role, School
from core.states import move
from participants.services.cycles import today_in
from reports.models import MonitoringReport, ReportState
from reports.papers.monitoring import figures_to_json
from reports.services.monitoring.answers import swot_of
from reports.services.monitoring.figures import count_figures
from roadmap.models import Cycle


class ReportRefused(DomainError):
    """The report can not be so; the text says why and what to do."""


class ReportChanged(TransitionRefused):
    """Someone has changed the report since this person looked at it."""


def make_report(*, cycle: Cycle, as_of: date, by: Actor) -> MonitoringReport:
    """A draft of the year as of the day, its SWOT table begun with what the SWOT surveys say. Raises ReportRefused."""
    refuse_day(cycle, as_of)
    with transaction.atomic():
        report = MonitoringReport.objects.create(
            cycle=cycle, as_of=as_of, swot=swot_of(cycle, as_of), created_by=by.user
        )
        record_event(verb="draft", thing=report, school=cycle.programme.school, to_state=report.state, by=by)
    return report


def change_report(
    *,
    report: MonitoringReport,
    seen_revision: int,
    as_of: date,
    swot: Mapping[str, str],
    totals: Mapping[str, int],
    satisfied_from: int,
    conclusion: str,
    by: Actor,
) -> MonitoringReport:
    """Write what people write of a draft. Raises ReportChanged, TransitionRefused, ReportRefused."""
    refuse_day(report.cycle, as_of)
    columns = {
        "as_of": as_of,
        "swot": dict(swot),
        "totals": dict(totals),
        "satisfied_from": satisfied_from,
        "conclusion": conclusion,
    }
    with transaction.atomic():
        row = _locked_draft(report, seen_revision)
        changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
        for name, value in columns.items():
            setattr(row, name, value)
        row.revision += 1
        row.save(update_fields=(*columns, "revision"))
        record_event(verb="change", thing=row, school=_school(row), detail={"columns": changed}, by=by)
    return row


def approve_report(*, report: MonitoringReport, seen_revision: int, by: Actor) -> MonitoringReport:
    """Approve a draft and keep every figure as it is now. Raises ReportRefused, ReportChanged, TransitionRefused."""
    _refuse_other_roles(by)
    with transaction.atomic():
        row = _locked_draft(report, seen_revision)
        if not row.conclusion.strip():
            raise ReportRefused(_("The conclusions are not written yet. The curator has to write them first."))
        row.frozen = figures_to_json(count_figures(row))
        row.approved_by, row.approved_at, row.taken_back = by.user, timezone.now(), ""
        row.revision += 1
        also = ("frozen", "approved_by", "approved_at", "taken_back", "revision")
        move(row, ReportState.APPROVED, school=_school(row), also=also, by=by)
    return row


def take_report_back(*, report: MonitoringReport, seen_revision: int, reason: str, by: Actor) -> MonitoringReport:
    """Make an approved report a draft again, for a reason the curator reads; its frozen figures are gone.

    Raises ReportRefused, ReportChanged, TransitionRefused.
    """
    _refuse_other_roles(by)
    if not reason.strip():
        raise ReportRefused(_("Say why the approval is taken back: the curator has to know what to mend."))
    with transaction.atomic():
        row = _locked(report)
        if row.state != ReportState.APPROVED:
            raise TransitionRefused(_("The approval of this report was taken back meanwhile."))
        _refuse_stale(row, seen_revision)
        row.frozen, row.approved_by, row.approved_at, row.taken_back = None, None, None, reason.strip()
        row.revision += 1
        also = ("frozen", "approved_by", "approved_at", "taken_back", "revision")
        move(row, ReportState.DRAFT, school=_school(row), also=also, by=by)
    return row


def remove_report(*, report: MonitoringReport, seen_revision: int, by: Actor) -> None:
    """Throw a draft away. Raises ReportChanged, TransitionRefused."""
    with transaction.atomic():
        row = _locked_draft(report, seen_revision)
        record_event(verb="remove", thing=row, school=_school(row), from_state=row.state, by=by)
        row.delete()


def refuse_day(cycle: Cycle, as_of: date) -> None:
    """Raises ReportRefused for a day before the year, or one that has not come yet."""
    if as_of < cycle.starts_on:
        raise ReportRefused(_("This day is before the first day of the year %(year)s.") % {"year": cycle.label})
    if as_of > today_in(cycle.programme.school):
        raise ReportRefused(_("This day has not come yet. Choose today or an earlier day."))


def _locked(report: MonitoringReport) -> MonitoringReport:
    rows = MonitoringReport.objects.select_for_update(of=("self",)).select_related("cycle__programme__school")
    row = rows.filter(pk=report.pk).first()
    if row is None:
        raise TransitionRefused(_("This draft was deleted meanwhile."))
    return row


def _locked_draft(report: MonitoringReport, seen_revision: int) -> MonitoringReport:
    row = _locked(report)
    if row.state != ReportState.DRAFT:
        raise TransitionRefused(_("This report is approved; nothing in it changes any more."))
    _refuse_stale(row, seen_revision)
    return row


def _refuse_stale(row: MonitoringReport, seen_revision: int) -> None:
    if row.revision != seen_revision:
        raise ReportChanged(
            _("Someone has changed this report since you opened it. Look at it again before you go on.")
        )


def _refuse_other_roles(by: Actor) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise ReportRefused(_("Only an administrator approves a report and takes the approval back."))


def _school(report: MonitoringReport) -> School:
    return report.cycle.programme.school
