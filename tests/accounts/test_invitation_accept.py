"""The link in a letter: opened, looked at, accepted, and every way in which it opens nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, PassState
from accounts.services.invitations import accept_invitation, resend_invitation, revoke_invitation
from core.actors import Actor, link_actor
from core.errors import DomainError, TransitionRefused
from core.models import Event, Membership, Role, User
from tests.accounts.test_invitation_new import invite
from tests.factories import UserFactory, actor_of

pytestmark = pytest.mark.django_db
PAGE = "/invited/"
LogIn = Callable[[Actor], Client]
ANSWER = {"surname": "Белых", "given_name": "Роман", "patronymic": "Ильич", "secret": ""}


def opened(browser: Client, token: str) -> Client:
    answer = browser.get(f"{PAGE}{token}/")
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"], answer["Cache-Control"]) == (
        302,
        PAGE,
        "no-referrer",
        "no-store",
    )
    return browser


def test_the_link_shows_who_invites_and_uses_nothing_up(browser: Client) -> None:
    invitation, token = invite()

    pages = [opened(browser, token).get(PAGE) for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    page = pages[0].content.decode()
    assert [
        text in page
        for text in (invitation.school.name, "наставник", "roman@school.test", "к куратору программы", token)
    ] == [True] * 4 + [False]
    assert (Invitation.objects.get().state, User.objects.filter(email="roman@school.test").count()) == (
        PassState.WAITING,
        0,
    )


def test_accepting_makes_the_person_and_logs_him_in_under_the_new_role(browser: Client) -> None:
    invitation, token = invite()

    answer = opened(browser, token).post(PAGE, ANSWER | {"secret": "ласточка-у-реки"})

    membership = Membership.objects.get(user__email="roman@school.test")
    assert (answer.status_code, answer["Location"], browser.session["membership"]) == (302, "/", membership.pk)
    assert browser.session["_auth_user_id"] == str(membership.user_id)
    assert (membership.role, membership.school_id, membership.user.full_name) == (
        Role.MENTOR,
        invitation.school_id,
        "Белых Роман Ильич",
    )
    assert membership.user.check_password("ласточка-у-реки")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.user_id) == (PassState.USED, membership.user_id)


def test_without_a_password_the_person_logs_in_by_codes(browser: Client) -> None:
    _invitation, token = invite()

    opened(browser, token).post(PAGE, ANSWER)

    assert User.objects.get(email="roman@school.test").has_usable_password() is False


def test_the_journal_keeps_the_link_and_no_name(browser: Client) -> None:
    invitation, token = invite()

    opened(browser, token).post(PAGE, ANSWER)

    lines = list(Event.objects.order_by("pk").values_list("actor", "verb", "thing", "to_state", "detail"))
    membership = Membership.objects.get(user__email="roman@school.test")
    link = f"invitation:{invitation.pk}"
    assert lines[1:] == [(link, "move", link, "used", {}), (link, "join", f"membership:{membership.pk}", "", {})]
    assert not [word for word in ("Белых", "roman", token) if word in str(list(Event.objects.values()))]


def dead(browser: Client, token: str) -> tuple[int, bytes]:
    browser.get(f"{PAGE}{token}/")
    answer = browser.get(PAGE)
    return answer.status_code, answer.content


def test_altered_used_expired_revoked_and_replaced_links_get_one_page(browser: Client) -> None:
    tokens = {}
    for name in ("used", "expired", "revoked", "replaced"):
        invitation, tokens[name] = invite(email=f"{name}@school.test")
        if name == "used":
            opened(Client(), tokens[name]).post(PAGE, ANSWER)
        elif name == "expired":
            Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        elif name == "revoked":
            revoke_invitation(invitation=invitation, by=actor_of())
        else:
            resend_invitation(invitation=invitation, by=actor_of())
    tokens["altered"] = tokens["replaced"][:-1] + ("A" if tokens["replaced"][-1] != "A" else "B")
    tokens["foreign"] = "x"

    answers = {name: dead(Client(), token) for name, token in tokens.items()}

    assert {status for status, _page in answers.values()} == {404}
    assert len({len(page) for _status, page in answers.values()}) == 1
    assert "Попросите новую у куратора программы" in answers["used"][1].decode()


def test_a_dead_link_can_not_be_posted_to_either(browser: Client) -> None:
    invitation, token = invite()
    opened(browser, token)
    revoke_invitation(invitation=invitation, by=actor_of())

    answer = browser.post(PAGE, ANSWER)

    assert (answer.status_code, User.objects.filter(email="roman@school.test").count()) == (404, 0)


def test_without_a_link_there_is_nothing(browser: Client) -> None:
    assert [browser.get(PAGE).status_code, browser.post(PAGE, ANSWER).status_code] == [404, 404]


def test_accepting_twice_gives_one_role(browser: Client) -> None:
    _invitation, token = invite()
    first, second = opened(Client(), token), opened(Client(), token)

    answers = [first.post(PAGE, ANSWER), second.post(PAGE, ANSWER)]

    assert [answer.status_code for answer in answers] == [302, 404]
    assert Membership.objects.filter(user__email="roman@school.test").count() == 1


def test_of_two_at_once_who_both_saw_it_open_one_succeeds() -> None:
    invitation, _token = invite()
    by, names = link_actor("invitation:1", invitation.school), {"surname": "Белых", "given_name": "Роман"}
    seen_by_both = Invitation.objects.get(pk=invitation.pk)
    accept_invitation(invitation=invitation, user=None, names=names, password="", by=by)

    with pytest.raises((TransitionRefused, DomainError)):
        accept_invitation(invitation=seen_by_both, user=None, names=names, password="", by=by)

    assert Membership.objects.filter(user__email="roman@school.test").count() == 1


def test_a_known_address_must_log_in_first_and_then_gets_the_role_added(browser: Client, log_in: LogIn) -> None:
    user = UserFactory(email="roman@school.test")
    _invitation, token = invite()

    page = opened(browser, token).get(PAGE).content.decode()
    refused = browser.post(PAGE, ANSWER)
    browser.force_login(user)
    answer = browser.post(PAGE)

    assert f'href="/log-in/?next={PAGE}"' in page
    assert (refused.status_code, answer.status_code) == (200, 302)
    membership = Membership.objects.get(user=user)
    assert (membership.role, browser.session["membership"]) == (Role.MENTOR, membership.pk)
    assert User.objects.filter(email="roman@school.test").count() == 1


def test_somebody_else_s_session_can_not_accept(log_in: LogIn) -> None:
    _invitation, token = invite()
    browser = log_in(actor_of(Role.MENTEE))

    page = opened(browser, token).get(PAGE).content.decode()
    browser.post(PAGE, ANSWER)

    assert "Сначала выйдите" in page
    assert (Invitation.objects.get().state, Membership.objects.filter(role=Role.MENTOR).count()) == (
        PassState.WAITING,
        0,
    )


@pytest.mark.parametrize("change", [{"surname": ""}, {"secret": "123"}])
def test_bad_input_keeps_the_link_open(browser: Client, change: dict[str, str]) -> None:
    _invitation, token = invite()

    answer = opened(browser, token).post(PAGE, ANSWER | change)

    assert (answer.status_code, Invitation.objects.get().state) == (400, PassState.WAITING)
    assert 'value="Ильич"' in answer.content.decode()


def test_links_tried_too_often_wait(browser: Client) -> None:
    answers = [browser.get(f"{PAGE}{number}/").status_code for number in range(61)]

    assert (answers[:60], answers[60]) == ([302] * 60, 429)


def test_other_methods_are_refused(browser: Client) -> None:
    assert [browser.post(f"{PAGE}abc/").status_code, browser.put(PAGE).status_code] == [405, 405]
