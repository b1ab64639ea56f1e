"""Anonymous answers: nobody who reads every table and every line of the log can tell whose any of them is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.crypto import SealBroken, unseal
from surveys.content import Content, Kind, Question, Section
from surveys.models import Answer, Campaign, HeldResponse, Response
from surveys.questions import read_answers
from surveys.services.answers import sheet_of
from surveys.services.holding_back import Datum, hold_sheets, release_rest
from tests.factories import CampaignFactory
from tests.surveys.contents import AROUND, contents, valid_raw

pytestmark = pytest.mark.django_db


def sheet(text: str) -> tuple[Datum, ...]:
    return (Datum("q1", number=Decimal(7)), Datum("q2", text=text))


CONTENT = Content(
    (
        Section(
            "s1", questions=(Question("q1", Kind.SCALE, "Комфорт"), Question("q2", Kind.LONG, "Чего?", longest=4000))
        ),
    )
)


def held(campaign: Campaign, *texts: str) -> None:
    for text in texts:
        hold_sheets(campaign=campaign, content=CONTENT, sheets=[sheet(text)])


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


def lengths(campaign: Campaign) -> set[int]:
    return {len(bytes(row.sealed)) for row in campaign.held.all()}


def test_all_rows_are_of_one_length_before_and_after_a_long_answer_however_much_was_written() -> None:
    campaign = anonymous()

    held(campaign, "да")
    before = lengths(campaign)
    held(campaign, "\N{SPEECH BALLOON}" * 4000, '"' * 4000, "нет")

    assert len(before) == 1
    assert lengths(campaign) == before


@given(st.data(), contents())
@settings(max_examples=50)
def test_any_valid_answers_take_no_more_than_the_room_for_them(data: st.DataObject, content: Content) -> None:
    campaign, other = anonymous(), anonymous()
    raw: dict[str, list[str]] = {}
    for question in content.questions():
        raw |= data.draw(valid_raw(question))

    hold_sheets(campaign=campaign, content=content, sheets=[sheet_of(read_answers(content, raw, AROUND))])
    hold_sheets(campaign=other, content=content, sheets=[()])

    assert lengths(campaign) == lengths(other)


def test_whoever_opens_the_seals_learns_which_five_come_next_and_no_order_among_them() -> None:
    campaign = anonymous()
    held(campaign, *"abcdefgh")

    opened = [
        json.loads(unseal(bytes(row.sealed), context=f"held:{campaign.pk}")[4:].rstrip(b"\0"))
        for row in campaign.held.all()
    ]

    told = sorted((batch, data[1][3]) for batch, *data in opened)
    assert told == [*((0, text) for text in "abcde"), *((1, text) for text in "fgh")]


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
