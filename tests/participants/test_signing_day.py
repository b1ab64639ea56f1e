from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role, School
from tests.factories import (
    ConsentFactory,
    GuardianFactory,
    GuardianshipFactory,
    PersonalLinkFactory,
    PersonFactory,
    SchoolFactory,
    UserFactory,
    actor_of,
)
from tests.families import come_by_link

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def mother_in(school: School, **consent: bool) -> Actor:
    bond = GuardianshipFactory(
        minor=PersonFactory(school=school), guardian=GuardianFactory(school=school, user=UserFactory())
    )
    ConsentFactory(person=bond.minor, guardian=bond.guardian, **consent)
    return actor_of(Role.GUARDIAN, school, bond.guardian.user)


def home_of(client: Client) -> str:
    return str(client.get("/").content.decode())


@pytest.mark.parametrize(
    ("state", "waits"), [({}, True), ({"returned": True}, True), ({"sent": True}, False), ({"in_force": True}, False)]
)
def test_a_parent_with_an_account_is_told_what_waits_for_the_signature(
    log_in: LogIn, state: dict[str, bool], waits: bool
) -> None:
    page = home_of(log_in(mother_in(SchoolFactory(), **state)))

    assert ("1 согласие ждёт вашей подписи" in page) == waits
    assert 'href="/my/"' in page


def test_a_mentor_who_signs_for_himself_finds_his_consent(log_in: LogIn) -> None:
    school = SchoolFactory()
    person = PersonFactory(school=school, teacher=True, user=UserFactory())
    ConsentFactory(person=person, own=True)
    ConsentFactory(person=person, labour=True)

    page = home_of(log_in(actor_of(Role.MENTOR, school, person.user)))

    assert "2 согласия ждут вашей подписи" in page


def test_nobody_is_told_of_what_others_sign(log_in: LogIn) -> None:
    school = SchoolFactory()
    mother_in(school)

    assert "ждёт вашей подписи" not in home_of(log_in(mother_in(school, in_force=True)))
    assert "ждёт вашей подписи" not in home_of(log_in(actor_of(Role.MENTEE, school)))


def test_the_holder_of_a_link_who_goes_to_the_first_page_comes_home() -> None:
    bond = GuardianshipFactory()
    link = PersonalLinkFactory(person=bond.minor, guardian=bond.guardian)

    answer = come_by_link(Client(), link).get("/")

    assert (answer.status_code, answer["Location"]) == (302, "/my/")
