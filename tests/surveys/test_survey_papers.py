"""Papers of a survey: slips, codes of a class, questionnaires to fill in by hand; what they carry and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.test import Client
from pypdf import PdfReader

from accounts.tokens import digest
from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, Role, StoredFile
from surveys.models import Campaign, ClassDoor, Respondent
from surveys.services.doors import open_by_code
from surveys.services.slips import remove_printed_papers
from tests.factories import actor_of
from tests.surveys.asking import mentee, opened, prepared, year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
EVERY_KIND: dict[str, Any] = {
    "sections": [
        {
            "key": "s1",
            "title": "О себе",
            "text": "",
            "questions": [
                {
                    "key": "scale",
                    "kind": "scale",
                    "text": "Комфортно?",
                    "low": 1,
                    "high": 10,
                    "low_label": "нет",
                    "high_label": "очень",
                },
                {"key": "yes", "kind": "yes_no", "text": "Нравится ли вам?"},
                {
                    "key": "one",
                    "kind": "one",
                    "text": "Один ответ",
                    "options": [{"key": "a", "text": "Алгебра"}, {"key": "b", "text": "Физика"}],
                    "show_if": {"question": "yes", "any": ["yes"]},
                },
                {
                    "key": "several",
                    "kind": "several",
                    "text": "Несколько",
                    "options": [{"key": "a", "text": "Пение"}, {"key": "b", "text": "Танцы"}],
                    "most": 1,
                },
                {
                    "key": "matrix",
                    "kind": "matrix",
                    "text": "Таблица",
                    "rows": [{"key": "r", "text": "Учёба"}],
                    "columns": [{"key": "1", "text": "плохо"}, {"key": "2", "text": "хорошо"}],
                },
                {"key": "number", "kind": "number", "text": "Сколько?", "least": 0, "most": 9, "unit": "часов"},
                {"key": "date", "kind": "date", "text": "Когда?"},
                {"key": "short", "kind": "short", "text": "Коротко", "longest": 50},
                {"key": "long", "kind": "long", "text": "Подробно", "longest": 500},
                {
                    "key": "rank",
                    "kind": "ranking",
                    "text": "По порядку",
                    "options": [{"key": "a", "text": "Время"}, {"key": "b", "text": "Опыт"}],
                    "most": 1,
                },
                {"key": "people", "kind": "people", "text": "С кем?", "side": "mentor", "most": 3},
                {"key": "file", "kind": "file", "text": "Приложите", "kinds": ["image"]},
            ],
        }
    ]
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign() -> Campaign:
    cycle = year()
    for number in range(11):
        mentee(cycle, class_name="7 «Б»" if number < 10 else "8 «А»")
    return opened(prepared(cycle, content=EVERY_KIND, title="Опрос осенью"))


@pytest.fixture
def keeper(campaign: Campaign) -> Actor:
    return actor_of(Role.PSYCHOLOGIST, campaign.cycle.programme.school)


@pytest.fixture
def browser(keeper: Actor, log_in: LogIn) -> Client:
    return log_in(keeper)


def printed(browser: Client, campaign: Campaign, **named: str) -> bytes:
    browser.post(f"/surveys/campaigns/{campaign.pk}/print/", named)
    assert run_due_jobs() == 1
    answer = browser.get(f"/surveys/papers/{Job.objects.latest('pk').pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def squares(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as sheets:
        return [code.text for page in sheets for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


def token_of(address: str) -> str:
    return address.rstrip("/").split("/")[-1]


def test_each_of_a_class_has_a_slip_whose_square_opens_his_survey(browser: Client, campaign: Campaign) -> None:
    pdf = printed(browser, campaign, what="slips", among="7 «Б»")

    found = Respondent.objects.filter(slip_hash__in=[digest(token_of(code)) for code in squares(pdf)])
    assert {row.enrolment.person.class_name for row in found if row.enrolment} == {"7 «Б»"}
    assert found.count() == 10
    assert "Опрос осенью" in text_of(pdf)


def test_the_codes_of_a_class_open_the_surveys_of_their_pupils(browser: Client, campaign: Campaign) -> None:
    pdf = printed(browser, campaign, what="codes", among="8 «А»")
    (address,) = squares(pdf)
    words = text_of(pdf).split()

    door = ClassDoor.objects.get(token_hash=digest(token_of(address)))
    row = Respondent.objects.get(enrolment__person__class_name="8 «А»")
    assert row.enrolment is not None
    halves = [word for word in words if len(word) == 3 and word.isascii()]
    assert row.enrolment.person.surname in words
    assert open_by_code(door=door, code="".join(halves[-2:])) == row


def test_a_questionnaire_on_paper_asks_every_question(browser: Client, campaign: Campaign) -> None:
    blank = printed(browser, campaign, what="blank")

    text = text_of(blank)
    wanted = ["Комфортно?", "Обведите одно число", "очень", "Алгебра", "Учёба", "хорошо", "часов", "Подробно", "Опыт"]
    assert [word for word in wanted if word not in text] == []
    assert "Отвечайте, если на вопрос 2 вы ответили «да»." in text
    assert squares(blank) == []


def test_a_questionnaire_with_a_name_leads_to_the_same_online(browser: Client, campaign: Campaign) -> None:
    pdf = printed(browser, campaign, what="sheets", among="8 «А»")

    (address,) = squares(pdf)
    row = Respondent.objects.get(slip_hash=digest(token_of(address)))
    assert row.enrolment is not None
    assert (row.enrolment.person.class_name, row.enrolment.person.surname in text_of(pdf)) == ("8 «А»", True)


def test_no_sheet_of_an_anonymous_survey_bears_a_name(browser: Client, campaign: Campaign) -> None:
    Campaign.objects.update(is_anonymous=True)

    refused = browser.post(f"/surveys/campaigns/{campaign.pk}/print/", {"what": "sheets", "among": ""})

    assert (refused["Location"], Job.objects.count()) == (f"/surveys/campaigns/{campaign.pk}/", 0)


def test_those_without_an_address_get_slips_at_once(browser: Client, campaign: Campaign) -> None:
    late = mentee(campaign.cycle, None)
    row = Respondent.objects.create(campaign=campaign, enrolment=late)

    pdf = printed(browser, campaign, what="slips", among="-")

    assert [digest(token_of(code)) for code in squares(pdf)] == [Respondent.objects.get(pk=row.pk).slip_hash]


def test_nobody_who_has_answered_or_withdrawn_is_on_paper(browser: Client, campaign: Campaign) -> None:
    answered, withdrawn, *_rest = campaign.respondents.order_by("pk")
    Respondent.objects.filter(pk=answered.pk).update(has_answered=True)
    assert withdrawn.enrolment is not None
    withdrawn.enrolment.person.consents.update(state="withdrawn", ended_at=NOON)

    text = text_of(printed(browser, campaign, what="slips", among=""))

    gone = [row.enrolment.person.surname for row in (answered, withdrawn) if row.enrolment]
    assert [name in text for name in gone] == [False, False]


def test_the_file_is_for_whoever_had_it_printed_and_for_a_day(
    browser: Client, campaign: Campaign, log_in: LogIn, clock: Any
) -> None:
    printed(browser, campaign, what="slips", among="8 «А»")
    job = Job.objects.latest("pk")
    curator = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))

    other = curator.get(f"/surveys/papers/{job.pk}/").status_code
    kept = remove_printed_papers()
    clock.move_to(NOON + timedelta(days=1, hours=1))
    gone = remove_printed_papers()

    assert (other, kept, gone) == (404, 0, 1)
    assert (Job.objects.count(), StoredFile.objects.filter(purpose="slips").count()) == (0, 0)


def test_no_link_stands_in_the_job_that_makes_it(browser: Client, campaign: Campaign) -> None:
    pdf = printed(browser, campaign, what="slips", among="8 «А»")
    job = Job.objects.latest("pk")
    assert job.result is not None

    (address,) = squares(pdf)
    assert (job.state, token_of(address) in f"{job.key}{job.payload}{job.error}") == (JobState.DONE, False)
    assert read_file(job.result) == pdf
