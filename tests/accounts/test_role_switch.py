"""Switching school and role, entering from a letter, language, leaving."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor, user_actor
from core.models import Event, Membership, Role
from tests.factories import MembershipFactory, UserFactory, actor_of, installation_admin

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


@pytest.fixture
def two_roles() -> list[Membership]:
    user = UserFactory()
    return [MembershipFactory(user=user, role=Role.CURATOR), MembershipFactory(user=user, role=Role.MENTOR)]


def entered(log_in: LogIn, rows: list[Membership]) -> Client:
    return log_in(user_actor(rows[0].user, rows, rows[0].pk))


def test_the_header_offers_the_other_roles_of_the_person(log_in: LogIn, two_roles: list[Membership]) -> None:
    page = entered(log_in, two_roles).get("/me/").content.decode()

    assert re.findall(r'name="membership"\s+value="(\d+)"', page) == [str(row.pk) for row in two_roles]


def test_switching_acts_at_once(log_in: LogIn, two_roles: list[Membership]) -> None:
    browser = entered(log_in, two_roles)

    answer = browser.post("/role/", {"membership": two_roles[1].pk})

    assert (answer.status_code, answer["Location"], browser.session["membership"]) == (302, "/", two_roles[1].pk)
    assert browser.get("/people/").status_code == 403


@pytest.mark.parametrize("wanted", ["", "0", "x", "-1", "999999999999999999999"])
def test_a_role_that_is_not_one_s_own_is_not_there(log_in: LogIn, two_roles: list[Membership], wanted: str) -> None:
    browser = entered(log_in, two_roles)

    assert browser.post("/role/", {"membership": wanted}).status_code == 404
    assert browser.session["membership"] == two_roles[0].pk


def test_foreign_and_ended_roles_are_not_there(log_in: LogIn, two_roles: list[Membership]) -> None:
    foreign = MembershipFactory()
    Membership.objects.filter(pk=two_roles[1].pk).update(ended_at=timezone.now())
    browser = entered(log_in, two_roles)

    answers = [browser.post("/role/", {"membership": row.pk}) for row in (foreign, two_roles[1])]
    answers += [browser.get(f"/as/{row.pk}/") for row in (foreign, two_roles[1])]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_a_link_in_a_letter_opens_the_page_in_the_right_role(log_in: LogIn, two_roles: list[Membership]) -> None:
    browser = entered(log_in, two_roles)
    lines = Event.objects.count()

    answer = browser.get(f"/as/{two_roles[1].pk}/?next=/me/")

    assert (answer["Location"], browser.session["membership"], Event.objects.count()) == (
        "/me/",
        two_roles[1].pk,
        lines,
    )


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", "\\\\evil.test", ""])
def test_a_link_leads_nowhere_else(log_in: LogIn, two_roles: list[Membership], target: str) -> None:
    browser = entered(log_in, two_roles)

    assert browser.get(f"/as/{two_roles[1].pk}/", {"next": target})["Location"] == "/"
    assert browser.post("/language/", {"language": "en", "next": target})["Location"] == "/"


def test_the_installation_s_administrator_steps_into_his_own_school_and_out(log_in: LogIn) -> None:
    admin = installation_admin()
    row = MembershipFactory(user=admin.user)
    browser = log_in(admin)

    before = browser.get("/people/").status_code
    browser.post("/role/", {"membership": row.pk})
    inside = [browser.get("/people/").status_code, browser.get("/installation/").status_code]
    browser.post("/role/", {"membership": "0"})

    assert (before, inside, browser.get("/people/").status_code) == (403, [200, 403], 403)


def test_strangers_and_other_methods(browser: Client, log_in: LogIn) -> None:
    assert browser.post("/role/", {"membership": "1"})["Location"] == "/log-in/?next=/role/"
    assert browser.get("/as/1/?next=/me/")["Location"] == "/log-in/?next=/as/1/%3Fnext%3D/me/"
    assert [log_in(actor_of()).get(url).status_code for url in ("/role/", "/language/", "/log-out/")] == [405] * 3


def test_the_language_is_remembered_in_the_browser(browser: Client) -> None:
    before = browser.get("/log-in/").content.decode()
    browser.post("/language/", {"language": "en", "next": "/log-in/"})
    after = browser.get("/log-in/").content.decode()

    assert ['<html lang="ru">' in before, "Прислать код" in before] == [True, True]
    assert ['<html lang="en">' in after, "Send me a code" in after] == [True, True]
    browser.post("/language/", {"language": "de", "next": "/log-in/"})
    assert browser.cookies["language"].value == "en"


def test_leaving_ends_the_session(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    answer = browser.post("/log-out/", follow=True)

    assert (answer.redirect_chain, browser.get("/me/").status_code) == ([("/log-in/", 302)], 302)
    assert "Вы вышли." in answer.content.decode()
