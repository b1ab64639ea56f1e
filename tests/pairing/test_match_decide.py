"""Deciding on all pairs that wait, on one page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from pairing.models import Match, MatchState
from participants.models import ConsentState
from tests.factories import ApprovalRuleFactory, MatchFactory, actor_of

pytestmark = pytest.mark.django_db
PAGE = "/pairs/decide/"
LogIn = Callable[[Actor], Client]


@pytest.fixture
def head() -> Actor:
    return actor_of(Role.ADMINISTRATOR)


def ticks(page: str) -> dict[int, bool]:
    """By pair, whether it is ticked."""
    found = re.findall(r'<input class="form-check-input"\s*type="checkbox"\s*name="approve-(\d+)"\s*(checked)?', page)
    return {int(key): bool(checked) for key, checked in found}


def decision(seen: list[Match], approve: list[Match], once: str = "a", **notes: str) -> dict[str, object]:
    return {
        "once": once,
        "pair": [row.pk for row in seen],
        **{f"approve-{row.pk}": "on" for row in approve},
        **{name.replace("_", "-"): note for name, note in notes.items()},
    }


def states() -> dict[int, str]:
    return dict(Match.objects.values_list("pk", "state"))


def test_fifty_one_pairs_are_approved_with_one_click(log_in: LogIn, head: Actor) -> None:
    matches = MatchFactory.create_batch(51, school=head.school)
    browser = log_in(head)

    page = browser.get(PAGE).content.decode()
    answer = browser.post(PAGE, decision(matches, matches), follow=True)

    assert ticks(page) == {row.pk: True for row in matches}
    assert "51 пара ждёт вашего решения" in page
    assert set(states().values()) == {"approved"}
    assert "51 пара утверждена." in answer.content.decode()
    assert answer.redirect_chain == [("/pairs/?group=approved", 302)]


def test_the_number_of_queries_does_not_grow_with_the_pairs(log_in: LogIn, head: Actor) -> None:
    browser, counts = log_in(head), []
    browser.get(PAGE)
    for _ in range(2):
        MatchFactory.create_batch(2, school=head.school)
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_some_are_returned_with_a_note_and_the_rest_passes(log_in: LogIn, head: Actor) -> None:
    good, bad, later = MatchFactory.create_batch(3, school=head.school)
    notes = {f"note_{bad.pk}": "Живут далеко"}

    answer = log_in(head).post(PAGE, decision([good, bad, later], [good], **notes), follow=True)

    assert states() == {good.pk: "approved", bad.pk: "returned", later.pk: "proposed"}
    assert Match.objects.get(pk=bad.pk).decision_note == "Живут далеко"
    page = answer.content.decode()
    assert ("1 пара утверждена." in page, "1 пара возвращена." in page) == (True, True)
    assert ticks(page) == {later.pk: True}


def test_a_pair_both_ticked_and_noted_is_asked_about_and_nothing_is_done(log_in: LogIn, head: Actor) -> None:
    unclear, good = MatchFactory.create_batch(2, school=head.school)
    notes = {f"note_{unclear.pk}": "Хорошая пара"}

    answer = log_in(head).post(PAGE, decision([unclear, good], [unclear], **notes))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert set(states().values()) == {"proposed"}
    assert "Пара отмечена, и к ней есть замечание." in page
    assert "Хорошая пара" in page
    assert ticks(page) == {unclear.pk: True, good.pk: False}


def test_what_speaks_against_a_pair_is_said_and_it_is_not_ticked(log_in: LogIn, head: Actor) -> None:
    match = MatchFactory(school=head.school)
    match.mentor.person.consents.update(state=ConsentState.EXPIRED, ended_at=timezone.now())

    page = log_in(head).get(PAGE).content.decode()

    assert ticks(page) == {match.pk: False}
    assert f"{match.mentor.person.short_name}: согласие на обработку персональных данных не действует." in page


def test_pairs_decided_meanwhile_stay_as_they_are_and_this_is_said(log_in: LogIn, head: Actor) -> None:
    done, dropped, good = MatchFactory.create_batch(3, school=head.school)
    Match.objects.filter(pk=done.pk).update(state=MatchState.APPROVED, decided_by=head.user, decided_at=timezone.now())
    Match.objects.filter(pk=dropped.pk).update(state=MatchState.DROPPED)
    notes = {f"note_{dropped.pk}": "Нет"}

    answer = log_in(head).post(PAGE, decision([done, dropped, good], [done, good], **notes), follow=True)

    assert states() == {done.pk: "approved", dropped.pk: "dropped", good.pk: "approved"}
    page = answer.content.decode()
    assert "1 пара утверждена." in page
    assert "2 пары остались как были: решение по ним уже принято или им что-то мешает." in page


def test_a_form_sent_fifty_times_decides_once(log_in: LogIn, head: Actor) -> None:
    good, bad = MatchFactory.create_batch(2, school=head.school)
    browser, notes = log_in(head), {f"note_{bad.pk}": "Другой класс"}

    answers = [browser.post(PAGE, decision([good, bad], [good], once="token", **notes)) for _ in range(50)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/pairs/?group=approved")}
    assert Event.objects.filter(verb="move").count() == 2


def test_own_proposals_wait_for_another_administrator(log_in: LogIn, head: Actor) -> None:
    own, other = MatchFactory(school=head.school, proposed_by=head.user), MatchFactory(school=head.school)
    browser = log_in(head)

    page = browser.get(PAGE).content.decode()
    browser.post(PAGE, decision([own, other], [own, other]))

    assert ticks(page) == {other.pk: True}
    assert "1 пару предложили вы: утвердить её должен другой администратор." in page
    assert states() == {own.pk: "proposed", other.pk: "approved"}


def test_own_proposals_are_decided_too_where_the_school_has_one_head(log_in: LogIn, head: Actor) -> None:
    own = MatchFactory(school=head.school, proposed_by=head.user)
    ApprovalRuleFactory(school=head.school)

    assert ticks(log_in(head).get(PAGE).content.decode()) == {own.pk: True}


def test_pairs_of_another_school_are_passed_over(log_in: LogIn, head: Actor) -> None:
    theirs = MatchFactory()

    answer = log_in(head).post(PAGE, decision([theirs], [theirs]), follow=True)

    assert states() == {theirs.pk: "proposed"}
    assert "Ничего не решено: ни одна пара не отмечена и ни к одной нет замечания." in answer.content.decode()


@pytest.mark.parametrize("keys", [["x"], ["-1"], [str(10**30)], [""]])
def test_nonsense_decides_nothing(log_in: LogIn, head: Actor, keys: list[str]) -> None:
    MatchFactory(school=head.school)

    assert log_in(head).post(PAGE, {"pair": keys, "once": "a"}).status_code == 302
    assert set(states().values()) == {"proposed"}


def test_an_empty_page_says_what_will_be_here(log_in: LogIn, head: Actor) -> None:
    page = log_in(head).get(PAGE).content.decode()

    assert "Вашего решения не ждёт ни одна пара" in page
    assert "Когда куратор предложит пары, они появятся здесь" in page


def test_looking_is_journaled(log_in: LogIn, head: Actor) -> None:
    MatchFactory(school=head.school)

    log_in(head).get(PAGE)

    assert list(Event.objects.values_list("verb", "detail")) == [("list", {"list": "pairs to decide", "count": 1})]
