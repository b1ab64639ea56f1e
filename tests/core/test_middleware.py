from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from core.actors import Actor, user_actor
from core.middleware import ContentPolicyMiddleware, memberships_of
from core.models import DEVICE_ROLES, Role
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, actor_of, installation_admin

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages")]
LogIn = Callable[[Actor], Client]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HALF_HOUR, MONTH, SECOND = timedelta(minutes=30), timedelta(days=30), timedelta(seconds=1)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def who_acts(browser: Client) -> str:
    return browser.get("/test/anyone/").content.decode().split()[0]


# ---------------------------------------------------------------- who acts


def test_a_person_acts_in_the_role_chosen_for_the_session(log_in: LogIn) -> None:
    user = UserFactory()
    rows = [MembershipFactory(user=user, role=role) for role in (Role.CURATOR, Role.MENTOR)]

    pages = [log_in(user_actor(user, [row])).get("/test/anyone/").content.decode() for row in rows]

    assert [page.split()[1] for page in pages] == ["curator", "mentor"]


def test_a_persons_roles_stand_in_the_order_of_schools_and_ended_ones_not_at_all(log_in: LogIn) -> None:
    user = UserFactory()
    schools = [SchoolFactory(short_name=name) for name in ("Школа № 20", "Лицей «Ёлочка»", "Школа № 5")]
    rows = [MembershipFactory(user=user, school=one, role=role) for one in schools for role in ("observer", "curator")]
    MembershipFactory(user=user, school=schools[0], role=Role.MENTOR, ended_at=NOON)
    MembershipFactory(school=schools[0])

    found = memberships_of(user)

    assert found == tuple(user.memberships.filter(ended_at=None))
    assert [rows.index(row) for row in found] == [3, 2, 5, 4, 1, 0]


def test_a_request_costs_a_session_a_person_and_his_roles(log_in: LogIn, django_assert_num_queries: Any) -> None:
    browser = log_in(actor_of())
    browser.get("/test/anyone/")

    with django_assert_num_queries(3):
        browser.get("/test/anyone/")


@pytest.mark.parametrize("sent", ["other", "0", "", "x"])
def test_a_form_filled_in_under_another_role_changes_nothing(sent: str, log_in: LogIn) -> None:
    actor, other = actor_of(), MembershipFactory()

    response = log_in(actor).post("/test/staff/", {"acting_as": other.pk if sent == "other" else sent})

    assert response.status_code == 409
    assert response.content != b"staff"


def test_a_form_filled_in_under_the_role_it_is_sent_in_goes_through(log_in: LogIn) -> None:
    actor = actor_of()
    assert actor.membership is not None

    assert log_in(actor).post("/test/staff/", {"acting_as": actor.membership.pk}).status_code == 200
    assert log_in(actor).post("/test/staff/", {}).status_code == 200
    assert Client().post("/test/anyone/", {"acting_as": "0"}).status_code == 200
    assert log_in(installation_admin()).post("/test/installation/", {"acting_as": "0"}).status_code == 200


# ---------------------------------------------------------------- idle sessions


@pytest.mark.parametrize("role", sorted(set(Role) - DEVICE_ROLES))
def test_staff_who_are_idle_for_half_an_hour_are_logged_out(role: Role, log_in: LogIn, clock: Any) -> None:
    actor = actor_of(role)
    browser = log_in(actor)
    seen = [who_acts(browser)]
    for pause in (HALF_HOUR, HALF_HOUR + SECOND, SECOND):
        clock.shift(pause)
        seen.append(who_acts(browser))

    assert seen == [actor.pseudonym, actor.pseudonym, "nobody", "nobody"]


def test_staff_log_in_anew_after_twelve_hours_however_busy_they_were(log_in: LogIn, clock: Any) -> None:
    actor = actor_of(Role.CURATOR)
    browser = log_in(actor)
    seen = [who_acts(browser)]
    for _ in range(25):
        clock.shift(HALF_HOUR)
        seen.append(who_acts(browser))

    assert seen == [actor.pseudonym] * 25 + ["nobody"]


@pytest.mark.parametrize("role", sorted(DEVICE_ROLES))
def test_mentors_mentees_and_parents_stay_logged_in_for_a_month(role: Role, log_in: LogIn, clock: Any) -> None:
    actor = actor_of(role)
    browser = log_in(actor)
    seen = [who_acts(browser)]
    for pause in (MONTH - SECOND, MONTH + SECOND):
        clock.shift(pause)
        seen.append(who_acts(browser))

    assert seen == [actor.pseudonym, actor.pseudonym, "nobody"]


def test_who_is_staff_anywhere_has_no_long_session(log_in: LogIn, clock: Any) -> None:
    user = UserFactory()
    rows = [MembershipFactory(user=user, role=role) for role in (Role.MENTOR, Role.OBSERVER)]
    browser = log_in(user_actor(user, rows))
    who_acts(browser)
    clock.shift(HALF_HOUR + SECOND)

    assert who_acts(browser) == "nobody"


@pytest.mark.parametrize("roles", [[], [Role.MENTOR]])
def test_the_installations_administrator_has_no_long_session(roles: list[Role], log_in: LogIn, clock: Any) -> None:
    user = UserFactory(is_installation_admin=True)
    browser = log_in(user_actor(user, [MembershipFactory(user=user, role=role) for role in roles]))
    who_acts(browser)
    clock.shift(HALF_HOUR + SECOND)

    assert who_acts(browser) == "nobody"


def test_who_was_logged_out_for_idling_is_told_so(log_in: LogIn, clock: Any) -> None:
    browser = log_in(actor_of())
    who_acts(browser)
    clock.shift(HALF_HOUR + SECOND)

    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = browser.get("/test/staff/", follow=True)

    assert page.request["PATH_INFO"] == "/log-in/"
    assert "You were away for a while, so we logged you out." in page.content.decode()


def test_the_moment_last_seen_is_written_once_a_minute(log_in: LogIn, clock: Any) -> None:
    browser = log_in(actor_of())
    stamps = []
    for pause in (0, 59, 1):
        clock.shift(timedelta(seconds=pause))
        who_acts(browser)
        stamps.append(browser.session["seen"] - int(NOON.timestamp()))

    assert stamps == [0, 0, 60]


# ---------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("cookie", "browser_says", "language"),
    [("", "en", "ru"), ("en", "ru", "en"), ("ru", "en", "ru"), ("de", "en", "ru"), ("../x", "en", "ru")],
)
def test_a_page_is_russian_unless_the_person_chose_otherwise(cookie: str, browser_says: str, language: str) -> None:
    browser = Client(headers={"accept-language": browser_says})
    if cookie:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    response = browser.get("/test/anyone/")

    assert (response.content.decode().split()[-1], response["Content-Language"]) == (language, language)


# ---------------------------------------------------------------- content policy and caches


@pytest.mark.parametrize(
    ("path", "status"), [("/test/anyone/", 200), ("/test/refuse/", 403), ("/test/nowhere/", 404), ("/test/staff/", 302)]
)
def test_every_page_says_what_it_may_load_and_is_kept_nowhere(path: str, status: int) -> None:
    response = Client().get(path)

    assert (response.status_code, response["Content-Security-Policy"], response["Cache-Control"]) == (
        status,
        ContentPolicyMiddleware.POLICY,
        "no-store",
    )
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"], response["Referrer-Policy"]) == (
        "DENY",
        "nosniff",
        "same-origin",
    )


def test_the_policy_allows_no_inline_code_and_no_other_host() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in ContentPolicyMiddleware.POLICY.split(";"))

    assert rules == {
        "default-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }


def test_a_page_may_set_a_policy_and_a_life_of_its_own() -> None:
    response = Client().get("/test/own-headers/")

    assert (response["Content-Security-Policy"], response["Cache-Control"]) == ("sandbox", "max-age=60")
