"""Going on from the programme of last year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.actors import Actor
from core.models import Role
from roadmap.models import Activity, Draft, Programme
from tests.factories import ActivityFactory, CycleFactory, ProgrammeFactory, StageFactory, WindowFactory, actor_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]


def url_of(programme: Programme) -> str:
    return f"/programmes/{programme.pk}/again/"


def last_year(by: Actor) -> Programme:
    """A programme with one activity that was done on 14 October."""
    programme = ProgrammeFactory(school=by.school)
    activity = ActivityFactory(stage=StageFactory(programme=programme, place=1), place=1)
    WindowFactory(
        activity=activity,
        cycle=CycleFactory(programme=programme),
        done=True,
        done_on=date(2026, 10, 14),
        note="Пришли <все>",
    )
    return programme


def test_it_leads_to_a_draft_with_last_years_results_beside_and_then_to_the_programme(log_in: LogIn) -> None:
    by = actor_of()
    programme = last_year(by)
    browser = log_in(by)

    begun = browser.post(url_of(programme))
    review = browser.get(begun["Location"]).content.decode().replace("\xa0", " ")
    made = browser.post(f"{begun['Location']}make/")

    draft = Draft.objects.get()
    assert begun["Location"] == reverse("roadmap:draft_review", args=(draft.pk,))
    assert "выполнено 14 октября 2026: Пришли &lt;все&gt;" in review
    assert 'id="source"' not in review
    assert "to-source" not in review
    assert draft.programme is not None
    assert made["Location"] == reverse("roadmap:programme_show", args=(draft.programme.pk,))
    assert draft.programme.previous == programme
    assert Activity.objects.filter(stage__programme=draft.programme).count() == 1


def test_the_result_stands_beside_an_open_form_too(log_in: LogIn) -> None:
    by = actor_of()
    browser = log_in(by)
    review = browser.post(url_of(last_year(by)))["Location"]

    page = browser.get(review, {"edit": "a1"}).content.decode().replace("\xa0", " ")

    assert '<textarea name="text"' in page
    assert "выполнено 14 октября 2026" in page


def test_a_second_click_makes_no_second_draft(log_in: LogIn) -> None:
    by = actor_of()
    programme, browser = last_year(by), log_in(by)

    answers = [browser.post(url_of(programme), {"once": "abc"})["Location"] for _click in range(2)]

    assert answers[0] == answers[1]
    assert Draft.objects.count() == 1


def test_what_cannot_go_on_is_said_on_the_page_of_new_programmes(log_in: LogIn) -> None:
    by = actor_of()
    programme = ProgrammeFactory(school=by.school, starts_on=date(2099, 9, 1), ends_on=date(2100, 5, 31))

    response = log_in(by).post(url_of(programme), follow=True)

    assert response.request["PATH_INFO"] == "/programmes/new/"
    assert "Программа должна укладываться в годы с 2000 по 2100." in response.content.decode()
    assert Draft.objects.count() == 0


def test_the_draft_can_be_thrown_away_without_a_file(log_in: LogIn) -> None:
    by = actor_of()
    programme, browser = last_year(by), log_in(by)
    review = browser.post(url_of(programme))["Location"]

    browser.post(f"{review}discard/")

    assert (Draft.objects.count(), Programme.objects.count()) == (0, 1)
    assert browser.get(f"{review}source/").status_code == 404


def test_a_programme_of_another_school_is_not_found(log_in: LogIn) -> None:
    assert log_in(actor_of()).post(url_of(last_year(actor_of()))).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_only_a_curator_goes_on(log_in: LogIn, role: Role) -> None:
    by = actor_of(role)

    assert log_in(by).post(url_of(last_year(by))).status_code == 403
    assert Draft.objects.count() == 0


def test_it_is_no_page_to_look_at(log_in: LogIn) -> None:
    by = actor_of()

    assert log_in(by).get(url_of(last_year(by))).status_code == 405
