"""The pages of results: who sees what, and when there is too little to be shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import Actor
from core.models import Event, Role
from surveys.models import Answer, Campaign
from tests.factories import (
    CampaignFactory,
    EnrolmentFactory,
    PersonFactory,
    RespondentFactory,
    ResponseFactory,
    SchoolFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def respond(campaign: Campaign, class_name: str, mark: int, words: str = "") -> None:
    person = PersonFactory(school=campaign.cycle.programme.school, class_name=class_name)
    enrolment = EnrolmentFactory(person=person, cycle=campaign.cycle)
    respondent = RespondentFactory(campaign=campaign, enrolment=enrolment, has_answered=True)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
    Answer.objects.create(response=response, question="q1", number=mark)
    if words:
        Answer.objects.create(response=response, question="q2", text=words)


def release(campaign: Campaign, mark: int, words: str = "") -> None:
    RespondentFactory(campaign=campaign, has_answered=True)
    response = ResponseFactory(campaign=campaign, released=True)
    Answer.objects.create(response=response, question="q1", number=mark)
    Answer.objects.create(response=response, question="q2", text=words)


def page_of(client: Client, campaign: Campaign, query: str = "") -> str:
    return client.get(reverse("surveys:result_show", args=(campaign.pk,)) + query).content.decode()


def charts_in(page: str) -> int:
    return page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"')


def test_a_curator_sees_charts_and_the_same_numbers_in_tables(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    for mark in (6, 7, 7, 9, 10):
        respond(campaign, "7 «Б»", mark)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))

    page = page_of(client, campaign)

    assert charts_in(page) == 1
    assert re.findall(r'<text class="value"[^>]*>([^<]*)', page) == ["0", "0", "0", "0", "0", "1", "2", "0", "1", "1"]
    told = re.findall(r'<td>(\d+)</td>\s*<td class="num">(\d+) ', page)
    assert told == [(str(mark), str([6, 7, 7, 9, 10].count(mark))) for mark in range(1, 11)]
    assert Event.objects.filter(verb="view", thing=f"campaign:{campaign.pk}").count() == 1


def test_by_class_small_classes_stand_together(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    for class_name, size in (("7 «Б»", 6), ("8 «А»", 3), ("8 «Б»", 2)):
        for mark in range(1, size + 1):
            respond(campaign, class_name, mark)
    client = log_in(actor_of(Role.ADMINISTRATOR, campaign.cycle.programme.school))

    page = page_of(client, campaign, "?by=class")

    assert re.findall(r'<th scope="row">([^<]*)</th>\s*<td class="num">(\d+)', page) == [
        ("7 «Б»", "6"),
        ("остальные вместе", "5"),
    ]


@pytest.mark.parametrize(
    ("role", "anonymous", "charts"),
    [
        (Role.CURATOR, False, 1),
        (Role.PSYCHOLOGIST, False, 1),
        (Role.ADMINISTRATOR, False, 0),
        (Role.CURATOR, True, 0),
    ],
)
def test_four_answers_are_shown_only_to_those_who_may_read_each(
    log_in: LogIn, role: Role, anonymous: bool, charts: int
) -> None:
    campaign = CampaignFactory(open=True, is_anonymous=anonymous)
    for _one in range(4):
        (release if anonymous else lambda campaign, mark: respond(campaign, "7 «Б»", mark))(campaign, 7)
    client = log_in(actor_of(role, campaign.cycle.programme.school))

    page = page_of(client, campaign)

    assert charts_in(page) == charts
    assert ("слишком мало" in page) == (not charts)


def test_an_anonymous_campaign_has_no_breakdown_and_leaves_no_line_in_the_journal(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True, is_anonymous=True)
    for mark in range(1, 7):
        release(campaign, mark)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))

    page = page_of(client, campaign, "?by=class")

    assert (charts_in(page), "result-groups" in page, "tabs" in page) == (1, False, False)
    assert not Event.objects.filter(thing=f"campaign:{campaign.pk}").exists()


def test_words_are_searched_whatever_their_case_and_tell_no_name(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    for words in ("Больше ВСТРЕЧ", "встречаться реже", "Ещё книг"):
        respond(campaign, "7 «Б»", 7, words)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))

    page = client.get(reverse("surveys:result_words", args=(campaign.pk, "q2")), {"q": "встреч"}).content.decode()

    assert re.findall(r"<li>([^<]*)</li>", page) == ["Больше ВСТРЕЧ", "встречаться реже"]
    surnames = [row.person.surname for row in campaign.cycle.enrolments.select_related("person")]
    assert [name for name in surnames if name in page] == []


def test_words_are_not_for_the_administrator_and_numbers_have_none(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    school = campaign.cycle.programme.school
    curator, head = log_in(actor_of(Role.CURATOR, school)), log_in(actor_of(Role.ADMINISTRATOR, school))

    assert head.get(reverse("surveys:result_words", args=(campaign.pk, "q2"))).status_code == 403
    assert curator.get(reverse("surveys:result_words", args=(campaign.pk, "q1"))).status_code == 404


def test_another_school_finds_nothing_and_neither_does_one_who_asks_too_early(log_in: LogIn) -> None:
    campaign, early = CampaignFactory(open=True), CampaignFactory()
    stranger = log_in(actor_of(Role.CURATOR, SchoolFactory()))
    curator = log_in(actor_of(Role.CURATOR, early.cycle.programme.school))

    assert stranger.get(reverse("surveys:result_show", args=(campaign.pk,))).status_code == 404
    assert curator.get(reverse("surveys:result_show", args=(early.pk,))).status_code == 404


def test_the_page_asks_as_many_questions_of_the_database_for_fifty_as_for_five(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))
    for mark in range(1, 6):
        respond(campaign, "7 «Б»", mark)
    page_of(client, campaign)

    with CaptureQueriesContext(connection) as few:
        page_of(client, campaign)
    for mark in range(45):
        respond(campaign, "7 «Б»", 1 + mark % 10)
    with CaptureQueriesContext(connection) as many:
        page_of(client, campaign)

    assert len(many) == len(few) <= 20
