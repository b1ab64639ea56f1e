"""The roadmap as PDF: asked for in the browser, made by the worker, taken as a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs, start_job
from core.models import Event, Job, JobState, Role
from roadmap.models import Activity, Approval, Programme, Stage
from roadmap.services.drafts import open_draft
from roadmap.services.papers import ROADMAP_PDF, roadmap_paper_key
from roadmap.services.programmes import make_programme
from tests.factories import actor_of, full_programme
from tests.payloads import CANARY, listening, payloads

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def printed(programme: Programme) -> bytes:
    """The PDF of the programme as the worker makes it."""
    curator = actor_of(Role.CURATOR, programme.school)
    key = roadmap_paper_key(programme, ROADMAP_PDF)
    job = start_job(key=key, kind=ROADMAP_PDF, payload={"programme": programme.pk}, by=curator)
    run_due_jobs()
    job.refresh_from_db()
    assert job.result is not None, job.error
    return read_file(job.result)


def bare(text: str) -> str:
    return "".join(text.split())


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def fonts(pdf: bytes) -> list[Any]:
    found: dict[str, Any] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found[font.get_object()["/BaseFont"]] = font.get_object()
    return list(found.values())


def test_a_curator_asks_waits_and_takes_the_file(log_in: LogIn) -> None:
    curator = actor_of(Role.CURATOR)
    programme = full_programme(curator.school)
    browser = log_in(curator)

    answer = browser.post(reverse("roadmap:programme_pdf", args=(programme.pk,)))
    job = Job.objects.get()
    waiting = browser.get(answer["Location"])
    run_due_jobs()
    ready = browser.get(answer["Location"])
    address = reverse("roadmap:programme_paper_file", args=(programme.pk, job.pk))
    file = browser.get(address)

    assert answer["Location"] == reverse("core:job_show", args=(job.pk,))
    assert ("Готовим" in waiting.text, "Готово" in ready.text, address in ready.text) == (True, True, True)
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert "attachment" in file["Content-Disposition"]
    assert Event.objects.filter(verb="download", actor=curator.pseudonym).count() == 1


def test_asking_twice_for_the_same_paper_makes_it_once_and_a_change_makes_another(log_in: LogIn) -> None:
    curator = actor_of(Role.CURATOR)
    programme = full_programme(curator.school, activities=7)
    browser, address = log_in(curator), reverse("roadmap:programme_pdf", args=(programme.pk,))

    first, second = browser.post(address)["Location"], browser.post(address)["Location"]
    Activity.objects.filter(stage__programme=programme).update(text="Иначе")
    third = browser.post(address)["Location"]

    assert (first == second, first == third, Job.objects.count()) == (True, False, 2)


def test_there_is_no_file_before_it_is_made_nor_for_another_programme(log_in: LogIn) -> None:
    curator = actor_of(Role.CURATOR)
    programme, other = full_programme(curator.school, activities=7), full_programme(curator.school, activities=7)
    browser = log_in(curator)
    browser.post(reverse("roadmap:programme_pdf", args=(programme.pk,)))
    job = Job.objects.get()

    before = browser.get(reverse("roadmap:programme_paper_file", args=(programme.pk, job.pk)))
    run_due_jobs()
    elsewhere = browser.get(reverse("roadmap:programme_paper_file", args=(other.pk, job.pk)))
    after = browser.get(reverse("roadmap:programme_paper_file", args=(programme.pk, job.pk)))

    assert (before.status_code, elsewhere.status_code, after.status_code) == (404, 404, 200)


@pytest.mark.parametrize("role", Role)
def test_only_those_who_answer_for_the_roadmap_print_it(role: Role, log_in: LogIn) -> None:
    actor = actor_of(role)
    programme = full_programme(actor.school, activities=7)
    printed(programme)
    browser, job = log_in(actor), Job.objects.get()

    asked = browser.post(reverse("roadmap:programme_pdf", args=(programme.pk,)))
    taken = browser.get(reverse("roadmap:programme_paper_file", args=(programme.pk, job.pk)))

    may = role in {Role.CURATOR, Role.ADMINISTRATOR}
    assert (asked.status_code, taken.status_code) == ((302, 200) if may else (403, 403))


def test_another_schools_paper_is_not_there(log_in: LogIn) -> None:
    programme = full_programme(activities=7)
    printed(programme)
    browser = log_in(actor_of(Role.CURATOR))

    asked = browser.post(reverse("roadmap:programme_pdf", args=(programme.pk,)))
    taken = browser.get(reverse("roadmap:programme_paper_file", args=(programme.pk, Job.objects.get().pk)))
    shown = browser.get(reverse("core:job_show", args=(Job.objects.get().pk,)))

    assert (asked.status_code, taken.status_code, shown.status_code) == (404, 404, 404)


def test_a_programme_that_is_gone_fails_its_job_and_nothing_else() -> None:
    programme = full_programme(activities=7)
    key = roadmap_paper_key(programme, ROADMAP_PDF)
    payload: dict[str, object] = {"programme": programme.pk + 1}
    job = start_job(key=key, kind=ROADMAP_PDF, payload=payload, by=actor_of(Role.CURATOR, programme.school))

    run_due_jobs()

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.WAITING, "DoesNotExist")


def test_every_activity_is_on_the_paper_under_a_header_on_every_page() -> None:
    programme = full_programme()
    sheets = pages(printed(programme))

    whole = bare("".join(sheets))
    lines = Activity.objects.filter(stage__programme=programme).values_list("number", "text", "term_text")
    assert [line for line in lines if bare("".join(line)) not in whole] == []
    assert all(bare("№ п/п Мероприятие Сроки Ответственный") in bare(sheet) for sheet in sheets)
    assert [bare(name) in whole for name in programme.stages.values_list("name", flat=True)] == [True] * 7


@pytest.mark.parametrize("document", ["one_list", "three_years", "with_sections", "kindergarten", "lost_columns"])
def test_each_shape_of_document_comes_back_whole_in_its_own_columns(document: str) -> None:
    curator = actor_of(Role.CURATOR)
    data = (Path(__file__).parent / "documents" / f"{document}.txt").read_bytes()
    programme = make_programme(draft=open_draft(data=data, name="Карта.txt", by=curator), by=curator)

    pdf = printed(programme)

    whole, sheets = bare("".join(pages(pdf))), [bare(sheet) for sheet in pages(pdf)]
    lines = Activity.objects.filter(stage__programme=programme)
    assert [line.text for line in lines if not all(bare(part) in whole for part in line.text.splitlines())] == []
    terms = {bare(part) for line in lines for part in line.term_text.splitlines()}
    assert {term for term in terms if term not in whole} == set()
    header = bare("".join(column["title"] for column in programme.columns))
    tabled = [header in sheet for sheet in sheets]
    assert (tabled[-1], tabled == sorted(tabled)) == (True, True)
    assert len(fonts(pdf)) == 2


def test_pages_are_numbered_from_the_second_on() -> None:
    sheets = pages(printed(full_programme(activities=80)))

    numbers = [re.search(r"\n(\d+)$", sheet.rstrip()) for sheet in sheets]

    assert len(sheets) > 2
    assert [number and number[1] for number in numbers] == [None, *map(str, range(2, len(sheets) + 1))]


def test_the_file_is_tagged_archivable_russian_and_carries_its_fonts() -> None:
    pdf = printed(full_programme(activities=7))
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    described = root["/Metadata"].get_data().decode()  # type: ignore[index]

    assert ('pdfaid:part="3"' in described, 'pdfaid:conformance="A"' in described) == (True, True)
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert ("/StructTreeRoot" in root, root["/Lang"]) == (True, "ru")  # type: ignore[index, operator]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"  # type: ignore[index]
    families = [font["/BaseFont"].split("+")[1] for font in fonts(pdf)]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts(pdf)]
    assert sorted(families) == ["Paper", "Paper-Bold"]
    assert [("/FontFile2" in row, "/ToUnicode" in font) for row, font in zip(descriptors, fonts(pdf), strict=True)] == [
        (True, True),
        (True, True),
    ]


def test_the_same_programme_gives_the_same_bytes() -> None:
    programme = full_programme(activities=7)

    first = printed(programme)
    Job.objects.all().delete()

    assert printed(programme) == first


def test_fifty_payloads_in_every_text_field_reach_nothing(tmp_path: Path) -> None:
    file = tmp_path / "canary.txt"
    file.write_text(CANARY)
    programme = full_programme(activities=50)
    with listening() as (address, asked):
        texts = payloads(address, file)
        every = " ".join(texts)
        columns = [{"kind": kind, "title": texts[0]} for kind in ("number", "activity", "term", "responsible")]
        Programme.objects.update(
            title=every[:1000], organisation=every[:1000], preamble="\n".join(texts), columns=columns
        )
        Approval.objects.update(
            word=every[:60], by=every[:300], person=every[:200], basis=every[:300], number=every[:40]
        )
        Stage.objects.filter(place=1).update(number=every[:20], name=every[:500], goal=every, task=every, result=every)
        for activity, text in zip(Activity.objects.order_by("pk"), texts, strict=True):
            Activity.objects.filter(pk=activity.pk).update(
                number=text[:20], section=text, text=text, term_text=text[:500], responsible_text=text
            )
        programme.refresh_from_db()
        pdf = printed(programme)

    reader = PdfReader(BytesIO(pdf))
    size: Any = reader.trailer["/Size"]
    objects: list[Any] = [reader.get_object(number) for number in range(1, size)]
    streams = [item.get_data() for item in objects if hasattr(item, "get_data")]
    text = "".join(pages(pdf))
    assert asked == []
    assert [stream for stream in streams if CANARY.encode() in stream] == []
    assert (CANARY in text, "/Names" in reader.root_object) == (False, False)
    assert bare(texts[0]) in bare(text)


def test_a_web_process_does_not_load_the_pdf_engine() -> None:
    code = "import django; django.setup(); import mentoring.urls, sys; raise SystemExit('weasyprint' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, check=False)

    assert done.returncode == 0
