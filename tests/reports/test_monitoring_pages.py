"""The pages of monitoring reports: who opens what, what is written, approved, taken back, and seen of all schools."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Role, School
from participants.models import Enrolment
from reports.models import MonitoringReport, ReportState
from reports.services.monitoring.figures import figures_of
from reports.services.monitoring.keeping import approve_report
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS
from tests.factories import CycleFactory, MonitoringReportFactory, SchoolFactory, actor_of, installation_admin
from tests.reports.monitoring import CONCLUSION, SWOT, TOTALS, filled_by_curator, poor_report, rich_report, year_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def address(name: str, *args: object) -> str:
    return reverse(f"reports:monitoring_{name}", args=args)


def school_of(report: MonitoringReport) -> School:
    return report.cycle.programme.school


def typed(report: MonitoringReport, **changed: object) -> dict[str, object]:
    """The form of a draft as the page shows it, with these fields typed otherwise."""
    fields: dict[str, object] = {
        "seen": report.revision,
        "as_of": report.as_of.isoformat(),
        "satisfied_from": report.satisfied_from,
        "conclusion": report.conclusion,
        **{f"swot_{key}": text for key, text in report.swot.items()},
        **{f"total_{key}": value for key, value in report.totals.items()},
    }
    return {**fields, **changed}


def approved(report: MonitoringReport) -> MonitoringReport:
    head = actor_of(Role.ADMINISTRATOR, school_of(report))
    return approve_report(report=report, seen_revision=report.revision, by=head)


# ---------------------------------------------------------------- making


def test_a_report_begins_with_what_the_swot_survey_says(log_in: LogIn) -> None:
    cycle = year_of()
    filled_by_curator(cycle, "swot", SWOT)
    client = log_in(actor_of(Role.CURATOR, cycle.programme.school))

    answer = client.post(address("new"), {"cycle": cycle.pk, "as_of": timezone.localdate().isoformat()})

    report = MonitoringReport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("show", report.pk))
    assert (report.swot, report.state, report.revision) == (SWOT, ReportState.DRAFT, 0)
    assert Event.objects.filter(verb="draft", thing=f"monitoringreport:{report.pk}").count() == 1


@pytest.mark.parametrize(("days", "words"), [(1, "ещё не наступил"), (-400, "раньше первого дня")])
def test_a_day_that_can_not_be_is_refused_at_its_field(log_in: LogIn, days: int, words: str) -> None:
    cycle = year_of()
    day = timezone.localdate() + timedelta(days=days)
    client = log_in(actor_of(Role.CURATOR, cycle.programme.school))

    answer = client.post(address("new"), {"cycle": cycle.pk, "as_of": day.isoformat()})

    assert answer.status_code == 400
    assert words in answer.text
    assert day.isoformat() in answer.text
    assert not MonitoringReport.objects.exists()


def test_the_year_of_another_school_can_not_be_chosen(log_in: LogIn) -> None:
    own, other = year_of(), CycleFactory()
    client = log_in(actor_of(Role.CURATOR, own.programme.school))

    answer = client.post(address("new"), {"cycle": other.pk, "as_of": timezone.localdate().isoformat()})

    assert answer.status_code == 400
    assert not MonitoringReport.objects.exists()


def test_the_list_takes_the_same_queries_for_one_report_and_for_three(log_in: LogIn) -> None:
    report = poor_report()
    client = log_in(actor_of(Role.CURATOR, school_of(report)))
    client.get(address("list"))
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address("list"))
        counts.append(len(queries))
        MonitoringReportFactory.create_batch(2, cycle=report.cycle)

    assert "1 отчёт о мониторинге" in page.text or "3 отчёта о мониторинге" in page.text
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- writing


def test_what_is_typed_is_saved_and_stands_in_the_report(log_in: LogIn) -> None:
    report = rich_report(conclusion="", totals={}, swot={})
    client = log_in(actor_of(Role.CURATOR, school_of(report)))
    told = {f"swot_{key}": text for key, text in SWOT.items()} | {f"total_{key}": n for key, n in TOTALS.items()}

    answer = client.post(address("edit", report.pk), typed(report, **told, conclusion=CONCLUSION, satisfied_from=9))

    report.refresh_from_db()
    assert answer.status_code == 302
    assert (report.swot, report.totals, report.satisfied_from, report.revision) == (SWOT, TOTALS, 9, 1)
    page = client.get(address("show", report.pk)).text
    assert "9\xa0баллов и больше из 10" in page
    assert "Перегрузка учителей отчётами" in page


def test_a_whole_smaller_than_its_part_is_refused_and_nothing_typed_is_lost(log_in: LogIn) -> None:
    report = rich_report()
    client = log_in(actor_of(Role.CURATOR, school_of(report)))

    answer = client.post(address("edit", report.pk), typed(report, total_1=29, conclusion="Иные выводы"))

    report.refresh_from_db()
    assert answer.status_code == 400
    assert "Это меньше, чем уже участвует. Проверьте число." in answer.text
    assert "Иные выводы" in answer.text
    assert report.conclusion == CONCLUSION


def test_of_two_curators_the_slower_sees_what_the_other_wrote_and_loses_nothing(log_in: LogIn) -> None:
    report = rich_report()
    school = school_of(report)
    first, second = (log_in(actor_of(Role.CURATOR, school)) for _ in range(2))
    form = typed(report)

    first.post(address("edit", report.pk), {**form, "conclusion": "Первые выводы"})
    answer = second.post(address("edit", report.pk), {**form, "conclusion": "Вторые выводы"})

    report.refresh_from_db()
    assert (answer.status_code, report.conclusion) == (409, "Первые выводы")
    assert "Первые выводы" in answer.text
    assert "Вторые выводы" in answer.text
    assert (
        second.post(address("edit", report.pk), {**form, "seen": 1, "conclusion": "Вторые выводы"}).status_code == 302
    )


def test_a_draft_is_deleted_and_an_approved_report_is_not(log_in: LogIn) -> None:
    draft, kept = poor_report(), approved(rich_report(SchoolFactory()))
    for report in (draft, kept):
        client = log_in(actor_of(Role.CURATOR, school_of(report)))
        client.post(address("remove", report.pk), {"seen": report.revision})

    assert list(MonitoringReport.objects.all()) == [kept]


# ---------------------------------------------------------------- approving


def test_frozen_figures_stay_whatever_is_entered_later(log_in: LogIn) -> None:
    report = rich_report()
    before = figures_of(report)
    report = approved(report)

    Enrolment.objects.filter(cycle=report.cycle, side="mentee").update(state="refused", left_on=timezone.localdate())
    report = MonitoringReport.objects.get(pk=report.pk)

    assert figures_of(report) == before
    report.state = ReportState.DRAFT
    assert figures_of(report) != before


def test_a_report_without_conclusions_is_not_approved(log_in: LogIn) -> None:
    report = poor_report()
    client = log_in(actor_of(Role.ADMINISTRATOR, school_of(report)))

    answer = client.post(address("approve", report.pk), {"seen": report.revision})

    report.refresh_from_db()
    assert (answer.status_code, report.state) == (400, ReportState.DRAFT)
    assert "Выводы ещё не написаны" in answer.text


def test_an_administrator_approves_what_he_has_seen(log_in: LogIn) -> None:
    report = rich_report()
    client = log_in(actor_of(Role.ADMINISTRATOR, school_of(report)))

    stale = client.post(address("approve", report.pk), {"seen": 7})
    done = client.post(address("approve", report.pk), {"seen": report.revision})

    report.refresh_from_db()
    assert (stale.status_code, done.status_code, report.state) == (409, 302, ReportState.APPROVED)
    assert report.frozen is not None
    assert report.frozen["counts"][0]["cells"][-1][-1] == 30
    assert log_in(actor_of(Role.CURATOR, school_of(report))).get(address("edit", report.pk)).status_code == 302


def test_an_approval_is_taken_back_for_a_reason_the_curator_reads(log_in: LogIn) -> None:
    report = approved(rich_report())
    head = log_in(actor_of(Role.ADMINISTRATOR, school_of(report)))

    empty = head.post(address("back", report.pk), {"seen": report.revision, "reason": " "})
    done = head.post(address("back", report.pk), {"seen": report.revision, "reason": "Проверьте знаменатели"})

    report.refresh_from_db()
    assert (empty.status_code, done.status_code) == (400, 302)
    assert (report.state, report.frozen, report.taken_back) == (ReportState.DRAFT, None, "Проверьте знаменатели")
    page = log_in(actor_of(Role.CURATOR, school_of(report))).get(address("show", report.pk))
    assert "Проверьте знаменатели" in page.text
    assert "Проверьте знаменатели" not in str([event.detail for event in Event.objects.all()])


# ---------------------------------------------------------------- who opens what


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_door(role: Role, log_in: LogIn) -> None:
    report = rich_report()
    client = log_in(actor_of(role, school_of(report)))

    opened = {
        name: client.get(address(name, report.pk)).status_code
        for name in ("show", "figures", "edit", "remove", "approve")
    }

    reads, keeps, approves = role in SURVEY_READERS, role in SURVEY_KEEPERS, role == Role.ADMINISTRATOR
    expected = {"show": reads, "figures": reads, "edit": keeps, "remove": keeps, "approve": approves}
    assert opened == {name: 200 if may else 403 for name, may in expected.items()}
    assert client.get(address("schools")).status_code == 403


def test_another_school_finds_no_such_report(log_in: LogIn) -> None:
    report = rich_report()
    client = log_in(actor_of(Role.CURATOR, SchoolFactory()))

    assert [client.get(address(name, report.pk)).status_code for name in ("show", "edit", "figures")] == [404] * 3
    assert client.post(address("pdf", report.pk)).status_code == 404


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_paper_is_made_by_a_job_and_no_more_given_once_the_report_has_changed(ending: str, log_in: LogIn) -> None:
    report = rich_report()
    client = log_in(actor_of(Role.PSYCHOLOGIST, school_of(report)))

    asked = client.post(address(ending, report.pk))
    run_due_jobs()

    job = Job.objects.get()
    assert asked["Location"] == reverse("core:job_show", args=(job.pk,))
    taken = client.get(address("file", report.pk, job.pk))
    assert (taken.status_code, f".{ending}" in taken["Content-Disposition"]) == (200, True)
    assert Event.objects.filter(verb="download").count() == 1
    MonitoringReport.objects.update(conclusion="Другие выводы")
    assert client.get(address("file", report.pk, job.pk)).status_code == 302


# ---------------------------------------------------------------- all schools


def sheet_of(data: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def test_the_installation_sees_the_newest_approved_figures_of_each_school(log_in: LogIn) -> None:
    told = approved(rich_report(SchoolFactory(short_name="Школа № 7")))
    MonitoringReportFactory(cycle=told.cycle, as_of=told.as_of - timedelta(days=9), approved=True)
    poor_report(SchoolFactory(short_name="Школа № 8"))
    client = log_in(installation_admin())

    page, rows = client.get(address("schools")), sheet_of(client.get(address("schools_file")).content)

    assert f"1 из {School.objects.count()} школ" in page.text
    day = f"{told.as_of:%d.%m.%Y}"
    told_of = {row[0]: row for row in rows}
    first, second = told_of["Школа № 7"], told_of["Школа № 8"]
    assert first[:7] == ("Школа № 7", "2026–2027", day, 30, 14, 14, 27)
    assert first[7:] == (7.28, 6.15, 0, 16.67, 69.23, 100, 15, "оптимальный уровень")
    assert second[:2] == ("Школа № 8", "утверждённого отчёта нет")
    assert CONCLUSION.splitlines()[0] not in page.text
    assert Event.objects.filter(verb="export", school=None).count() == 1


def test_the_page_of_all_schools_takes_the_same_queries_for_one_and_for_three(log_in: LogIn) -> None:
    client = log_in(installation_admin())
    counts: list[int] = []
    for _more in range(2):
        MonitoringReportFactory.create_batch(1 + len(counts), approved=True)
        client.get(address("schools"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("schools"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
