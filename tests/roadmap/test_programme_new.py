"""The page of three ways to a new programme, and beginning from a template there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import Actor
from core.models import Role
from roadmap.models import Draft, DraftOrigin
from tests.factories import ProgrammeFactory, actor_of
from tests.roadmap.samples import opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
URL = "/programmes/new/"
ASKED = {"template": "student", "starts_on": "2027-09-01"}


@pytest.fixture(autouse=True)
def _in_may_of_2027() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


def test_the_page_offers_five_templates_and_the_september_to_come(log_in: LogIn) -> None:
    response = log_in(actor_of()).get(URL)

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('type="radio"') == 5
    assert '<option value="2027-09-01" selected>Сентябрь 2027</option>' in page
    assert "35 мероприятий" in page
    assert 'href="/programmes/new/gifted/"' in page
    assert "Из файла" in page
    assert "Из прошлогодней программы" not in page


def test_programmes_of_the_school_are_offered_for_going_on_and_those_of_others_are_not(log_in: LogIn) -> None:
    by = actor_of()
    programme = ProgrammeFactory(school=by.school)
    ProgrammeFactory()

    response = log_in(by).get(URL)

    assert response.context["programmes"] == [programme]
    assert f'action="/programmes/{programme.pk}/again/"' in response.content.decode()


def test_drafts_without_a_file_are_offered_too(log_in: LogIn) -> None:
    by = actor_of()
    browser = log_in(by)
    browser.post(URL, ASKED)
    opened(by)

    page = browser.get(URL).content.decode()

    assert [draft.origin for draft in Draft.objects.all()] == [DraftOrigin.FILE, DraftOrigin.TEMPLATE]
    assert f"Дорожная карта внедрения программы наставничества в {by.school}" in page
    assert "Дорожная карта.txt" in page


def test_a_template_leads_to_its_draft(log_in: LogIn) -> None:
    by = actor_of()

    response = log_in(by).post(URL, ASKED)

    draft = Draft.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("roadmap:draft_review", args=(draft.pk,)))
    assert (draft.school, draft.user, draft.template) == (by.school, by.user, "student")


def test_a_second_click_makes_no_second_draft(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    answers = [browser.post(URL, ASKED | {"once": "abc"})["Location"] for _click in range(2)]

    assert answers[0] == answers[1]
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"template": ""}, "template", "Сначала выберите образец."),
        ({"template": "none"}, "template", "Такого образца нет. Выберите один из списка."),
        ({"starts_on": ""}, "starts_on", "Выберите месяц, с которого начинается программа."),
        ({"starts_on": "1026-09-01"}, "starts_on", "Выберите месяц, с которого начинается программа."),
        ({"starts_on": "сентябрь"}, "starts_on", "Выберите месяц, с которого начинается программа."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_other_choice_stays(
    log_in: LogIn, wrong: dict[str, str], field: str, said: str
) -> None:
    response = log_in(actor_of()).post(URL, ASKED | {"starts_on": "2027-10-01"} | wrong)

    page = response.content.decode()
    kept = r'value="2027-10-01" selected' if field == "template" else r'value="student"[^>]* checked'
    assert (response.status_code, response.context["beginning"].errors) == (400, {field: [said]})
    assert said in page
    assert re.search(kept, page)
    assert Draft.objects.count() == 0


def test_the_number_of_queries_does_not_depend_on_the_number_of_programmes(log_in: LogIn) -> None:
    counts = []
    for size in (1, 3):
        by = actor_of()
        ProgrammeFactory.create_batch(size, school=by.school)
        browser = log_in(by)
        browser.get(URL)  # stamps the session
        with CaptureQueriesContext(connection) as queries:
            browser.get(URL)
        counts.append(len(queries))

    assert counts == [5, 5]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_only_a_curator_begins_programmes(log_in: LogIn, role: Role) -> None:
    browser = log_in(actor_of(role))

    assert (browser.get(URL).status_code, browser.post(URL, ASKED).status_code) == (403, 403)
    assert Draft.objects.count() == 0


def test_a_stranger_is_asked_to_log_in() -> None:
    assert Client().get(URL)["Location"].startswith("/log-in/")


def test_another_method_is_refused(log_in: LogIn) -> None:
    assert log_in(actor_of()).delete(URL).status_code == 405
