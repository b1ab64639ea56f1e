"""Slips: made for the chosen people, printed with a code that a camera reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from participants.models import LinkChannel, LinkState, PersonalLink
from participants.services.slips import issue_slips
from tests.factories import ConsentFactory, GuardianFactory, GuardianshipFactory, PersonFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
MAKE, PRINT = "/slips/make/", "/slips/"


def test_thirty_slips_are_printed_by_two_clicks_and_each_opens_its_page(log_in: LogIn) -> None:
    actor = actor_of()
    assert actor.school
    bonds = [GuardianshipFactory(minor=PersonFactory(school=actor.school)) for _ in range(30)]
    browser = log_in(actor)

    answer = browser.post(MAKE, {"person": [bond.minor_id for bond in bonds]})
    page = browser.get(PRINT).content.decode()

    addresses = re.findall(r"http://127\.0\.0\.1:8000(/l/[\w-]{43}/)", page)
    assert (answer.status_code, answer["Location"], len(addresses), page.count('class="qr"')) == (302, PRINT, 30, 30)
    assert "30 листков готовы к печати" in page
    parent = Client()
    parent.get(addresses[0])
    assert parent.get("/my/open/").status_code == 200
    assert [bond.minor.full_name in page and bond.guardian.full_name in page for bond in bonds] == [True] * 30


def test_only_those_who_are_asked_get_a_slip_where_anybody_is() -> None:
    person = PersonFactory()
    mother, father = (
        GuardianshipFactory(minor=person, guardian=GuardianFactory(school=person.school)).guardian for _ in range(2)
    )
    by = actor_of(Role.CURATOR, person.school)

    everyone, _ = issue_slips(people=[person], by=by)
    ConsentFactory(person=person, guardian=mother)
    asked, _ = issue_slips(people=[person], by=by)

    assert ({link.guardian for link in everyone}, [link.guardian for link in asked]) == ({mother, father}, [mother])


def test_those_who_cannot_get_a_slip_are_named_and_the_others_get_theirs(log_in: LogIn) -> None:
    actor = actor_of()
    adult = PersonFactory(school=actor.school, teacher=True)
    lonely = PersonFactory(school=actor.school, surname="Одинцов")
    undated = GuardianshipFactory(minor=PersonFactory(school=actor.school, surname="Бездатный", birth_date=None)).minor
    browser = log_in(actor)

    browser.post(MAKE, {"person": [adult.pk, lonely.pk, undated.pk]})
    page = browser.get(PRINT).content.decode()

    assert [name in page for name in ("1 листок готов", "Одинцов", "Бездатный")] == [True, True, True]
    assert "Сначала впишите дату рождения" in page


def test_people_of_another_school_get_no_slip(log_in: LogIn) -> None:
    stranger = GuardianshipFactory().minor
    browser = log_in(actor_of())

    browser.post(MAKE, {"person": [stranger.pk, "x", "", "9" * 30]})

    assert PersonalLink.objects.count() == 0
    assert "Листков для печати нет" in browser.get(PRINT).content.decode()


def test_a_form_sent_twice_makes_one_set_of_slips(log_in: LogIn) -> None:
    actor = actor_of()
    bond = GuardianshipFactory(minor=PersonFactory(school=actor.school))
    browser = log_in(actor)

    for _ in range(2):
        browser.post(MAKE, {"person": bond.minor_id, "once": "t"})

    assert PersonalLink.objects.count() == 1
    assert browser.get(PRINT).content.decode().count('class="qr"') == 1


def test_slips_made_anew_end_the_earlier_ones_and_are_no_longer_printed(log_in: LogIn) -> None:
    actor = actor_of()
    bond = GuardianshipFactory(minor=PersonFactory(school=actor.school))
    first, second = log_in(actor), log_in(actor)
    first.post(MAKE, {"person": bond.minor_id})

    second.post(MAKE, {"person": bond.minor_id})

    assert first.get(PRINT).content.decode().count('class="qr"') == 0
    states = PersonalLink.objects.filter(channel=LinkChannel.SLIP).order_by("pk").values_list("state", flat=True)
    assert list(states) == [LinkState.REVOKED, LinkState.OPEN]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MENTOR, Role.GUARDIAN, Role.OBSERVER])
def test_only_the_curator_makes_slips(role: Role, log_in: LogIn) -> None:
    browser = log_in(actor_of(role))

    assert [browser.post(MAKE).status_code, browser.get(PRINT).status_code] == [403, 403]
