from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from core.access import AccessRule, ActingRequest, Door, allow
from core.actors import NOBODY, SYSTEM, Actor, link_actor
from core.models import Role
from tests.factories import SchoolFactory, UserFactory, actor_of, installation_admin

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages")]
LogIn = Callable[[Actor], Client]
STAFF = {Role.CURATOR, Role.ADMINISTRATOR}


def browser_of(who: str, log_in: LogIn) -> Client:
    if who == "nobody":
        return Client()
    if who == "installation":
        return log_in(installation_admin())
    if who == "without a role":
        return log_in(Actor(SYSTEM.kind, user=UserFactory()))
    return log_in(actor_of(Role(who)))


WHO = ["nobody", "installation", "without a role", *Role.values]


@pytest.mark.parametrize("who", WHO)
def test_each_door_lets_in_whom_it_names(who: str, log_in: LogIn) -> None:
    browser = browser_of(who, log_in)

    found = {
        "anyone": browser.get("/test/anyone/").status_code,
        "signed in": browser.get("/test/signed-in/").status_code,
        "staff": browser.get("/test/staff/").status_code,
        "installation": browser.post("/test/installation/").status_code,
    }

    refused = 302 if who == "nobody" else 403
    assert found == {
        "anyone": 200,
        "signed in": 302 if who == "nobody" else 200,
        "staff": 200 if who in STAFF else refused,
        "installation": 200 if who == "installation" else refused,
    }


def test_a_stranger_is_sent_to_the_login_page_and_back(log_in: LogIn) -> None:
    response = Client().get("/test/staff/?page=2")

    assert (response.status_code, response["Location"]) == (302, "/log-in/?next=/test/staff/%3Fpage%3D2")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_another_method_is_refused_with_those_that_are_allowed(method: str, log_in: LogIn) -> None:
    response = getattr(log_in(actor_of()), method)("/test/staff/")

    assert (response.status_code, response["Allow"]) == (405, "GET, POST, HEAD")


def test_a_page_that_is_only_posted_to_is_not_shown(log_in: LogIn) -> None:
    browser = log_in(installation_admin())

    assert [browser.get("/test/installation/").status_code, browser.head("/test/installation/").status_code] == [
        405,
        405,
    ]


def test_head_is_allowed_where_get_is(log_in: LogIn) -> None:
    response = log_in(actor_of()).head("/test/staff/")

    assert (response.status_code, response.content) == (200, b"")


def test_the_wrong_role_is_refused_before_the_wrong_method(log_in: LogIn) -> None:
    assert log_in(actor_of(Role.MENTEE)).delete("/test/staff/").status_code == 403


def test_someone_who_was_switched_off_is_a_stranger(log_in: LogIn) -> None:
    actor = actor_of()
    browser = log_in(actor)
    assert actor.user is not None
    actor.user.is_active = False
    actor.user.save()

    assert browser.get("/test/staff/").status_code == 302


def test_a_role_that_was_ended_opens_nothing_from_that_moment(log_in: LogIn) -> None:
    actor = actor_of()
    browser = log_in(actor)
    assert actor.membership is not None
    before = browser.get("/test/staff/").status_code

    actor.membership.ended_at = actor.membership.created_at
    actor.membership.save()

    assert [before, browser.get("/test/staff/").status_code] == [200, 403]


@pytest.mark.parametrize(
    ("actor", "doors"),
    [
        (NOBODY, {Door.ANYONE}),
        (SYSTEM, {Door.ANYONE}),
        (link_actor("invitation:7"), {Door.ANYONE, Door.LINK}),
    ],
    ids=["nobody", "system", "link"],
)
def test_who_has_no_account_comes_in_only_where_anyone_may(actor: Actor, doors: set[Door]) -> None:
    assert {door for door in Door if AccessRule(frozenset({door}), ("GET",)).admits(actor)} == doors
    assert not AccessRule(frozenset(Role), ("GET",)).admits(actor)


def test_a_link_of_a_school_is_no_role_in_it() -> None:
    actor = link_actor("card:7", SchoolFactory())

    assert not AccessRule(frozenset({*Role, Door.SIGNED_IN, Door.INSTALLATION}), ("GET",)).admits(actor)


def test_the_installations_administrator_acting_in_a_school_is_not_its_administrator() -> None:
    actor = actor_of(Role.MENTOR, user=UserFactory(is_installation_admin=True))

    rule = AccessRule(frozenset({Door.INSTALLATION}), ("GET",))
    assert not actor.membership or not rule.admits(actor)


def test_a_view_carries_its_rule() -> None:
    @allow(Role.CURATOR, Door.INSTALLATION, methods="GET POST")
    def page(request: ActingRequest) -> HttpResponse:
        return HttpResponse()

    assert page.access_rule == AccessRule(  # type: ignore[attr-defined]
        frozenset({Role.CURATOR, Door.INSTALLATION}), ("GET", "POST", "HEAD")
    )
