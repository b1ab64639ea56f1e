"""Whom each side would like to work with, and who sees which choices are mutual."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import Actor
from core.models import Role
from participants.models import Enrolment
from roadmap.models import Cycle
from surveys.models import Answer, Campaign
from surveys.services.preferences import Choice, choices_of, mutual_choices
from tests.factories import (
    CampaignFactory,
    CycleFactory,
    RespondentFactory,
    ResponseFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def campaign_of(cycle: Cycle, kind: str = "preference") -> Campaign:
    campaign: Campaign = CampaignFactory(cycle=cycle, open=True)
    campaign.version.questionnaire.kind = kind
    campaign.version.questionnaire.save()
    return campaign


def mentee(cycle: Cycle) -> Enrolment:
    return cleared_enrolment(person__school=cycle.programme.school, cycle=cycle)


def mentor(cycle: Cycle) -> Enrolment:
    return cleared_enrolment(person__school=cycle.programme.school, cycle=cycle, mentor=True)


def choose(campaign: Campaign, who: Enrolment, *chosen: Enrolment, day: int = 1) -> None:
    respondent = RespondentFactory(campaign=campaign, enrolment=who, has_answered=True)
    sent_at = datetime(2026, 10, day, tzinfo=UTC)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True, sent_at=sent_at)
    for place, other in enumerate(chosen, 1):
        Answer.objects.create(response=response, question="people", chosen=other, number=place)


def test_choices_of_both_sides_stand_with_their_places() -> None:
    cycle = CycleFactory()
    campaign, anna, pavel, vera = campaign_of(cycle), mentee(cycle), mentor(cycle), mentor(cycle)
    choose(campaign, anna, vera, pavel)
    choose(campaign, pavel, anna)
    choose(campaign_of(cycle, "own"), vera, anna)
    choose(campaign_of(CycleFactory()), mentee(cycle), vera)

    found = choices_of(cycle=cycle, today=timezone.localdate())

    assert sorted(found, key=lambda one: (one.who, one.place)) == [
        Choice(anna.pk, vera.pk, 1),
        Choice(anna.pk, pavel.pk, 2),
        Choice(pavel.pk, anna.pk, 1),
    ]
    assert [(one.mentee, one.mentor, one.mentee_place, one.mentor_place) for one in mutual_choices(found)] == [
        (anna, pavel, 2, 1)
    ]


def test_the_latest_answers_count_and_those_without_a_consent_do_not() -> None:
    cycle = CycleFactory()
    first, second = campaign_of(cycle), campaign_of(cycle)
    anna, pavel, vera = mentee(cycle), mentor(cycle), mentor(cycle)
    choose(second, anna, vera, pavel, day=9)
    choose(first, anna, pavel, day=2)
    vera.person.consents.update(state="expired", ended_at=timezone.now())

    assert choices_of(cycle=cycle, today=timezone.localdate()) == [Choice(anna.pk, pavel.pk, 2)]


def test_those_dearest_to_each_other_come_first_in_two_queries(django_assert_num_queries: Any) -> None:
    cycle = CycleFactory()
    campaign = campaign_of(cycle)
    people = [(mentee(cycle), mentor(cycle)) for _pair in range(3)]
    for place, (one, other) in enumerate(people):
        rest = [row for _mentee, row in people if row != other][: 2 - place]
        choose(campaign, one, *rest, other)
        choose(campaign, other, one)

    with django_assert_num_queries(2):
        found = mutual_choices(choices_of(cycle=cycle, today=timezone.localdate()))

    assert [(pair.mentee, pair.mentee_place) for pair in found] == [
        (people[2][0], 1),
        (people[1][0], 2),
        (people[0][0], 3),
    ]


def test_keepers_see_the_mutual_choice_and_the_administrator_does_not(log_in: LogIn) -> None:
    cycle = CycleFactory()
    campaign, anna, pavel = campaign_of(cycle), mentee(cycle), mentor(cycle)
    choose(campaign, anna, pavel)
    choose(campaign, pavel, anna)
    address = reverse("surveys:result_show", args=(campaign.pk,))
    school = cycle.programme.school

    page = log_in(actor_of(Role.CURATOR, school)).get(address).content.decode()
    other = log_in(actor_of(Role.ADMINISTRATOR, school)).get(address).content.decode()

    assert re.findall(r'<th scope="row">([^<]*)<small>', page) == [anna.person.full_name]
    assert ("Взаимный выбор" in page, "Взаимный выбор" in other) == (True, False)
    assert (pavel.person.full_name in page, pavel.person.surname in other) == (True, False)
