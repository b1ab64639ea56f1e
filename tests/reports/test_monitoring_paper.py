"""The monitoring report on the page, in print, in Word and in a spreadsheet: the same figures, and of nobody by name."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader
from scipy.linalg import null_space

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, Role
from participants.models import Consent, ConsentState, Person, Side
from reports.models import MonitoringReport
from reports.papers.monitoring import (
    LEAST,
    Block,
    figures_from_json,
    figures_to_json,
    hide_small,
    text_of,
)
from reports.papers.monitoring.blocks import HIDDEN, Table, counted
from reports.services.monitoring.figures import count_figures
from reports.services.monitoring.papers import figures_workbook, print_report, read_report
from tests.factories import actor_of
from tests.reports.monitoring import parts_of, poor_report, rich_report

LogIn = Callable[[Actor], Client]
MAKERS = pytest.mark.parametrize("make", [rich_report, poor_report])


def bare(text: str) -> str:
    """Without any white space: papers break their lines where they like."""
    return re.sub(r"\s", "", text)


def tables_of(blocks: list[Block]) -> Iterator[Table]:
    return (block.table for block in blocks if block.table is not None)


def cells_of(blocks: list[Block]) -> list[str]:
    return [text for table in tables_of(blocks) for line in (table.head, *table.lines) for text in line]


def page_of(report: MonitoringReport, log_in: LogIn) -> str:
    client = log_in(actor_of(Role.CURATOR, report.cycle.programme.school))
    answer = client.get(reverse("reports:monitoring_show", args=(report.pk,)))
    assert answer.status_code == 200
    return answer.text


def printed(report: MonitoringReport, ending: str) -> bytes:
    job = print_report(report=report, ending=ending, by=actor_of(Role.CURATOR, report.cycle.programme.school))
    run_due_jobs()
    done = Job.objects.get(pk=job.pk)
    assert done.state == JobState.DONE
    assert done.result is not None
    return read_file(done.result)


def words_of_pdf(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


# ---------------------------------------------------------------- one set of figures


@pytest.mark.django_db
@MAKERS
def test_page_print_word_and_spreadsheet_carry_the_same_figures(make: Any, log_in: LogIn) -> None:
    report = make()
    blocks = read_report(report).blocks
    expected = cells_of(blocks)

    page = [
        html.unescape(re.sub(r"<[^>]+>", "", cell))
        for cell in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", page_of(report, log_in))
    ]
    word = docx.Document(io.BytesIO(printed(report, "docx")))
    in_word = [
        cell.text
        for table in word.tables
        for row in table.rows
        for cell in ([row.cells[0]] if row.cells[0]._tc is row.cells[-1]._tc else row.cells)
    ]
    in_print = bare(words_of_pdf(printed(report, "pdf")))

    assert [bare(text) for text in page] == [bare(text) for text in expected]
    assert [bare(text) for text in in_word] == [bare(text) for text in expected]
    assert [text for text in expected if bare(text) not in in_print] == []


@pytest.mark.django_db
@MAKERS
def test_charts_write_the_very_texts_of_their_tables(make: Any) -> None:
    blocks = read_report(make()).blocks
    charts = [block for block in blocks if block.svg]
    known = set(cells_of(blocks))

    drawn = [html.unescape(text) for one in charts for text in re.findall(r'class="value"[^>]*>([^<]+)<', one.svg)]
    assert [text for text in drawn if text not in known] == []
    assert len(charts) == (0 if make is poor_report else 4)


@pytest.mark.django_db
def test_the_spreadsheet_holds_the_figures_as_numbers() -> None:
    report = rich_report()
    blocks = read_report(report).blocks
    figures = [cell for table in tables_of(blocks) for row in table.rows for cell in row if not isinstance(cell, str)]

    book = load_workbook(io.BytesIO(figures_workbook(report)))
    kept = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [value for value in kept if isinstance(value, int | float)] == figures
    assert book.sheetnames == ["Участники", "Этап 1. Качество", "Этап 2. Влияние", "Показатели"]


@pytest.mark.django_db
@MAKERS
def test_no_paper_names_anybody_of_the_register(make: Any, log_in: LogIn) -> None:
    report = make()
    surnames = set(Person.objects.values_list("surname", flat=True))
    texts = [page_of(report, log_in), words_of_pdf(printed(report, "pdf"))]
    texts += cells_of(read_report(report).blocks)

    assert surnames
    assert [name for name in surnames if any(name in text for text in texts)] == []


@pytest.mark.django_db
def test_a_word_document_has_real_headings_and_pictures() -> None:
    word = docx.Document(io.BytesIO(printed(rich_report(), "docx")))

    headings = [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [
        "1. Участники программы",
        "2. Этап 1. Качество реализации программы",
        "3. Этап 2. Влияние программы на участников",
        "4. Показатели эффективности внедрения",
        "5. Выводы",
        "6. Источники данных и правила подсчёта",
    ]
    assert len(word.inline_shapes) == 4


# ---------------------------------------------------------------- small groups


@pytest.mark.django_db
def test_groups_of_fewer_than_five_are_hidden() -> None:
    figures = count_figures(poor_report())

    assert [one.people for one in figures.counts] == [None, None]
    assert figures.indicators[0].part is None
    assert [one.people for one in figures.influence] == [None, None]
    assert set(figures.counts[0].cells[0]) == {None, 0}


@pytest.mark.django_db
def test_a_parameter_measured_twice_of_three_people_has_no_figure() -> None:
    figures = count_figures(rich_report())

    few = next(line for line in figures.influence[0].lines if line.name == "Эмоциональное состояние")
    assert (few.size, few.entry, few.exit, few.percent, few.sentences) == (None, None, None, None, ())


@pytest.mark.django_db
def test_nobody_without_a_consent_in_force_is_counted() -> None:
    report = rich_report()
    mentee = report.cycle.enrolments.filter(side="mentee").first()
    assert mentee is not None
    before = count_figures(report).counts[0].people

    Consent.objects.filter(person=mentee.person).update(state=ConsentState.EXPIRED, ended_at=timezone.now())

    assert (before, count_figures(report).counts[0].people) == (30, 29)


@pytest.mark.django_db
def test_a_small_group_does_not_follow_from_an_indicator_beside_the_table() -> None:
    report = poor_report(totals={"1": 100})
    form = report.cycle.enrolments.get(side="mentor").form
    parts_of(report.cycle, form, Side.MENTEE, 9)
    parts_of(report.cycle, form, Side.MENTEE, 3, teacher=True)

    figures = count_figures(report)

    told = (figures.counts[0].people, figures.counts[0].cells[0][0], figures.indicators[0].part)
    shown: list[int] = [count for count in told if count is not None]
    assert [(one, other) for one in shown for other in shown if 0 < one - other < LEAST] == []


grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4)
)


def with_sums(counts: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


@given(grids)
def test_no_hidden_count_follows_from_what_is_shown(counts: list[list[int]]) -> None:
    grid = with_sums(counts)
    shown = hide_small(grid)

    places = [(row, column) for row, line in enumerate(grid) for column in range(len(line))]
    hidden = [place for place in places if shown[place[0]][place[1]] is None]
    small = [place for place in places if 0 < grid[place[0]][place[1]] < LEAST]
    assert set(small) <= set(hidden)
    assert all(shown[row][column] in (None, grid[row][column]) for row, column in places)
    if hidden:
        free = null_space(equations(hidden, len(grid), len(grid[0])))
        told = [place for number, place in enumerate(hidden) if not free.size or abs(free[number]).max() < 1e-9]
        assert told == []


def equations(hidden: list[tuple[int, int]], rows: int, columns: int) -> list[list[int]]:
    """Of each row and column: by how much each hidden count is in its balance, the sum less its parts."""

    def sign(place: int, last: int) -> int:
        return -1 if place == last else 1

    by_row = [[sign(column, columns - 1) if row == one else 0 for row, column in hidden] for one in range(rows)]
    by_column = [[sign(row, rows - 1) if column == one else 0 for row, column in hidden] for one in range(columns)]
    return by_row + by_column


@given(grids)
def test_no_sum_of_hidden_counts_below_five_follows_either(counts: list[list[int]]) -> None:
    grid = with_sums(counts)
    shown = hide_small(grid)

    lines = [list(zip(own, seen, strict=True)) for own, seen in zip(grid, shown, strict=True)]
    lines += [list(line) for line in zip(*lines, strict=True)]
    for *cells, (_total, seen_total) in lines:
        inside = sum(count for count, seen in cells if seen is None)
        assert seen_total is None or not 0 < inside < LEAST


# ---------------------------------------------------------------- how figures are kept and read


@pytest.mark.django_db
@MAKERS
def test_figures_come_back_from_json_as_they_were(make: Any) -> None:
    report = make()
    figures = count_figures(report)
    report.totals = {"kept": figures_to_json(figures)}
    report.save(update_fields=("totals",))
    report.refresh_from_db()

    assert figures_from_json(report.totals["kept"]) == figures


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (12, "12"), (100.0, "100"), (-1.25, "\u22121,25"), (2.345, "2,35"), (0.004, "0"), (HIDDEN, HIDDEN)],
)
def test_figures_are_written_as_russian_papers_have_them(value: Any, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(("number", "word"), [(1, "балл"), (2, "балла"), (5, "баллов"), (11, "баллов"), (21, "балл")])
def test_points_are_counted_in_russian(number: int, word: str) -> None:
    assert counted(number, "балл", "балла", "баллов") == f"{number}\u00a0{word}"
