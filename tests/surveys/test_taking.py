"""Answers one by one under a name, and what of them a curator takes into the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role
from participants.models import Enrolment
from surveys.content import Option, content_to_json
from surveys.models import Answer, Campaign, Response
from surveys.services.taking import campaigns_to_take, proposals_of, take_answers
from surveys.standard.requests import request_questionnaires
from tests.factories import (
    AreaFactory,
    CampaignFactory,
    CycleFactory,
    RespondentFactory,
    ResponseFactory,
    SchoolFactory,
    StoredFileFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
OF_MENTEES, OF_MENTORS = request_questionnaires()


def asked(standard: Any = OF_MENTEES, *, mentor: bool = False, **part: Any) -> Response:
    """A sent response to the first survey of a side, without answers yet."""
    cycle = CycleFactory()
    campaign: Campaign = CampaignFactory(cycle=cycle, open=True)
    campaign.version.content = content_to_json(standard.content)
    campaign.version.save()
    questionnaire = campaign.version.questionnaire
    questionnaire.kind, questionnaire.answerer = "request", standard.answerer
    questionnaire.save()
    traits = {"mentor": True} if mentor else {}
    enrolment = cleared_enrolment(person__school=cycle.programme.school, cycle=cycle, **traits, **part)
    respondent = RespondentFactory(campaign=campaign, enrolment=enrolment, has_answered=True)
    response: Response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
    return response


def say(response: Response, question: str, text: str = "", *items: str) -> None:
    if text:
        Answer.objects.create(response=response, question=question, text=text)
    Answer.objects.bulk_create(Answer(response=response, question=question, item=item) for item in items)


def first_area() -> Option:
    asked = OF_MENTEES.content.question("areas")
    assert asked
    return asked.options[0]


def part_of(response: Response) -> Enrolment:
    assert response.respondent
    assert response.respondent.enrolment
    return Enrolment.objects.get(pk=response.respondent.enrolment.pk)


def school_of(response: Response) -> Any:
    return response.campaign.cycle.programme.school


def curator(response: Response) -> Actor:
    return actor_of(Role.CURATOR, school_of(response))


def proposed(response: Response) -> dict[str, tuple[str, str]]:
    with translation.override("ru"):
        return {one.line: (one.old, one.new) for one in proposals_of(response)}


def test_every_line_a_mentee_answered_is_proposed_beside_what_stands_there() -> None:
    response = asked(request="Математика")
    AreaFactory(school=school_of(response), name="Учебные предметы и подготовка к экзаменам")
    area = first_area()
    AreaFactory(school=school_of(response), name=area.text)
    say(response, "request", "Не бояться выступать")
    say(response, "areas", "", area.key)
    say(response, "available", "", "h116", "h115", "h318")

    assert proposed(response) == {
        "request": ("Математика", "Не бояться выступать"),
        "areas": ("", area.text),
        "available": ("", "пн\N{NO-BREAK SPACE}15–17, ср\N{NO-BREAK SPACE}18–19"),
    }


def test_a_mentor_fills_competences_and_ages() -> None:
    response = asked(OF_MENTORS, mentor=True)
    say(response, "competences", "Робототехника")
    say(response, "wanted_age", "", "a13_14")

    take_answers(response=response, ticked=proposals_of(response), by=curator(response))

    part = part_of(response)
    assert (part.competences, part.wanted_age_from, part.wanted_age_to) == ("Робототехника", 13, 14)


def test_an_area_the_school_does_not_have_is_named_and_not_taken() -> None:
    response = asked()
    area = first_area()
    say(response, "areas", "", area.key)

    (found,) = proposals_of(response)

    assert (found.new, found.columns, found.left_out) == ("", {}, (area.text,))


def test_only_what_is_ticked_goes_into_the_register(log_in: LogIn) -> None:
    response = asked(request="Математика", interests="")
    say(response, "request", "Не бояться выступать")
    say(response, "interests", "Шахматы")
    client, address = log_in(curator(response)), reverse("surveys:response_take", args=(response.pk,))

    page = client.get(address).content.decode()
    reply = client.post(address, {"interests": "on"})

    part, row = part_of(response), Response.objects.get(pk=response.pk)
    assert ("Математика" in page, "Не бояться выступать" in page, page.count(" checked")) == (True, True, 1)
    assert reply.status_code == 302
    assert (part.request, part.interests, row.taken_at is not None) == ("Математика", "Шахматы", True)
    assert Event.objects.get(verb="take").detail == {"lines": ["interests"]}


def test_with_no_tick_the_answers_wait_no_longer_and_nothing_is_written(log_in: LogIn) -> None:
    response = asked(request="Математика")
    say(response, "request", "Не бояться выступать")
    today = timezone.localdate()
    before = campaigns_to_take(Campaign.objects.all(), today)

    log_in(curator(response)).post(reverse("surveys:response_take", args=(response.pk,)), {})

    assert (len(before), campaigns_to_take(Campaign.objects.all(), today)) == (1, [])
    assert part_of(response).request == "Математика"


def test_what_was_changed_meanwhile_is_not_overwritten(log_in: LogIn) -> None:
    response = asked(request="Математика")
    say(response, "request", "Не бояться выступать")
    client, address = log_in(curator(response)), reverse("surveys:response_take", args=(response.pk,))
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    stale = proposals_of(response)
    Enrolment.objects.filter(pk=part_of(response).pk).update(request="Физика")

    reply = client.post(address, {"request": "on", "seen": seen})

    assert (reply.status_code, part_of(response).request) == (400, "Физика")
    with pytest.raises(DomainError):
        take_answers(response=response, ticked=stale, by=curator(response))


def test_without_a_consent_nothing_is_shown_and_nothing_taken(log_in: LogIn) -> None:
    response = asked()
    say(response, "request", "Не бояться выступать")
    part_of(response).person.consents.update(state="expired", ended_at=timezone.now())

    client = log_in(curator(response))

    for name in ("response_show", "response_take"):
        assert client.get(reverse(f"surveys:{name}", args=(response.pk,))).status_code == 404
    with pytest.raises(DomainError):
        take_answers(response=response, ticked=proposals_of(response), by=curator(response))


def test_the_answers_of_one_are_for_keepers_and_each_look_is_journaled(log_in: LogIn) -> None:
    response = asked()
    say(response, "request", "Не бояться выступать")
    address = reverse("surveys:response_show", args=(response.pk,))

    page = log_in(actor_of(Role.PSYCHOLOGIST, school_of(response))).get(address).content.decode()

    assert ("Не бояться выступать" in page, part_of(response).person.full_name in page) == (True, True)
    assert reverse("surveys:response_take", args=(response.pk,)) not in page
    assert Event.objects.filter(verb="view", thing=f"response:{response.pk}").count() == 1
    assert log_in(actor_of(Role.ADMINISTRATOR, school_of(response))).get(address).status_code == 403
    assert log_in(actor_of(Role.CURATOR, SchoolFactory())).get(address).status_code == 404


def test_the_list_has_those_who_wait_and_each_who_answered(log_in: LogIn) -> None:
    response = asked()
    client = log_in(curator(response))
    address = reverse("surveys:result_people", args=(response.campaign_id,))
    name = part_of(response).person.full_name

    waiting = client.get(f"{address}?part=waiting").content.decode()
    take_answers(response=response, ticked=[], by=curator(response))
    after = client.get(f"{address}?part=waiting").content.decode()

    assert (name in waiting, name in after, name in client.get(address).content.decode()) == (True, False, True)


def test_an_anonymous_survey_has_no_list_of_answers(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True, is_anonymous=True)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))

    assert client.get(reverse("surveys:result_people", args=(campaign.pk,))).status_code == 404
    assert ResponseFactory(campaign=campaign, released=True).pk
    released = Response.objects.get(campaign=campaign)
    assert client.get(reverse("surveys:response_show", args=(released.pk,))).status_code == 404


def test_a_file_that_was_answered_is_given_to_a_keeper(log_in: LogIn) -> None:
    response = asked()
    file = StoredFileFactory(school=school_of(response))
    answer = Answer.objects.create(response=response, question="photo", file=file)
    address = reverse("surveys:upload_file", args=(answer.pk,))

    assert log_in(actor_of(Role.ADMINISTRATOR, school_of(response))).get(address).status_code == 403
    assert log_in(curator(response)).get(address).status_code == 200


def test_the_first_page_of_the_curator_reminds_of_answers_to_be_taken_until_they_are(log_in: LogIn) -> None:
    response = asked()
    client = log_in(curator(response))
    address = f"{reverse('surveys:result_people', args=(response.campaign_id,))}?part=waiting"

    before = client.get("/").content.decode()
    take_answers(response=response, ticked=[], by=curator(response))
    after = client.get("/").content.decode()

    assert (f'href="{address}"' in before, f'href="{address}"' in after) == (True, False)


@pytest.mark.parametrize(("days", "is_told"), [(1, True), (9, False)])
def test_the_first_page_leads_to_the_results_for_a_week_after_the_closing(
    log_in: LogIn, days: int, is_told: bool
) -> None:
    response = asked()
    closed_at = timezone.now() - timedelta(days=days)
    Campaign.objects.update(state="closed", opened_at=closed_at, closed_at=closed_at)

    page = log_in(curator(response)).get("/").content.decode()

    assert (f'href="{reverse("surveys:result_show", args=(response.campaign_id,))}"' in page) == is_told
