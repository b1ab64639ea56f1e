"""The programmes of a school."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import Actor
from core.models import Role
from tests.factories import actor_of, full_programme
from tests.roadmap.samples import opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
URL = "/programmes/"


@pytest.mark.parametrize("count", [1, 3])
def test_every_programme_is_listed_with_its_progress_in_the_same_queries(log_in: LogIn, count: int) -> None:
    by = actor_of()
    programmes = [full_programme(by.school, activities=4, done=1) for _number in range(count)]
    full_programme(activities=1)
    browser = log_in(by)

    browser.get(URL)  # stamps the session
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(URL)

    assert len(queries) == 5
    assert [(row, row.done, row.total) for row in response.context["programmes"]] == [
        (programme, 1, 4) for programme in reversed(programmes)
    ]


def test_an_empty_list_offers_the_first_step_to_the_curator_alone(log_in: LogIn) -> None:
    curator = actor_of()

    pages = [log_in(by).get(URL).content.decode() for by in (curator, actor_of(Role.ADMINISTRATOR, curator.school))]

    assert ["/programmes/new/" in page for page in pages] == [True, False]


def test_drafts_are_continued_from_here_by_the_curator(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(by).get(URL).context["drafts"] == [draft]
    assert log_in(actor_of(Role.ADMINISTRATOR, by.school)).get(URL).context["drafts"] == []


def test_the_wrong_role_and_the_wrong_method_are_refused(log_in: LogIn) -> None:
    assert log_in(actor_of(Role.MENTEE)).get(URL).status_code == 403
    assert log_in(actor_of()).post(URL).status_code == 405
