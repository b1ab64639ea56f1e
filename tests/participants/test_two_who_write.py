"""Two who change the same row at once: the second is told, keeps what he typed, and can save it all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actors import Actor
from core.models import Role
from participants.models import Enrolment, Guardian, Person
from tests.factories import GuardianshipFactory, actor_of, cleared_enrolment

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the page's form, hidden fields and texts."""
    found: dict[str, Any] = dict(re.findall(r'<input type="[a-z]+"\s+name="([a-z_]+)"\s+value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea name="([a-z_]+)"[^>]*>\s*([^<]*)</textarea>', page))
    found |= dict(re.findall(r'<select name="([a-z_]+)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    return found


def person() -> tuple[Any, str, str, Callable[[], Any]]:
    row = cleared_enrolment().person
    url = reverse("participants:person_edit", args=(row.pk,))
    return row.school, url, "surname", lambda: Person.objects.get(pk=row.pk).surname


def guardian() -> tuple[Any, str, str, Callable[[], Any]]:
    row = GuardianshipFactory()
    url = reverse("participants:guardian_edit", args=(row.pk,))
    return row.minor.school, url, "surname", lambda: Guardian.objects.get(pk=row.guardian_id).surname


def profile() -> tuple[Any, str, str, Callable[[], Any]]:
    row = cleared_enrolment()
    url = reverse("participants:enrolment_profile", args=(row.pk,))
    return row.person.school, url, "request", lambda: Enrolment.objects.get(pk=row.pk).request


@pytest.mark.parametrize("make", [person, guardian, profile])
def test_the_second_is_told_and_keeps_his_text(log_in: LogIn, make: Callable[[], Any]) -> None:
    school, url, column, standing = make()
    first, second = log_in(actor_of(Role.CURATOR, school)), log_in(actor_of(Role.CURATOR, school))
    opened = fields_of(second.get(url).content.decode())
    first.post(url, fields_of(first.get(url).content.decode()) | {column: "Первый"})

    answer = second.post(url, opened | {column: "Второй"})
    page = answer.content.decode()

    assert (answer.status_code, standing()) == (400, "Первый")
    assert "изменил кто-то ещё" in page
    again = fields_of(page)
    assert again[column] == "Второй"
    assert (second.post(url, again).status_code, standing()) == (302, "Второй")
