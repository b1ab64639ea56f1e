"""The doors of a survey: personal links, the link of a class, one-time codes and how often they may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.tokens import digest
from surveys.models import Campaign, ClassDoor, Respondent
from surveys.services.doors import (
    CODE_LENGTH,
    MOST_WRONG,
    DoorShut,
    code_digest,
    door_by_digest,
    open_by_code,
    respondent_by_token,
)
from surveys.services.opening import close_campaign
from surveys.services.slips import issue_codes, issue_slip_links
from tests.factories import actor_of
from tests.surveys.asking import mentee, opened, prepared, year

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def slip_of(campaign: Campaign) -> tuple[Respondent, str]:
    keys = list(campaign.respondents.values_list("pk", flat=True))
    by = actor_of(school=campaign.cycle.programme.school)
    return issue_slip_links(campaign=campaign, respondents=keys, by=by)[0]


def codes_of(campaign: Campaign, class_name: str = "7 «Б»") -> tuple[ClassDoor, str, list[tuple[Respondent, str]]]:
    by = actor_of(school=campaign.cycle.programme.school)
    token, codes = issue_codes(campaign=campaign, class_name=class_name, by=by)
    return ClassDoor.objects.get(token_hash=digest(token)), token, codes


def one_class(number: int) -> Campaign:
    cycle = year()
    for _ in range(number):
        mentee(cycle)
    return opened(prepared(cycle))


def test_a_slip_opens_the_survey_of_its_own_and_a_newer_one_takes_its_place() -> None:
    campaign = one_class(1)
    respondent, first = slip_of(campaign)
    _respondent, second = slip_of(campaign)

    assert [respondent_by_token(token) for token in (first, second, "x")] == [None, respondent, None]


@pytest.mark.parametrize("change", ["closed", "excused", "stopped", "withdrawn"])
def test_a_link_says_why_it_lets_nobody_in(change: str) -> None:
    campaign = one_class(1)
    respondent, token = slip_of(campaign)
    if change == "closed":
        close_campaign(campaign=campaign, by=actor_of(school=campaign.cycle.programme.school))
    elif change == "withdrawn":
        assert respondent.enrolment is not None
        respondent.enrolment.person.consents.update(state="withdrawn", ended_at=timezone.now())
    else:
        columns: dict[str, dict[str, Any]] = {
            "excused": {"is_excused": True},
            "stopped": {"stopped_at": timezone.now()},
        }
        Respondent.objects.update(**columns[change])

    with pytest.raises(DoorShut):
        respondent_by_token(token)


def test_each_code_opens_the_survey_of_its_pupil_however_it_is_typed() -> None:
    campaign = one_class(3)
    door, _token, codes = codes_of(campaign)

    found = [open_by_code(door=door, code=f" {code[:3].upper()}-{code[3:]} ") for _row, code in codes]

    assert found == [row for row, _code in codes]
    assert {len(code) for _row, code in codes} == {CODE_LENGTH}


def test_a_code_is_of_no_use_once_the_answers_are_sent() -> None:
    door, _token, ((row, code),) = codes_of(one_class(1))
    Respondent.objects.filter(pk=row.pk).update(has_answered=True)

    with pytest.raises(DoorShut):
        open_by_code(door=door, code=code)


def test_a_code_of_another_campaign_opens_nothing() -> None:
    door, _token, _codes = codes_of(one_class(1))
    _door, _other, ((_row, code),) = codes_of(one_class(1))

    with pytest.raises(DoorShut):
        open_by_code(door=door, code=code)


def test_no_code_can_be_found_from_what_is_kept() -> None:
    door, token, ((row, code),) = codes_of(one_class(1))
    row.refresh_from_db()

    assert row.code_hash == code_digest(row.campaign_id, code)
    assert row.code_hash not in {digest(code), digest(f"{row.campaign_id}{code}")}
    assert door.token_hash == digest(token)


def test_wrong_codes_close_the_door_for_some_minutes(clock: Any) -> None:
    door, _token, ((row, code),) = codes_of(one_class(1))
    refusals = []
    for _ in range(MOST_WRONG):
        with pytest.raises(DoorShut) as refusal:
            open_by_code(door=door, code="zzzzzz")
        refusals.append(str(refusal.value))

    with pytest.raises(DoorShut) as shut:
        open_by_code(door=door, code=code)
    clock.move_to(NOON + timedelta(minutes=6))

    assert str(shut.value) == refusals[-1] != refusals[-2]
    assert open_by_code(door=door, code=code) == row


def test_a_right_code_begins_the_count_anew() -> None:
    door, _token, ((_row, code),) = codes_of(one_class(1))
    for _ in range(3):
        for _ in range(MOST_WRONG - 1):
            with pytest.raises(DoorShut):
                open_by_code(door=door, code="zzzzzz")
        open_by_code(door=door, code=code)

    door.refresh_from_db()
    assert (door.wrong_codes, door.closed_until) == (0, None)


def test_codes_printed_anew_take_the_place_of_the_earlier_ones() -> None:
    campaign = one_class(2)
    _door, old_token, old = codes_of(campaign)
    door, _token, new = codes_of(campaign)

    assert door_by_digest(digest(old_token)) is None
    assert len({code for _row, code in [*old, *new]}) == 4
    with pytest.raises(DoorShut):
        open_by_code(door=door, code=old[0][1])


# ---------------------------------------------------------------- the page of the class


def test_a_pupil_comes_by_the_link_of_the_class_and_his_code(client: Client) -> None:
    _door, token, ((row, code),) = codes_of(one_class(1))

    at = client.get(f"/a/class/{token}/")
    page = client.get(at["Location"])
    wrong = client.post(at["Location"], {"code": "zzz"})
    right = client.post(at["Location"], {"code": code})

    assert (at.status_code, token in at["Location"], page.status_code) == (302, False, 200)
    assert (wrong.status_code, "zzz" in wrong.content.decode()) == (400, True)
    assert (right.status_code, client.session["respondent"]) == (302, row.pk)
    assert client.get(right["Location"]).status_code == 200


def test_the_page_of_the_class_shows_nobody(client: Client) -> None:
    _door, token, ((row, _code),) = codes_of(one_class(1))
    client.get(f"/a/class/{token}/")

    page = client.get("/a/class/code/").content.decode()

    assert row.enrolment is not None
    person = row.enrolment.person
    assert [name in page for name in (person.surname, person.given_name)] == [False, False]


def test_a_dead_link_of_a_class_and_a_closed_survey_say_so(client: Client) -> None:
    campaign = one_class(1)
    _door, token, _codes = codes_of(campaign)
    client.get("/a/class/nothing/")
    dead = client.get("/a/class/code/").status_code

    close_campaign(campaign=campaign, by=actor_of(school=campaign.cycle.programme.school))
    client.get(f"/a/class/{token}/")
    over = client.get("/a/class/code/").status_code

    assert (dead, over) == (404, 409)
