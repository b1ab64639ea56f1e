"""Campaigns opened, closed and joined by many at once: everyone is asked once, and written to once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.models import Event, Notice
from surveys.models import Campaign, Respondent
from surveys.services.doors import MOST_WRONG, open_by_code
from surveys.services.opening import close_campaign, open_campaign, tend_campaigns
from surveys.services.slips import issue_codes
from tests.factories import actor_of
from tests.pairing.crowd import Race, run
from tests.surveys.asking import mentee, opened, prepared, year

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
PEOPLE = 5


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_opened_and_tended_by_many_at_once_it_asks_each_once() -> None:
    cycle = year()
    by = actor_of(school=cycle.programme.school)
    for _ in range(PEOPLE):
        mentee(cycle)
    made: list[Campaign] = []

    def attempt(number: int) -> object:
        if number % 4 == 3:
            return tend_campaigns()
        return open_campaign(campaign=made[-1], by=by)

    def is_broken() -> bool:
        rows = Respondent.objects.filter(campaign=made[-1])
        moves = Event.objects.filter(verb="move", thing=f"campaign:{made[-1].pk}").count()
        written = rows.exclude(letter_hash="").count()
        return (moves, rows.count(), written, Notice.objects.count()) != (1, PEOPLE, PEOPLE, PEOPLE * len(made))

    tally = run(Race("opening", lambda: made.append(prepared(cycle)), attempt, is_broken, (Campaign,)))

    assert (tally.broken, tally.trouble) == (0, {})


def test_closed_while_people_join_it_stays_closed() -> None:
    cycle = year()
    by = actor_of(school=cycle.programme.school)
    made: list[Campaign] = []

    def begin() -> None:
        made.append(opened(prepared(cycle, is_anonymous=True)))
        mentee(cycle)

    def attempt(number: int) -> object:
        if number % 2:
            return tend_campaigns()
        close_campaign(campaign=made[-1], by=by)
        return None

    def is_broken() -> bool:
        made[-1].refresh_from_db()
        people = list(Respondent.objects.filter(campaign=made[-1]).values_list("enrolment__person", flat=True))
        return made[-1].state != "closed" or len(people) != len(set(people))

    tally = run(Race("closing", begin, attempt, is_broken, (Campaign,)))

    assert (tally.broken, tally.trouble) == (0, {})


def test_wrong_codes_of_many_at_once_are_all_counted() -> None:
    cycle = year()
    mentee(cycle)
    campaign = opened(prepared(cycle))
    by = actor_of(school=cycle.programme.school)

    def begin() -> None:
        issue_codes(campaign=campaign, class_name="7 «Б»", by=by)

    def is_broken() -> bool:
        door = campaign.doors.get()
        return door.wrong_codes != 16 % MOST_WRONG

    tally = run(
        Race(
            "codes",
            begin,
            lambda number: open_by_code(door=campaign.doors.get(), code="zzzzzz"),
            is_broken,
            (Campaign,),
        )
    )

    assert (tally.broken, tally.done, tally.trouble) == (0, 0, {})
