"""The roadmap for Word and for spreadsheets: made by the worker, opened by others, read again to the same outline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, Role
from roadmap.blueprints import Template, lay_out, templates
from roadmap.outline import Outline, outline_to_json
from roadmap.papers import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper
from roadmap.papers.spreadsheet import write_xlsx
from roadmap.papers.word import write_docx
from roadmap.reading import read_document
from tests.factories import actor_of, full_programme
from tests.roadmap.documents import draw

LogIn = Callable[[Actor], Client]
HERE = Path(__file__).parent / "documents"
DOCUMENTS = [*sorted(HERE.glob("*.txt")), *sorted((HERE / "drawn").glob("*.txt"))]
WRITERS = {"docx": write_docx, "xlsx": write_xlsx}


def outline_of(document: Path) -> Outline:
    if document.parent != HERE:
        return read_document(draw(document.read_text()), f"{document.stem}.docx").outline
    return read_document(document.read_bytes(), document.name).outline


def paper_of(outline: Outline) -> RoadmapPaper:
    return RoadmapPaper(
        organisation=outline.organisation or "",
        title=outline.title or "",
        preamble=outline.preamble or "",
        columns=tuple(PaperColumn(column.kind, column.title) for column in outline.columns),
        approvals=tuple(
            PaperApproval(row.word, row.by or "", row.person or "", row.basis or "", row.date, row.number or "")
            for row in outline.approvals
        ),
        stages=tuple(
            PaperStage(
                stage.number or "",
                stage.name,
                stage.goal or "",
                stage.task or "",
                stage.result or "",
                tuple(
                    PaperActivity(
                        row.number or "", row.section or "", row.text, row.term.text, row.responsible.text, row.extra
                    )
                    for row in stage.activities
                ),
            )
            for stage in outline.stages
        ),
    )


def said(outline: Outline) -> dict[str, object]:
    """What a file has to give back; bullets and blank lines between paragraphs are the paper's own."""
    told = outline_to_json(outline)
    preamble = [line.lstrip("·•▪●○*–—- \t") for line in (told["preamble"] or "").split("\n") if line.strip()]
    kept = ("title", "organisation", "period", "approvals", "stages")
    return {**{name: told[name] for name in kept}, "preamble": preamble}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_file_read_again_is_the_same_roadmap(document: Path, ending: str) -> None:
    outline = outline_of(document)

    written = WRITERS[ending](paper_of(outline))

    assert said(read_document(written, f"карта.{ending}").outline) == said(outline)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("template", templates(), ids=lambda template: template.key)
def test_a_template_with_its_stamps_still_to_be_filled_in_is_read_again_as_it_was(
    template: Template, ending: str
) -> None:
    outline = lay_out(template, school="МБОУ «СОШ № 12»", organisation="Школа № 12", starts_on=date(2026, 9, 1))

    written = WRITERS[ending](paper_of(outline))

    read = read_document(written, f"карта.{ending}").outline
    assert bare(read) == bare(outline)


def bare(outline: Outline) -> dict[str, object]:
    """Without the days: a template may be for a time that its words do not say."""
    told = said(outline)
    stages: Any = told.pop("stages")
    del told["period"], told["organisation"]
    for activity in (activity for stage in stages for activity in stage["activities"]):
        del activity["term"]["windows"]
    return {**told, "stages": stages}


def small(text: str = "Встреча") -> RoadmapPaper:
    activity = PaperActivity("1.1", "", text, "Сентябрь 2026", "Куратор")
    stage = PaperStage("1", "Подготовка", "", "", "", (activity,))
    return RoadmapPaper("Школа", "Дорожная карта", "", (), (), (stage,))


def test_word_finds_a_table_whose_heading_stands_on_every_page() -> None:
    document = docx.Document(BytesIO(write_docx(small())))

    [table] = document.tables
    assert table.style is not None
    assert (table.style.name, [cell.text for cell in table.rows[0].cells]) == (
        "Table Grid",
        ["№ п/п", "Мероприятие", "Сроки", "Ответственный"],
    )
    assert [row._tr.xpath("boolean(w:trPr/w:tblHeader)") for row in table.rows] == [True, False, False]
    assert [paragraph.style.name for paragraph in document.paragraphs if paragraph.style] == ["Subtitle", "Title"]


@pytest.mark.parametrize(("columns", "across"), [(4, False), (5, True)])
def test_five_columns_lie_across_the_sheet(columns: int, across: bool) -> None:
    kinds = ("number", "activity", "term", "responsible", "result")[:columns]
    paper = replace(small(), columns=tuple(PaperColumn(kind, kind) for kind in kinds))

    section = docx.Document(BytesIO(write_docx(paper))).sections[0]
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(paper))).active
    assert sheet is not None

    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width > section.page_height, sheet.page_setup.orientation) == (
        across,
        "landscape" if across else "portrait",
    )


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-5", "@SUM(A1)", '=HYPERLINK("http://x.test")'])
def test_no_text_becomes_a_formula(text: str) -> None:
    written = write_xlsx(small(text))

    rows = CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_index(0).to_python()
    assert text in [cell for row in rows for cell in row]
    with ZipFile(BytesIO(written)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_signs_no_file_can_hold_are_left_out() -> None:
    outline = outline_of(DOCUMENTS[0])

    for write in WRITERS.values():
        assert write(replace(paper_of(outline), title="Дорожная\x07 карта"))


@pytest.mark.django_db
@pytest.mark.parametrize("ending", WRITERS)
def test_the_worker_makes_the_file_and_its_school_alone_takes_it(log_in: LogIn, ending: str) -> None:
    programme = full_programme()
    curator, stranger = actor_of(Role.CURATOR, programme.school), actor_of(Role.CURATOR)

    asked = log_in(curator).post(reverse(f"roadmap:programme_{ending}", args=(programme.pk,)))
    run_due_jobs()
    job = Job.objects.get()
    address = reverse("roadmap:programme_paper_file", args=(programme.pk, job.pk))

    assert (asked.status_code, job.state) == (302, JobState.DONE)
    assert job.result is not None
    assert b"".join(log_in(curator).get(address)) == read_file(job.result)
    assert log_in(stranger).get(address).status_code == 404
    assert log_in(stranger).post(reverse(f"roadmap:programme_{ending}", args=(programme.pk,))).status_code == 404
    assert log_in(actor_of(Role.MENTOR, programme.school)).get(address).status_code == 403
