"""The answers as a spreadsheet: who may have it, what stands in it, and what nobody learns from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Event, Job, Role
from participants.services.withdrawal import withdraw_consent
from surveys.content import Content, Kind, Option, Question, Section, content_to_json
from surveys.models import Answer, Campaign, Response
from surveys.questions import read_question
from surveys.results.book import ANSWERS, CODEBOOK
from surveys.results.sheet import columns_of
from surveys.services import exports
from surveys.services.exports import remove_written_answers
from tests.factories import (
    CampaignFactory,
    PersonFactory,
    RespondentFactory,
    ResponseFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
)
from tests.surveys.contents import AROUND, questions, valid_raw

LogIn = Callable[[Actor], Client]
OPTIONS = (Option("a", "Математика", 2), Option("b", "Химия", 0))
CONTENT = Content(
    (
        Section(
            "s1",
            "О встречах",
            questions=(
                Question("q1", Kind.SCALE, "Комфорт", low_label="плохо", high_label="хорошо"),
                Question("q2", Kind.LONG, "Чего не хватило", longest=4000),
                Question("q3", Kind.SEVERAL, "Что нравится", options=OPTIONS),
                Question("q4", Kind.MATRIX, "Оцените", rows=OPTIONS, columns=(Option("1", "нет"), Option("2", "да"))),
                Question("q5", Kind.PEOPLE, "С кем", side="mentor", most=2),
                Question("q6", Kind.DATE, "Когда"),
            ),
        ),
    )
)


def campaign_of(**columns: Any) -> Campaign:
    campaign: Campaign = CampaignFactory(open=True, **columns)
    campaign.version.content = content_to_json(CONTENT)
    campaign.version.save()
    return campaign


def answer(campaign: Campaign, surname: str, words: str, mark: int = 7, **rows: Any) -> Response:
    person = PersonFactory(school=campaign.cycle.programme.school, surname=surname)
    enrolment = cleared_enrolment(person=person, cycle=campaign.cycle)
    respondent = RespondentFactory(campaign=campaign, enrolment=enrolment, has_answered=True)
    sent_at = datetime(2026, 9, 20, 9, tzinfo=UTC)
    response: Response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True, sent_at=sent_at)
    fill(response, words, mark)
    return response


def fill(response: Response, words: str, mark: int) -> None:
    Answer.objects.create(response=response, question="q1", number=mark)
    Answer.objects.create(response=response, question="q2", text=words)


def release(campaign: Campaign, words: str, mark: int = 7) -> None:
    RespondentFactory(campaign=campaign, has_answered=True)
    fill(ResponseFactory(campaign=campaign, released=True), words, mark)


def book_of(client: Client, campaign: Campaign, **given: str) -> Workbook:
    reply = client.post(reverse("surveys:result_export", args=(campaign.pk,)), given)
    assert (reply.status_code, reply["Content-Type"]) == (200, exports.XLSX)
    return load_workbook(BytesIO(reply.content))


def rows_of(book: Workbook, name: str = ANSWERS) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in book[name].iter_rows(values_only=True)]


def curator(log_in: LogIn, campaign: Campaign) -> Client:
    return log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))


@given(st.data(), st.sampled_from(Kind))
def test_whatever_may_be_answered_stands_in_its_columns_and_nothing_without_an_answer(
    data: st.DataObject, kind: Kind
) -> None:
    question = data.draw(questions(kind))
    given_rows = read_question(question, data.draw(valid_raw(question)), AROUND)
    with translation.override("ru"):
        columns = columns_of(Content((Section("s1", questions=(question,)),)), with_names=True)
    names = {key: name for side in AROUND.people.values() for key, name in side.items()}
    values = [column.value(given_rows, names) for column in columns]

    told = sum(1 for value in values if value not in {None, 0, ""}) if kind is Kind.SEVERAL else len(given_rows)
    assert [column.value((), names) for column in columns] == [None] * len(columns)
    assert len({column.code for column in columns}) == len(columns)
    assert told == len(given_rows) <= len(columns)


@pytest.mark.django_db
def test_a_keeper_gets_a_row_for_each_and_a_column_for_each_datum(log_in: LogIn) -> None:
    campaign = campaign_of()
    chosen = cleared_enrolment(
        person=PersonFactory(school=campaign.cycle.programme.school, surname="Ольхов"),
        cycle=campaign.cycle,
        mentor=True,
    )
    response = answer(campaign, "Бережной", "=1+1")
    Answer.objects.create(response=response, question="q3", item="a")
    Answer.objects.create(response=response, question="q4", item="b", number=2)
    Answer.objects.create(response=response, question="q5", chosen=chosen, number=1)
    Answer.objects.create(response=response, question="q6", text="2026-09-01")
    answer(campaign, "Алёхина", "Встреч")

    book = book_of(curator(log_in, campaign), campaign, names="1")

    head, *lines = rows_of(book)
    assert head == (
        *exports.NAMED, "q1", "q2", "q3.a", "q3.b", "q4.a", "q4.b", "q5.1", "q5.2", "q6", exports.SCORE
    )  # fmt: skip
    assert [line[0].split()[0] for line in lines] == ["Алёхина", "Бережной"]
    assert lines[1][3:] == (
        datetime(2026, 9, 20), 7, "=1+1", 1, 0, None, 2, chosen.person.full_name, None, datetime(2026, 9, 1), 2
    )  # fmt: skip
    assert lines[0][4:] == (7, "Встреч", *[None] * 7, 0)
    cell = book[ANSWERS]["F3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.django_db
def test_the_codebook_says_what_every_column_means(log_in: LogIn) -> None:
    campaign = campaign_of()
    answer(campaign, "Бережной", "Встреч")

    book = book_of(curator(log_in, campaign), campaign, names="1")

    codes = {row[0]: row[1:] for row in rows_of(book, CODEBOOK)}
    assert codes["Опрос"][0] == campaign.title
    assert codes["q1"] == ("О встречах", "Комфорт", None, "1 – плохо\n10 – хорошо")
    assert codes["q3.a"] == ("О встречах", "Что нравится", "Математика", "1 – отмечено\n0 – не отмечено")
    assert codes["q4.b"] == ("О встречах", "Оцените", "Химия", "1 – нет\n2 – да")
    assert set(codes) >= {name for name in rows_of(book)[0] if str(name).startswith("q")}


@pytest.mark.django_db
def test_without_names_no_row_tells_whose_it_is_nor_when_it_came(log_in: LogIn) -> None:
    campaign = campaign_of()
    for words in ("д", "г", "в", "б", "а"):
        answer(campaign, f"Ф{words}", words)

    head, *lines = rows_of(book_of(curator(log_in, campaign), campaign))

    assert (head[:2], [line[1] for line in lines]) == (("q1", "q2"), ["а", "б", "в", "г", "д"])
    assert "q5.1" not in head


@pytest.mark.django_db
def test_anonymous_answers_have_no_names_whatever_is_asked_for_and_leave_no_line(log_in: LogIn) -> None:
    campaign = campaign_of(is_anonymous=True)
    for words in ("в", "а", "д", "б", "г"):
        release(campaign, words)
    client = curator(log_in, campaign)

    head, *lines = rows_of(book_of(client, campaign, names="1"))

    assert (head[0], [line[1] for line in lines]) == ("q1", ["а", "б", "в", "г", "д"])
    assert not Event.objects.filter(thing=f"campaign:{campaign.pk}").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("anonymous", "names"), [(True, {}), (True, {"names": "1"}), (False, {})])
def test_of_four_nothing_leaves_without_names(log_in: LogIn, anonymous: bool, names: dict[str, str]) -> None:
    campaign = campaign_of(is_anonymous=anonymous)
    for words in "абвг":
        (release if anonymous else lambda campaign, words: answer(campaign, words, words))(campaign, words)

    reply = curator(log_in, campaign).post(reverse("surveys:result_export", args=(campaign.pk,)), names, follow=True)

    assert "меньше пяти" in reply.content.decode()


@pytest.mark.django_db
def test_whoever_has_no_consent_in_force_stands_in_no_row(log_in: LogIn) -> None:
    campaign = campaign_of()
    answer(campaign, "Алёхина", "Встреч")
    gone = answer(campaign, "Бережной", "Книг")
    assert gone.respondent
    assert gone.respondent.enrolment
    gone.respondent.enrolment.person.consents.update(state="expired", ended_at=timezone.now())

    lines = rows_of(book_of(curator(log_in, campaign), campaign, names="1"))[1:]

    assert [line[0].split()[0] for line in lines] == ["Алёхина"]


@pytest.mark.django_db
def test_the_file_is_for_keepers_of_the_school_and_is_journaled(log_in: LogIn) -> None:
    campaign = campaign_of()
    answer(campaign, "Алёхина", "Встреч")
    address = reverse("surveys:result_export", args=(campaign.pk,))
    school = campaign.cycle.programme.school

    assert log_in(actor_of(Role.ADMINISTRATOR, school)).post(address).status_code == 403
    assert log_in(actor_of(Role.CURATOR, SchoolFactory())).post(address).status_code == 404
    book_of(curator(log_in, campaign), campaign, names="1")
    assert [row.detail for row in Event.objects.filter(verb="export")] == [{"answers": 1, "names": True}]


@pytest.mark.django_db
def test_a_large_campaign_is_written_by_the_worker_for_whoever_asked(
    log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    campaign = campaign_of()
    left = answer(campaign, "Алёхина", "Встреч")
    answer(campaign, "Бережной", "Книг")
    client = curator(log_in, campaign)

    reply = client.post(reverse("surveys:result_export", args=(campaign.pk,)), {"names": "1"})
    run_due_jobs()
    job = Job.objects.get(kind=exports.ANSWERS_XLSX)
    address = reverse("surveys:result_file", args=(job.pk,))

    assert reply["Location"] == reverse("core:job_show", args=(job.pk,))
    assert client.get(address).status_code == 200
    assert curator(log_in, campaign).get(address).status_code == 404
    assert job.result
    assert len(rows_of(load_workbook(BytesIO(read_file(job.result))))) == 3
    assert left.respondent
    assert left.respondent.enrolment
    consent = left.respondent.enrolment.person.consents.get()
    withdraw_consent(consent=consent, by=actor_of(Role.CURATOR, campaign.cycle.programme.school))
    assert client.get(address).status_code == 302


@pytest.mark.django_db
def test_what_the_worker_wrote_is_gone_after_a_day(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    campaign = campaign_of()
    answer(campaign, "Алёхина", "Встреч")
    curator(log_in, campaign).post(reverse("surveys:result_export", args=(campaign.pk,)), {"names": "1"})
    run_due_jobs()
    fresh = remove_written_answers()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=2))

    assert (fresh, remove_written_answers(), Job.objects.count()) == (0, 1, 0)
