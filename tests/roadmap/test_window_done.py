"""Marking an activity done from a page, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from roadmap.models import Window, WindowState
from tests.factories import WindowFactory, actor_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def window() -> Window:
    return WindowFactory()


def curator_of(window: Window) -> Actor:
    return actor_of(school=window.cycle.programme.school)


def test_today_is_proposed_and_two_presses_do_it(log_in: LogIn, window: Window) -> None:
    browser = log_in(curator_of(window))

    shown = browser.get(f"/windows/{window.pk}/done/")
    form = shown.context["form"]
    response = browser.post(f"/windows/{window.pk}/done/", {"done_on": form.initial["done_on"], "note": ""})

    window.refresh_from_db()
    assert (shown.status_code, form.is_bound) == (200, False)
    assert form.initial["done_on"] == timezone.localdate(timezone=window.cycle.programme.school.zone)
    assert (window.state, response["Location"]) == (WindowState.DONE, f"/programmes/{window.cycle.programme_id}/")


def test_one_comes_back_to_the_page_one_was_on(log_in: LogIn, window: Window) -> None:
    browser = log_in(curator_of(window))
    typed = {"done_on": "2026-10-20", "next": "/programmes/1/?stage=2"}

    plain = browser.post(f"/windows/{window.pk}/done/", typed)
    by_htmx = browser.post(f"/windows/{window.pk}/done/", typed, headers=HTMX)

    assert plain["Location"] == "/programmes/1/?stage=2"
    assert '"path": "/programmes/1/?stage=2"' in by_htmx["HX-Location"]


@pytest.mark.parametrize("evil", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", "/\\evil.test"])
def test_one_is_never_sent_to_another_site(log_in: LogIn, window: Window, evil: str) -> None:
    response = log_in(curator_of(window)).post(f"/windows/{window.pk}/undo/", {"next": evil})

    assert response["Location"] == f"/programmes/{window.cycle.programme_id}/"


def test_a_day_to_come_is_refused_at_its_field_and_the_note_is_kept(log_in: LogIn, window: Window) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)

    response = log_in(curator_of(window)).post(
        f"/windows/{window.pk}/done/", {"done_on": tomorrow.isoformat(), "note": "Важное"}
    )

    assert response.status_code == 400
    assert response.context["form"].errors["done_on"] == [
        "Этот день ещё не наступил. Укажите сегодня или более ранний день."
    ]
    assert "Важное" in response.content.decode()
    assert Window.objects.get().state == WindowState.PLANNED


def test_htmx_gets_the_form_alone(log_in: LogIn, window: Window) -> None:
    response = log_in(curator_of(window)).get(f"/windows/{window.pk}/done/", headers=HTMX)

    assert response.content.decode().lstrip().startswith('<form class="mark-form"')


def test_a_mark_is_taken_back(log_in: LogIn, window: Window) -> None:
    browser = log_in(curator_of(window))
    browser.post(f"/windows/{window.pk}/done/", {"done_on": "2026-10-20", "note": "Провели"})

    browser.post(f"/windows/{window.pk}/undo/")

    window.refresh_from_db()
    assert (window.state, window.note) == (WindowState.PLANNED, "Провели")
    assert Event.objects.filter(verb="move", thing=f"window:{window.pk}").count() == 2


@pytest.mark.parametrize("page", ["done", "undo"])
def test_doors(log_in: LogIn, window: Window, page: str) -> None:
    url = f"/windows/{window.pk}/{page}/"

    assert log_in(actor_of()).post(url).status_code == 404
    assert log_in(actor_of(Role.PSYCHOLOGIST, window.cycle.programme.school)).post(url).status_code == 403
    assert log_in(curator_of(window)).delete(url).status_code == 405
    assert Client().post(url)["Location"].startswith("/log-in/")


def test_taking_back_is_no_matter_of_a_link(log_in: LogIn, window: Window) -> None:
    assert log_in(curator_of(window)).get(f"/windows/{window.pk}/undo/").status_code == 405
