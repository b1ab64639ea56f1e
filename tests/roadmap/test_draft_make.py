"""The last press of three: the programme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from roadmap.models import Draft, Programme
from tests.factories import actor_of
from tests.roadmap.samples import opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]


def test_a_double_click_makes_one_programme(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)

    answers = [browser.post(f"/drafts/{draft.pk}/make/")["Location"] for _click in range(2)]

    assert answers == [f"/programmes/{Programme.objects.get().pk}/"] * 2


def test_a_faulty_draft_is_shown_with_the_fault_at_its_field(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    browser.post(f"/drafts/{draft.pk}/", {"part": "a3", "seen": "1", "text": ""})

    response = browser.post(f"/drafts/{draft.pk}/make/")

    assert (response.status_code, Programme.objects.count()) == (400, 0)
    assert response.context["form"].part.key == "a3"
    assert list(response.context["form"].errors) == ["text"]


def test_another_schools_draft_is_not_found(log_in: LogIn) -> None:
    draft, _by = opened()

    assert log_in(actor_of()).post(f"/drafts/{draft.pk}/make/").status_code == 404


def test_the_wrong_role_and_the_wrong_method_are_refused(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(actor_of(Role.ADMINISTRATOR, by.school)).post(f"/drafts/{draft.pk}/make/").status_code == 403
    assert log_in(by).get(f"/drafts/{draft.pk}/make/").status_code == 405


def test_a_form_opened_under_another_role_is_refused(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).post(f"/drafts/{draft.pk}/make/", {"acting_as": "0"})

    assert (response.status_code, Programme.objects.count()) == (409, 0)


def test_a_draft_is_thrown_away(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(actor_of()).post(f"/drafts/{draft.pk}/discard/").status_code == 404
    response = log_in(by).post(f"/drafts/{draft.pk}/discard/")

    assert (response["Location"], Draft.objects.count()) == ("/programmes/", 0)


def test_what_became_a_programme_is_not_thrown_away(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    browser.post(f"/drafts/{draft.pk}/make/")

    browser.post(f"/drafts/{draft.pk}/discard/")

    assert (Draft.objects.count(), Programme.objects.count()) == (1, 1)
