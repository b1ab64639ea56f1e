"""The pages about one pair: returning it, proposing it again, taking it back; and the page of who approves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from pairing.models import ApprovalRule, Match, MatchState
from participants.models import ConsentState
from tests.factories import MatchFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
MEANWHILE = "Кто-то уже принял решение по этой паре. Посмотрите на неё ещё раз, прежде чем продолжить."


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def head(curator: Actor) -> Actor:
    return actor_of(Role.ADMINISTRATOR, curator.school)


def state_of(match: Match) -> str:
    return str(Match.objects.values_list("state", flat=True).get(pk=match.pk))


# ---------------------------------------------------------------- sending back


@pytest.mark.parametrize("approved", [False, True])
def test_a_pair_is_returned_as_long_as_no_order_holds_it(log_in: LogIn, head: Actor, approved: bool) -> None:
    match = MatchFactory(school=head.school, approved=approved)
    page, browser = f"/pairs/{match.pk}/return/", log_in(head)

    shown = browser.get(page).content.decode()
    answer = browser.post(page, {"seen": match.state, "note": "Живут далеко", "once": "a"}, follow=True)

    assert (match.mentee.person.full_name in shown, match.mentor.person.full_name in shown) == (True, True)
    assert state_of(match) == MatchState.RETURNED
    assert answer.redirect_chain == [("/pairs/?group=returned", 302)]
    assert "Живут далеко" in answer.content.decode()


def test_without_a_note_nothing_is_returned(log_in: LogIn, head: Actor) -> None:
    match = MatchFactory(school=head.school)

    answer = log_in(head).post(f"/pairs/{match.pk}/return/", {"seen": match.state, "note": " ", "once": "a"})

    assert (answer.status_code, state_of(match)) == (400, MatchState.PROPOSED)


def test_a_stale_page_returns_nothing_and_keeps_the_note(log_in: LogIn, head: Actor) -> None:
    match = MatchFactory(school=head.school, approved=True)

    answer = log_in(head).post(f"/pairs/{match.pk}/return/", {"seen": "proposed", "note": "Далеко", "once": "a"})

    page = answer.content.decode()
    assert (answer.status_code, state_of(match)) == (400, MatchState.APPROVED)
    assert (MEANWHILE in page, "Далеко" in page) == (True, True)


# ---------------------------------------------------------------- proposing again


def test_a_returned_pair_is_proposed_again(log_in: LogIn, curator: Actor) -> None:
    match = MatchFactory(school=curator.school, returned=True, note="Оба любят задачи")
    page, browser = f"/pairs/{match.pk}/again/", log_in(curator)

    shown = browser.get(page).content.decode()
    answer = browser.post(page, {"note": "Встречаются в школе", "once": "a"}, follow=True)

    assert ("Другой класс" in shown, "Оба любят задачи</textarea>" in shown) == (True, True)
    assert state_of(match) == MatchState.PROPOSED
    assert "Пара предложена снова и ждёт утверждения администратором." in answer.content.decode()


def test_what_speaks_against_it_now_is_said_and_the_note_kept(log_in: LogIn, curator: Actor) -> None:
    match = MatchFactory(school=curator.school, returned=True)
    match.mentee.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())

    answer = log_in(curator).post(f"/pairs/{match.pk}/again/", {"note": "Встречаются в школе", "once": "a"})

    page = answer.content.decode()
    assert (answer.status_code, state_of(match)) == (400, MatchState.RETURNED)
    assert "согласие на обработку персональных данных не действует." in page
    assert "Встречаются в школе" in page


# ---------------------------------------------------------------- taking back


def test_a_pair_is_taken_back_after_one_more_question(log_in: LogIn, curator: Actor) -> None:
    match = MatchFactory(school=curator.school)
    page, browser = f"/pairs/{match.pk}/drop/", log_in(curator)

    shown = browser.get(page).content.decode()
    assert state_of(match) == MatchState.PROPOSED
    answer = browser.post(page, {"seen": "proposed", "once": "a"}, follow=True)

    assert "Снять эту пару?" in shown
    assert state_of(match) == MatchState.DROPPED
    assert match.mentee.person.full_name in answer.content.decode()


def test_a_pair_that_was_approved_meanwhile_is_not_taken_back_by_a_stale_page(log_in: LogIn, curator: Actor) -> None:
    match = MatchFactory(school=curator.school, approved=True)

    answer = log_in(curator).post(f"/pairs/{match.pk}/drop/", {"seen": "proposed", "once": "a"})

    assert (answer.status_code, state_of(match)) == (409, MatchState.APPROVED)
    assert MEANWHILE in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "sent", "before"),
    [
        ("return", {"seen": "proposed", "note": "Нет"}, {}),
        ("again", {"note": "Да"}, {"returned": True}),
        ("drop", {"seen": "proposed"}, {}),
    ],
)
def test_a_form_sent_fifty_times_acts_once(
    log_in: LogIn, curator: Actor, head: Actor, page: str, sent: dict[str, str], before: dict[str, bool]
) -> None:
    match = MatchFactory(school=curator.school, **before)
    browser = log_in(head if page == "return" else curator)

    answers = [browser.post(f"/pairs/{match.pk}/{page}/", sent | {"once": "token"}) for _ in range(50)]

    assert {answer.status_code for answer in answers} == {302}
    assert Event.objects.filter(verb="move").count() == 1


@pytest.mark.parametrize("page", ["return", "again", "drop"])
def test_looking_at_a_pair_is_journaled(log_in: LogIn, curator: Actor, head: Actor, page: str) -> None:
    match = MatchFactory(school=curator.school, returned=True)

    log_in(head if page == "return" else curator).get(f"/pairs/{match.pk}/{page}/")

    assert list(Event.objects.values_list("verb", "thing")) == [("view", f"match:{match.pk}")]


# ---------------------------------------------------------------- who approves


def test_an_administrator_says_who_approves_and_why(log_in: LogIn, head: Actor) -> None:
    browser = log_in(head)

    before = browser.get("/pairs/approval/").content.decode()
    after = browser.post(
        "/pairs/approval/", {"is_single": "on", "reason": "Руководитель один", "once": "a"}, follow=True
    ).content.decode()

    assert "Кто предложил пару, тот её не утверждает" in before
    assert "Один человек может предложить пару и утвердить её" in after
    assert "Руководитель один" in after
    assert ApprovalRule.objects.get().is_single


@pytest.mark.parametrize("reason", ["", "  ", "я" * 301])
def test_the_rule_is_not_changed_without_a_fitting_reason(log_in: LogIn, head: Actor, reason: str) -> None:
    answer = log_in(head).post("/pairs/approval/", {"is_single": "on", "reason": reason, "once": "a"})

    assert answer.status_code == 400
    assert not ApprovalRule.objects.exists()
