"""Paper sheets are typed by the school: row by row under a name, all at once without one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actors import Actor
from core.models import Event, Role
from surveys.content import content_from_json
from surveys.models import Campaign, HeldResponse, Respondent, Response
from surveys.paper_codes import read_typed
from surveys.questions import Around
from surveys.services.answers import send_response
from surveys.services.drafts import content_of
from tests.factories import ChargeFactory, actor_of
from tests.surveys.sheets import EVERY_KIND, TWO_SECTIONS, campaign_of, come, outline, page, question, respondent_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
WORD = outline([question("why")])


def typist(campaign: Campaign, role: Role = Role.PSYCHOLOGIST) -> Actor:
    return actor_of(role, campaign.cycle.programme.school)


def grid(campaign: Campaign) -> str:
    return reverse("surveys:campaign_type", args=(campaign.pk,))


def row_of(row: Respondent) -> str:
    return reverse("surveys:respondent_type", args=(row.pk,))


# ---------------------------------------------------------------- what the codes mean


@pytest.mark.parametrize(
    ("key", "typed", "raw"),
    [
        ("scale", "10", {"q-scale": ["10"]}),
        ("yesno", "1", {"q-yesno": ["yes"]}),
        ("yesno", "Н", {"q-yesno": ["no"]}),
        ("one", "2", {"q-one": ["o2"]}),
        ("several", "13", {"q-several": ["o1", "o3"]}),
        ("several", "1, 3", {"q-several": ["o1", "o3"]}),
        ("matrix", "20", {"q-matrix-o1": ["2"]}),
        ("matrix", "2 1", {"q-matrix-o1": ["2"], "q-matrix-o2": ["1"]}),
        ("ranking", "31", {"q-ranking": ["o3", "o1"]}),
        ("short", "1, 2", {"q-short": ["1, 2"]}),
    ],
)
def test_a_code_stands_for_what_a_browser_would_send(key: str, typed: str, raw: dict[str, list[str]]) -> None:
    found, reading = read_typed(content_from_json(EVERY_KIND), {key: typed}, Around())

    assert (found, reading.refusals) == (raw, {})


@pytest.mark.parametrize(
    ("key", "typed"),
    [("yesno", "2"), ("one", "4"), ("several", "19"), ("matrix", "2"), ("matrix", "23"), ("scale", "11")],
)
def test_a_code_that_stands_for_nothing_is_refused_at_its_cell(key: str, typed: str) -> None:
    _raw, reading = read_typed(content_from_json(EVERY_KIND), {key: typed}, Around())

    assert list(reading.refusals) == [key]


# ---------------------------------------------------------------- under a name


def test_a_row_is_saved_under_the_name_of_whoever_filled_the_sheet_in(log_in: LogIn) -> None:
    row = respondent_of(campaign_of())
    by = typist(row.campaign)
    client = log_in(by)
    assert f'id="row-{row.pk}"' in client.get(grid(row.campaign)).content.decode()

    answer = client.post(row_of(row), {"c-mark": "8", "c-met": "0", "script": "1"})

    assert (answer.status_code, answer.json()) == (200, {"wrong": {}, "trouble": ""})
    response = Response.objects.get(respondent=row)
    assert (response.is_sent, response.entered_by) == (True, by.user)
    assert list(response.answers.values_list("question", "number")) == [("mark", Decimal(8)), ("met", Decimal(0))]
    assert Event.objects.get(verb="enter", thing=f"response:{response.pk}").actor == by.pseudonym
    assert f'id="row-{row.pk}"' not in client.get(grid(row.campaign)).content.decode()


def test_a_wrong_cell_is_told_and_nothing_is_saved(log_in: LogIn) -> None:
    row = respondent_of(campaign_of())
    client = log_in(typist(row.campaign))

    scripted = client.post(row_of(row), {"c-mark": "11", "c-met": "1", "script": "1"})
    plain = client.post(row_of(row), {"c-mark": "11", "c-met": "1"})

    assert (scripted.status_code, set(scripted.json()["wrong"])) == (400, {"mark", "where"})
    assert plain.status_code == 400
    assert 'value="11"' in plain.content.decode()
    assert not Response.objects.filter(is_sent=True).exists()


def test_a_typed_row_is_typed_anew_and_stays_one_response(log_in: LogIn) -> None:
    row = respondent_of(campaign_of(WORD))
    client = log_in(typist(row.campaign))

    for word in ("Описка", "Слово"):
        assert client.post(row_of(row), {"c-why": word, "script": "1"}).status_code == 200

    assert Response.objects.get(respondent=row).answers.get().text == "Слово"


def test_what_someone_has_sent_himself_is_not_typed_over(log_in: LogIn) -> None:
    row = respondent_of(campaign_of(WORD))
    send_response(respondent=row, content=content_of(row), raw={"q-why": ["Сам"]}, by=typist(row.campaign))

    answer = log_in(typist(row.campaign)).post(row_of(row), {"c-why": "За него", "script": "1"})

    assert answer.status_code == 400
    assert Response.objects.get(respondent=row).answers.get().text == "Сам"


def test_a_class_teacher_types_the_sheets_of_his_pupils_alone(log_in: LogIn) -> None:
    campaign = campaign_of(WORD)
    mine = respondent_of(campaign, person__class_name="7 «Б»")
    other = respondent_of(campaign, person__class_name="8 «А»")
    by = typist(campaign, Role.CLASS_TEACHER)
    ChargeFactory(membership=by.membership, class_name="7 «Б»")
    client = log_in(by)

    text = client.get(grid(campaign)).content.decode()

    assert (f'id="row-{mine.pk}"' in text, f'id="row-{other.pk}"' in text) == (True, False)
    assert client.post(row_of(other), {"c-why": "Да"}).status_code == 404
    assert client.post(row_of(mine), {"c-why": "Да", "script": "1"}).status_code == 200


def test_another_school_and_another_role_type_nothing(log_in: LogIn) -> None:
    row = respondent_of(campaign_of(WORD))

    for actor, status in ((actor_of(Role.CURATOR), 404), (typist(row.campaign, Role.ADMINISTRATOR), 403)):
        assert log_in(actor).get(grid(row.campaign)).status_code == status
        assert log_in(actor).post(row_of(row), {"c-why": "Да"}).status_code == status


def test_eight_rows_take_as_many_queries_as_three(log_in: LogIn, django_assert_max_num_queries: Any) -> None:
    campaign = campaign_of()
    for _n in range(3):
        respondent_of(campaign)
    client = log_in(typist(campaign))
    client.get(grid(campaign))
    with django_assert_max_num_queries(30) as few:
        client.get(grid(campaign))
    for _n in range(5):
        respondent_of(campaign)

    with django_assert_max_num_queries(len(few)):
        client.get(grid(campaign))


# ---------------------------------------------------------------- without a name


def unnamed() -> tuple[Campaign, list[Respondent]]:
    campaign = campaign_of(TWO_SECTIONS, is_anonymous=True)
    return campaign, [respondent_of(campaign) for _n in range(3)]


def test_sheets_without_a_name_are_held_back_and_counted_as_answered(log_in: LogIn) -> None:
    campaign, rows = unnamed()
    sheets = {"c-1-mark": "8", "c-1-met": "0", "c-3-mark": "2", "c-3-met": "0"}

    answer = log_in(typist(campaign)).post(grid(campaign), sheets | {"handed": [rows[0].pk, rows[2].pk]})

    assert answer.status_code == 302
    answered = Respondent.objects.filter(has_answered=True).values_list("pk", flat=True)
    assert set(answered) == {rows[0].pk, rows[2].pk}
    assert (HeldResponse.objects.count(), Response.objects.count()) == (2, 0)
    assert not Event.objects.filter(verb="enter").exists()


@pytest.mark.parametrize(
    ("sheets", "ticked", "words"),
    [
        ({"c-1-mark": "8", "c-1-met": "0"}, 2, "Число тех и других должно совпадать"),
        ({"c-1-mark": "11", "c-1-met": "0"}, 1, "В некоторых клетках ошибка"),
        ({}, 1, "Пока ничего не напечатано"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_saved(
    log_in: LogIn, sheets: dict[str, str], ticked: int, words: str
) -> None:
    campaign, rows = unnamed()

    answer = log_in(typist(campaign)).post(grid(campaign), sheets | {"handed": [row.pk for row in rows[:ticked]]})

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert (HeldResponse.objects.count(), Respondent.objects.filter(has_answered=True).count()) == (0, 0)


def test_one_who_has_answered_meanwhile_is_not_counted_twice(log_in: LogIn) -> None:
    campaign, rows = unnamed()
    client = log_in(typist(campaign))
    come(rows[0]).post(page(rows[0], "whole"), {"q-mark": "5", "q-met": "no"})

    answer = client.post(grid(campaign), {"c-1-mark": "8", "c-1-met": "0", "handed": [rows[0].pk]})

    assert answer.status_code == 400
    assert HeldResponse.objects.count() == 1


def test_a_row_of_an_anonymous_survey_is_never_saved_under_a_name(log_in: LogIn) -> None:
    campaign, rows = unnamed()

    answer = log_in(typist(campaign)).post(row_of(rows[0]), {"c-mark": "8", "c-met": "0"})

    assert answer.status_code == 404
    assert not Response.objects.exists()
