"""Sheets of slips for a class: who gets one, what stands on it, how long the PDF is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.tokens import digest
from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, Role, School, StoredFile
from core.pdf import render_pdf
from participants.models import Consent, Destruction, PersonalLink
from participants.papers.slips import TEMPLATE, TITLE, Slip, slips_context
from participants.services.carrying import carry_out
from participants.services.slip_printing import PeopleLeft, make_slips_pdf
from participants.services.slip_sheets import print_class, remove_printed_slips
from participants.services.withdrawal import withdraw_consent
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    PersonFactory,
    SchoolFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PAGE = "/slips/sheets/"


@pytest.fixture
def school() -> School:
    return SchoolFactory()


@pytest.fixture
def browser(school: School, log_in: LogIn) -> Client:
    return log_in(actor_of(Role.CURATOR, school))


def asked(school: School, class_name: str, **columns: Any) -> Consent:
    bond = GuardianshipFactory(minor=PersonFactory(school=school, class_name=class_name))
    return ConsentFactory(person=bond.minor, guardian=bond.guardian, **columns)


def printed(browser: Client, class_key: str) -> Job:
    browser.post(PAGE, {"class_key": class_key})
    run_due_jobs()
    return Job.objects.select_related("result").latest("pk")


def test_everyone_awaited_in_the_class_has_a_slip_whose_square_opens_his_link(browser: Client, school: School) -> None:
    wanted = [asked(school, "7 Б") for _ in range(11)]
    asked(school, "8 А")
    asked(school, "7 Б", in_force=True)

    job = printed(browser, wanted[0].person.class_key)
    answer = browser.get(f"{PAGE}{job.pk}/")

    assert (job.state, answer.status_code, answer["Content-Type"]) == (JobState.DONE, 200, "application/pdf")
    pdf = answer.content
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
    assert [text.count("Наведите на квадрат") for text in texts] == [10, 1]
    assert [row.person.surname in " ".join(texts) for row in wanted] == [True] * 11
    with pypdfium2.PdfDocument(pdf) as sheets:
        codes = [code.text for page in sheets for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    links = PersonalLink.objects.filter(token_hash__in=[digest(code.rstrip("/").split("/")[-1]) for code in codes])
    assert set(links.values_list("person", flat=True)) == {row.person_id for row in wanted}


@pytest.mark.parametrize("times", [1, 4])
def test_the_longest_names_cut_nothing_off_a_slip(times: int) -> None:
    long = "Константинопольско-Архангелогородецкий-Нижнеднепропетровско-Преображенский Максимилиан Константинович"
    slip = Slip(
        school="МБОУ «Средняя общеобразовательная школа с углублённым изучением отдельных предметов № 12»"[
            : 23 * times
        ],
        person=long[: 26 * times],
        place="11 «Естественно-научный»",
        guardian=long[: 26 * times],
        address="https://nastavnichestvo.shkola12.example/l/XmxGgJkyw2a9yD3yJ0So3NVbTS7GBE3ITwv5-zoqj8A/",
        last_day=date(2027, 5, 31),
    )
    points = 72 / 25.4

    pdf = render_pdf(TEMPLATE, slips_context([slip]), title=TITLE)

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        place = text.search("Не передавайте").get_next()
        assert place is not None
        bottom = text.get_charbox(place[0])[1]
        assert bottom > page.get_height() - (8 + 56 - 3) * points, "above the line that is cut along, less 3 mm"


@pytest.mark.parametrize("goes", ["withdraws", "is destroyed"])
def test_who_leaves_while_the_sheets_are_printed_stands_on_none(school: School, goes: str) -> None:
    by = actor_of(Role.CURATOR, school)
    stays, leaves = asked(school, "7 Б"), asked(school, "7 Б")
    EnrolmentFactory(person=leaves.person)
    job = print_class(class_key=stays.person.class_key, by=by)

    def leave(done: int, total: int) -> None:
        given = ConsentFactory(person=leaves.person, guardian=leaves.guardian, in_force=True)
        withdraw_consent(consent=given, by=by)
        if goes == "is destroyed":
            carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=by)

    with pytest.raises(PeopleLeft):
        make_slips_pdf(job, leave)
    assert StoredFile.objects.filter(purpose="slips").count() == 0
    made = make_slips_pdf(job, lambda done, total: None)

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(read_file(made))).pages)
    assert [words.count(row.person.surname) for row in (stays, leaves)] == [1, 0]


def test_a_destruction_takes_the_sheets_that_were_printed_before(browser: Client, school: School) -> None:
    by = actor_of(Role.CURATOR, school)
    given = asked(school, "7 Б", in_force=True)
    EnrolmentFactory(person=given.person)
    job = printed(browser, asked(school, "7 Б").person.class_key)
    withdraw_consent(consent=given, by=by)

    carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=by)

    assert browser.get(f"{PAGE}{job.pk}/").status_code == 404
    assert StoredFile.objects.filter(purpose="slips").count() == 0


def test_the_classes_are_named_with_how_many_are_awaited(browser: Client, school: School) -> None:
    for class_name in ("7 Б", "7 Б", "10 А"):
        asked(school, class_name)
    asked(SchoolFactory(), "9 В")

    page = browser.get(PAGE).content.decode()

    assert [words in page for words in ("7 Б (2)", "10 А (1)", "9 В")] == [True, True, False]


def test_a_class_that_is_none_prints_nothing(browser: Client, school: School) -> None:
    asked(school, "7 Б")

    answer = browser.post(PAGE, {"class_key": "9 в"})

    assert (answer.status_code, Job.objects.count()) == (400, 0)


def test_another_curator_does_not_get_the_links(browser: Client, school: School, log_in: LogIn) -> None:
    job = printed(browser, asked(school, "7 Б").person.class_key)

    assert log_in(actor_of(Role.CURATOR, school)).get(f"{PAGE}{job.pk}/").status_code == 404


def test_the_sheets_are_gone_after_a_day(browser: Client, school: School) -> None:
    job = printed(browser, asked(school, "7 Б").person.class_key)
    assert job.result is not None
    assert read_file(job.result).startswith(b"%PDF")
    early = remove_printed_slips()
    Job.objects.update(finished_at=timezone.now() - timedelta(hours=25))

    late = remove_printed_slips()

    assert (early, late, Job.objects.count(), StoredFile.objects.filter(purpose="slips").count()) == (0, 1, 0, 0)
