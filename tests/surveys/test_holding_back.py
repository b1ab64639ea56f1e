"""Anonymous answers: nobody who reads every table and every line of the log can tell whose any of them is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.crypto import SealBroken
from surveys.models import Answer, Campaign, HeldResponse, Response
from surveys.services.holding_back import Datum, hold_sheets, release_rest
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def sheet(text: str) -> tuple[Datum, ...]:
    return (Datum("q1", number=Decimal(7)), Datum("q2", text=text))


def held(campaign: Campaign, *texts: str) -> None:
    for text in texts:
        hold_sheets(campaign=campaign, sheets=[sheet(text)])


def released(campaign: Campaign) -> list[str]:
    return list(Answer.objects.filter(response__campaign=campaign, question="q2").values_list("text", flat=True))


def anonymous() -> Campaign:
    return CampaignFactory(open=True, is_anonymous=True)


# ---------------------------------------------------------------- when what is released


def test_nine_are_all_held_and_with_the_tenth_the_five_earliest_are_released_together() -> None:
    campaign = anonymous()

    held(campaign, *"abcdefghi")
    assert (campaign.held.count(), released(campaign)) == (9, [])

    held(campaign, "j")
    assert (campaign.held.count(), sorted(released(campaign))) == (5, list("abcde"))

    held(campaign, *"klmno")
    assert (campaign.held.count(), sorted(released(campaign))) == (5, list("abcdefghij"))


def test_a_released_answer_has_neither_a_name_nor_a_moment() -> None:
    campaign = anonymous()

    held(campaign, *"abcdefghij")

    rows: set[tuple[Any, ...]] = set(
        Response.objects.filter(campaign=campaign).values_list("respondent", "began_at", "sent_at", "entered_by")
    )
    assert rows == {(None, None, None, None)}
    numbers = Answer.objects.filter(response__campaign=campaign, question="q1").values_list("number", flat=True)
    assert list(numbers) == [Decimal(7)] * 5


def test_closing_releases_the_rest_and_writes_everything_again() -> None:
    campaign = anonymous()
    held(campaign, *"abcdefghijkl")
    before = set(Response.objects.values_list("pk", flat=True))

    assert release_rest(campaign=campaign) == 12

    assert sorted(released(campaign)) == list("abcdefghijkl")
    assert campaign.held.count() == 0
    assert before & set(Response.objects.values_list("pk", flat=True)) == set()


def test_of_fewer_than_five_only_the_number_is_left() -> None:
    campaign = anonymous()
    held(campaign, *"abcd")

    assert release_rest(campaign=campaign) == 4

    assert (released(campaign), campaign.held.count()) == ([], 0)


def test_another_campaign_is_not_touched() -> None:
    campaign, other = anonymous(), anonymous()
    held(other, *"abc")

    held(campaign, *"defghijklm")
    release_rest(campaign=campaign)

    assert (other.held.count(), released(other)) == (3, [])


# ---------------------------------------------------------------- what a held row tells


def test_all_held_rows_are_of_one_length_however_much_was_written() -> None:
    campaign = anonymous()

    held(campaign, "да", "длинный ответ " * 300, "нет")

    assert len({len(bytes(row.sealed)) for row in campaign.held.all()}) == 1


def test_every_held_row_is_new_after_each_answer() -> None:
    campaign = anonymous()
    held(campaign, *"abc")
    before = {(row.pk, bytes(row.sealed)) for row in HeldResponse.objects.all()}

    held(campaign, "d")

    after = {(row.pk, bytes(row.sealed)) for row in HeldResponse.objects.all()}
    assert {pk for pk, _sealed in before} & {pk for pk, _sealed in after} == set()
    assert {sealed for _pk, sealed in before} & {sealed for _pk, sealed in after} == set()


def test_a_row_of_another_campaign_is_not_opened() -> None:
    campaign, other = anonymous(), anonymous()
    held(other, "a")
    HeldResponse.objects.update(campaign=campaign)

    with pytest.raises(SealBroken):
        held(campaign, "b")
