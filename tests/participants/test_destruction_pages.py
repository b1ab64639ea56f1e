"""The pages of destruction: what is due, what goes, the word that is typed, sealed papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Role
from participants.models import Destruction, DestructionState
from participants.services.carrying import carry_out
from roadmap.day import waiting_for
from tests.factories import DestructionFactory, PersonFactory, SchoolFactory, actor_of
from tests.participants.doomed import SURNAME, make_doomed, withdraw

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
QUERIES = 11
LIST = "/destruction/"
CARRY = "/destruction/carry-out/"
OPENING = {"occasion": "regulator", "number": "12-34/АБ", "dated_on": "2026-11-20"}


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_the_list_shows_whose_day_is_near_first(log_in: LogIn, role: Role) -> None:
    school, today = SchoolFactory(), timezone.localdate()
    for days, surname in ((20, "Поздний"), (-1, "Просроченный"), (3, "Скорый")):
        person = PersonFactory(school=school, surname=surname)
        DestructionFactory(person=person, due_on=today + timedelta(days=days))
    DestructionFactory(person__surname="Чужой")

    text = log_in(actor_of(role, school)).get(LIST).content.decode()

    places = [text.index(name) for name in ("Просроченный", "Скорый", "Поздний")]
    assert places == sorted(places)
    assert "Чужой" not in text
    assert ("осталось 3" in text, "срок прошёл" in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long(
    log_in: LogIn, django_assert_num_queries: Any, count: int
) -> None:
    school = SchoolFactory()
    client = log_in(actor_of(Role.ADMINISTRATOR, school))
    for _ in range(count):
        DestructionFactory(person__school=school)
        DestructionFactory(person__school=school, done=True)
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        client.get(LIST)


def test_an_empty_list_says_what_will_be_here(log_in: LogIn) -> None:
    answer = log_in(actor_of(Role.CURATOR)).get(LIST)

    assert "Уничтожать нечего" in answer.content.decode()


def test_the_page_says_what_goes_what_is_sealed_and_what_stays(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)

    text = log_in(doomed.curator).get(f"{CARRY}?d={due.pk}").content.decode()

    told = (
        "Уничтожается",
        "Закрыто хранится",
        "Остаётся без слов",
        "Остаётся как есть",
        "архивные документы",
        "Отменить это нельзя",
    )
    assert [words for words in told if words not in text] == []


@pytest.mark.parametrize("word", ["", "да", "уничтожит"])
def test_without_the_word_nothing_is_destroyed(log_in: LogIn, word: str) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)

    answer = log_in(doomed.curator).post(CARRY, {"d": due.pk, "sheets": 7, "word": word})

    assert answer.status_code == 400
    assert 'value="7"' in answer.content.decode()
    assert not Job.objects.filter(kind="destruction").exists()


def test_with_the_word_the_worker_destroys_and_the_act_can_be_opened(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    client = log_in(doomed.curator)

    answer = client.post(CARRY, {"d": due.pk, "sheets": 2, "word": " Уничтожить "})
    run_due_jobs(most=1)
    shown = client.get(reverse("participants:destruction_show", args=(due.pk,))).content.decode()

    row = Destruction.objects.get(pk=due.pk)
    assert answer.status_code == 302
    assert (row.state, row.paper_sheets) == (DestructionState.DONE, 2)
    assert SURNAME not in shown
    assert "Открыть: акт об уничтожении" in shown


def test_a_form_sent_twice_starts_one_destruction(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    sent = {"d": due.pk, "sheets": 0, "word": "уничтожить", "once": "abc"}
    client = log_in(doomed.curator)

    answers = [client.post(CARRY, sent)["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert Job.objects.filter(kind="destruction").count() == 1


def test_two_curators_at_once_destroy_once(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    for actor in (doomed.curator, actor_of(Role.CURATOR, doomed.person.school)):
        log_in(actor).post(CARRY, {"d": due.pk, "sheets": 0, "word": "уничтожить"})

    run_due_jobs(most=1)

    assert Event.objects.filter(verb="destroy").count() == 1


def test_sealed_papers_open_with_a_reason_that_the_journal_keeps(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    carry_out(destructions=[due.pk], sheets=0, by=doomed.curator)
    due.refresh_from_db()

    answer = log_in(doomed.curator).post(f"{LIST}{due.pk}/open/", OPENING | {"paper": due.act_id})

    assert b"".join(answer)[:5] == b"%PDF-"
    line = Event.objects.get(verb="open sealed")
    assert (line.detail["occasion"], line.detail["number"], line.detail["file"]) == (
        "regulator",
        "12-34/АБ",
        due.act_id,
    )


@pytest.mark.parametrize(
    "wrong", [{"number": ""}, {"number": "Иванова"}, {"occasion": "me"}, {"dated_on": ""}, {"paper": "0"}]
)
def test_without_a_reason_nothing_is_opened(log_in: LogIn, wrong: dict[str, str]) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    carry_out(destructions=[due.pk], sheets=0, by=doomed.curator)
    due.refresh_from_db()

    answer = log_in(doomed.curator).post(f"{LIST}{due.pk}/open/", OPENING | {"paper": due.act_id} | wrong)

    assert answer.status_code == 400
    assert not Event.objects.filter(verb__in=("open sealed", "download")).exists()


def test_a_paper_of_another_school_is_not_opened_through_ones_own(log_in: LogIn) -> None:
    first = make_doomed()
    carry_out(destructions=[withdraw(first).pk], sheets=0, by=first.curator)
    second = make_doomed(SchoolFactory())
    carry_out(destructions=[withdraw(second).pk], sheets=0, by=second.curator)

    own, other = first.destruction, second.destruction
    client = log_in(first.curator)

    assert client.post(f"{LIST}{own.pk}/open/", OPENING | {"paper": other.act_id}).status_code == 400
    assert client.post(f"{LIST}{other.pk}/open/", OPENING | {"paper": other.act_id}).status_code == 404


def test_the_administrator_reads_the_extract_and_opens_nothing_sealed(log_in: LogIn) -> None:
    doomed = make_doomed()
    due = withdraw(doomed)
    carry_out(destructions=[due.pk], sheets=0, by=doomed.curator)
    client = log_in(actor_of(Role.ADMINISTRATOR, doomed.person.school))

    told = client.get(f"{LIST}{due.pk}/extract/?as=csv").content.decode("utf-8-sig")

    assert "Открыть" not in client.get(f"{LIST}{due.pk}/").content.decode()
    assert client.post(f"{LIST}{due.pk}/open/", OPENING).status_code == 403
    assert (doomed.destruction.person.pseudonym in told, SURNAME in told) == (True, False)
    assert b"".join(client.get(f"{LIST}{due.pk}/extract/"))[:5] == b"%PDF-"


def test_a_demand_is_started_on_the_page_of_the_person(log_in: LogIn) -> None:
    doomed = make_doomed()
    client = log_in(doomed.curator)

    answer = client.post(f"{LIST}new/{doomed.person.pk}/", {"ground": "demand"})

    row = Destruction.objects.get(person=doomed.person)
    assert answer["Location"] == f"{CARRY}?d={row.pk}"
    assert (row.ground, row.state) == ("demand", DestructionState.DUE)


def test_a_demand_without_a_ground_says_so(log_in: LogIn) -> None:
    doomed = make_doomed()

    assert log_in(doomed.curator).post(f"{LIST}new/{doomed.person.pk}/", {"ground": "no"}).status_code == 400


@pytest.mark.parametrize("ticked", ["", "?d=0", "?d=abc", "?d=9999999999999999999999"])
def test_nobody_ticked_leads_back_to_the_list(log_in: LogIn, ticked: str) -> None:
    assert log_in(actor_of(Role.CURATOR)).get(CARRY + ticked)["Location"] == LIST


@pytest.mark.parametrize(("days", "tone"), [(-1, "late"), (0, "now"), (10, "now"), (25, "")])
def test_it_stands_in_the_curators_day(days: int, tone: str) -> None:
    school, today = SchoolFactory(), timezone.localdate()
    DestructionFactory(person__school=school, due_on=today + timedelta(days=days))

    lines = [row for row in waiting_for(actor_of(Role.CURATOR, school), today) if row.url == LIST]

    assert [(row.tone, row.day) for row in lines] == [(tone, today + timedelta(days=days))]
