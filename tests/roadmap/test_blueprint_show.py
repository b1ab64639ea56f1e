"""A whole template on its own page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from core.actors import Actor
from core.models import Role
from roadmap.blueprints import templates
from roadmap.models import Draft
from tests.factories import actor_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
URL = "/programmes/new/gifted/"


@pytest.fixture(autouse=True)
def _in_may_of_2027() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 5, 20, 9, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize("key", [template.key for template in templates()])
def test_every_template_can_be_read_through(log_in: LogIn, key: str) -> None:
    by = actor_of()

    response = log_in(by).get(f"/programmes/new/{key}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('class="part part-a"') == response.context["template"].activities
    assert by.school is not None
    assert by.school.short_name in page
    assert f'name="template" value="{key}"' in page


def test_it_shows_the_terms_of_the_september_to_come(log_in: LogIn) -> None:
    page = log_in(actor_of()).get(URL).content.decode()

    assert "1 сентября\xa02027 – 30 июня\xa02030".replace("\xa0", " ") in page.replace("\xa0", " ")
    assert "<b>Сентябрь 2027, 2028, 2029</b>" in page


def test_another_month_shows_other_terms_and_htmx_gets_the_plan_alone(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    whole = browser.get(URL, {"starts_on": "2027-11-01"}).content.decode()
    plan = browser.get(URL, {"starts_on": "2027-11-01"}, headers={"HX-Request": "true"}).content.decode()

    assert "<b>Ноябрь 2027; сентябрь 2028, 2029</b>" in whole
    assert '<option value="2027-11-01" selected>' in whole
    assert plan.lstrip().startswith('<div id="plan"')
    assert "<b>Ноябрь 2027; сентябрь 2028, 2029</b>" in plan


@pytest.mark.parametrize("month", ["", "2027-11-02", "0000-00-00", "сентябрь"])
def test_a_month_that_is_not_offered_shows_the_usual_one(log_in: LogIn, month: str) -> None:
    response = log_in(actor_of()).get(URL, {"starts_on": month})

    assert (response.status_code, "<b>Сентябрь 2027, 2028, 2029</b>" in response.content.decode()) == (200, True)


def test_looking_makes_no_draft(log_in: LogIn) -> None:
    log_in(actor_of()).get(URL)

    assert Draft.objects.count() == 0


def test_a_template_that_is_not_there_is_not_found(log_in: LogIn) -> None:
    assert log_in(actor_of()).get("/programmes/new/none/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_only_a_curator_reads_templates(log_in: LogIn, role: Role) -> None:
    assert log_in(actor_of(role)).get(URL).status_code == 403


def test_another_method_is_refused(log_in: LogIn) -> None:
    assert log_in(actor_of()).post(URL).status_code == 405
