"""A campaign beside another: entry and exit, last year and this one, and nothing of fewer than five."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import Actor
from core.models import Role
from roadmap.models import Cycle
from surveys.content import Content, Kind, Question, Section, content_to_json
from surveys.models import Answer, Campaign
from surveys.services.waves import comparable_with, compare_campaigns
from tests.factories import CampaignFactory, CycleFactory, RespondentFactory, ResponseFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def campaign_of(cycle: Cycle, *questions: Question, **columns: Any) -> Campaign:
    campaign: Campaign = CampaignFactory(cycle=cycle, open=True, **columns)
    campaign.version.content = content_to_json(Content((Section("s1", questions=questions),)))
    campaign.version.save()
    return campaign


def answer(campaign: Campaign, question: str, marks: Iterable[float]) -> None:
    for mark in marks:
        respondent = RespondentFactory(campaign=campaign, has_answered=True)
        response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
        Answer.objects.create(response=response, question=question, number=mark)


def scale(key: str, text: str, subject: str = "comfort", **more: Any) -> Question:
    return Question(key, Kind.SCALE, text, subject=subject, **more)


def entry_and_exit() -> tuple[Campaign, Campaign]:
    cycle = CycleFactory()
    before = campaign_of(cycle, scale("q1", "Чего вы ждёте?"), opens_on=date(2026, 9, 14))
    after = campaign_of(cycle, scale("q7", "Как это было?"), opens_on=date(2027, 5, 3))
    return before, after


def test_questions_about_one_subject_stand_beside_each_other_the_earlier_first() -> None:
    before, after = entry_and_exit()
    answer(before, "q1", (4, 5, 6, 5, 5))
    answer(after, "q7", (7, 8, 9, 8, 8, 8))

    (line,) = compare_campaigns(after, before).lines

    assert (line.before_text, line.after_text) == ("Чего вы ждёте?", "Как это было?")
    assert (line.before.size, line.before.value, line.after.size, line.after.value) == (5, 5.0, 6, 8.0)


def test_of_four_nothing_is_given_neither_the_mean_nor_the_change_nor_a_chart() -> None:
    before, after = entry_and_exit()
    answer(before, "q1", (4, 5, 6, 5))
    answer(after, "q7", (7, 8, 9, 8, 8))

    compared = compare_campaigns(before, after)

    assert (compared.lines[0].before.value, compared.lines[0].change, compared.charts) == (None, "", ())


def test_of_yes_and_no_the_per_cent_of_yes_is_compared() -> None:
    cycle = CycleFactory()
    asked = Question("q1", Kind.YES_NO, "Хотите продолжать?", subject="more")
    before, after = campaign_of(cycle, asked), campaign_of(cycle, asked)
    answer(before, "q1", (1, 0, 0, 0, 0))
    answer(after, "q1", (1, 1, 1, 0, 1))

    (line,) = compare_campaigns(before, after).lines

    assert (line.before.value, line.after.value, line.change) == (20.0, 80.0, "+60")


@pytest.mark.parametrize(
    ("marks", "change"), [((1, 0, 0, 0, 0), "−20"), ((1, 1, 0, 0, 0), "0"), ((1, 1, 1, 0, 0), "+20")]
)
def test_a_change_has_its_sign_and_none_has_none(marks: tuple[int, ...], change: str) -> None:
    cycle = CycleFactory()
    asked = Question("q1", Kind.YES_NO, "Хотите продолжать?", subject="more")
    before, after = campaign_of(cycle, asked), campaign_of(cycle, asked)
    answer(before, "q1", (1, 1, 0, 0, 0))
    answer(after, "q1", marks)

    assert compare_campaigns(before, after).lines[0].change == change


def test_per_cents_are_rounded_and_the_change_is_that_of_the_numbers_shown() -> None:
    cycle = CycleFactory()
    asked = Question("q1", Kind.YES_NO, "Хотите продолжать?", subject="more")
    before, after = campaign_of(cycle, asked), campaign_of(cycle, asked)
    answer(before, "q1", (1, 0, 0, 0, 0, 0))
    answer(after, "q1", (1, 1, 1, 1, 0, 0))

    (line,) = compare_campaigns(before, after).lines

    assert (line.before.text, line.after.text, line.change) == ("17\N{NO-BREAK SPACE}%", "67\N{NO-BREAK SPACE}%", "+50")


def test_other_scales_other_sides_other_subjects_and_other_schools_are_not_compared() -> None:
    before, after = entry_and_exit()
    cycle = before.cycle
    campaign_of(cycle, scale("q1", "Другая шкала", high=5))
    campaign_of(cycle, scale("q1", "Другой предмет", "support"))
    campaign_of(cycle, scale("q1", "Без предмета", ""))
    campaign_of(CycleFactory(), scale("q1", "Другая школа"))
    of_mentors = campaign_of(cycle, scale("q1", "Наставникам"))
    of_mentors.version.questionnaire.answerer = "mentor"
    of_mentors.version.questionnaire.save()

    assert comparable_with(before, actor_of(Role.CURATOR, cycle.programme.school)) == [after]


def test_the_chart_and_the_table_carry_the_same_numbers(log_in: LogIn) -> None:
    before, after = entry_and_exit()
    answer(before, "q1", (4, 5, 6, 5, 6))
    answer(after, "q7", (7, 8, 9, 8, 8))
    client = log_in(actor_of(Role.ADMINISTRATOR, before.cycle.programme.school))

    page = client.get(reverse("surveys:result_compare", args=(before.pk,))).content.decode()

    drawn = re.findall(r"<text [^>]*>([^<]*)", page)
    told = re.findall(r'<td class="num" data-label="[^"]*">\s*([\d,+–-]+)', page)
    assert (drawn, told) == (["5,20", "8,00", "1", "10"], ["5,20", "8,00", "+2,80"])


def test_with_nothing_to_compare_the_page_says_so_and_an_unknown_one_is_not_found(log_in: LogIn) -> None:
    campaign = CampaignFactory(open=True)
    client = log_in(actor_of(Role.CURATOR, campaign.cycle.programme.school))
    address = reverse("surveys:result_compare", args=(campaign.pk,))

    assert "Другого опроса" in client.get(address).content.decode()
    assert client.get(f"{address}?with=99999").status_code == 404


def test_the_page_asks_as_many_questions_of_the_database_for_one_other_as_for_four(log_in: LogIn) -> None:
    before, _after = entry_and_exit()
    client = log_in(actor_of(Role.CURATOR, before.cycle.programme.school))
    address = reverse("surveys:result_compare", args=(before.pk,))
    client.get(address)

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _one in range(3):
        campaign_of(before.cycle, scale("q1", "Ещё раз"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)
