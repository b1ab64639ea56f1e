"""R10: fifty sendings of one form about pairs at the same moment have one effect, and all get its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from core.actors import Actor
from core.models import Event, Role
from pairing.models import Match
from tests.factories import MatchFactory, actor_of, cleared_enrolment
from tests.pairing.crowd import PEOPLE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LogIn = Callable[[Actor], Client]
SENDINGS = 50


def at_once(log_in: LogIn, actor: Actor, page: str, sent: Mapping[str, object]) -> list[Any]:
    """Send the form in sixteen threads, each over a connection of its own, until it was sent fifty times."""
    browsers = [log_in(actor) for _ in range(SENDINGS)]
    begin, end = threading.Barrier(PEOPLE), threading.Barrier(PEOPLE)

    def send(first: int) -> list[Any]:
        begin.wait(60)
        answers = [browser.post(page, sent) for browser in browsers[first::PEOPLE]]
        end.wait(60)
        connections.close_all()
        return answers

    with ThreadPoolExecutor(PEOPLE) as threads:
        return [answer for answers in threads.map(send, range(PEOPLE)) for answer in answers]


def test_a_pair_is_proposed_once(log_in: LogIn) -> None:
    curator = actor_of(Role.CURATOR)
    mentee = cleared_enrolment(person__school=curator.school)
    mentor = cleared_enrolment(
        person__school=curator.school, cycle=mentee.cycle, form=mentee.form, mentor=True, state="ready"
    )
    page = f"/pairs/new/?mentee={mentee.pk}"

    answers = at_once(log_in, curator, page, {"mentor": mentor.pk, "note": "", "once": "token"})

    assert [(row.status_code, row["Location"]) for row in answers] == [(302, "/pairs/?group=unpaired")] * SENDINGS
    assert (Match.objects.count(), Event.objects.filter(verb="propose").count()) == (1, 1)
    print(f"sendings: {SENDINGS} of one proposal at once, {Match.objects.count()} pair")


def test_pairs_are_decided_once(log_in: LogIn) -> None:
    head = actor_of(Role.ADMINISTRATOR)
    good, bad = MatchFactory.create_batch(2, school=head.school)
    sent = {"pair": [good.pk, bad.pk], f"approve-{good.pk}": "on", f"note-{bad.pk}": "Другой класс", "once": "token"}

    answers = at_once(log_in, head, "/pairs/decide/", sent)

    assert [(row.status_code, row["Location"]) for row in answers] == [(302, "/pairs/?group=approved")] * SENDINGS
    moves = Event.objects.filter(verb="move").order_by("thing").values_list("thing", "to_state")
    assert list(moves) == [(f"match:{good.pk}", "approved"), (f"match:{bad.pk}", "returned")]
    print(f"sendings: {SENDINGS} of one decision at once, {len(moves)} moves of 2 pairs")


def test_two_administrators_who_decide_at_once_decide_each_pair_once(log_in: LogIn) -> None:
    first = actor_of(Role.ADMINISTRATOR)
    second = actor_of(Role.ADMINISTRATOR, first.school)
    matches = MatchFactory.create_batch(20, school=first.school)
    sent = {"pair": [row.pk for row in matches]} | {f"approve-{row.pk}": "on" for row in matches}
    browsers, begin = [log_in(first), log_in(second)], threading.Barrier(2)

    def send(browser: Client) -> str:
        begin.wait(60)
        page = browser.post("/pairs/decide/", sent | {"once": "token"}, follow=True).content.decode()
        connections.close_all()
        return page

    with ThreadPoolExecutor(2) as threads:
        pages = list(threads.map(send, browsers))

    assert set(Match.objects.values_list("state", flat=True)) == {"approved"}
    assert Event.objects.filter(verb="move").count() == len(matches)
    said = sorted(("20 пар утверждено." in page, "20 пар остались как были:" in page) for page in pages)
    assert said == [(False, True), (True, False)]
