"""What becomes of a person's surveys: told, stopped with the consent, moved to the row that stays, destroyed."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actors import SYSTEM, Actor
from core.models import Event, Role, StoredFile
from participants.erasing import erase_parts_everywhere
from participants.hanging import hanging_on, lock_use_of, stop_use_of
from participants.holding import all_held_on
from participants.models import Enrolment
from participants.moving_over import move_parts
from participants.services.withdrawal import withdraw_consent
from surveys.models import Answer, Measurement, Respondent, Response
from surveys.services.answers import reopen_response, send_response
from surveys.services.drafts import content_of, save_draft
from surveys.services.erasing import FILE_PURPOSE
from surveys.services.opening import close_campaign
from tests.factories import (
    AnswerFactory,
    MeasurementFactory,
    RespondentFactory,
    ResponseFactory,
    StoredFileFactory,
    actor_of,
    cleared_enrolment,
)
from tests.surveys.sheets import campaign_of, come, outline, page, question, respondent_of

pytestmark = pytest.mark.django_db
WORD = outline([question("why")])


def part_of(row: Respondent) -> Enrolment:
    assert row.enrolment
    return row.enrolment


def typed(row: Respondent, text: str) -> Response:
    save_draft(respondent=row, content=content_of(row), page={"was-why": ["seen"], "q-why": [text]})
    return Response.objects.get(respondent=row)


def sent(row: Respondent, text: str) -> Response:
    typed(row, text)
    return send_response(respondent=row, content=content_of(row), by=SYSTEM)


# ---------------------------------------------------------------- told


def test_all_that_surveys_hold_is_told_in_words() -> None:
    row, second = respondent_of(campaign_of(WORD, title="Опрос осени")), respondent_of(campaign_of(WORD))
    sent(row, "Отправленное слово")
    part = part_of(row)
    other = RespondentFactory(campaign=second.campaign, enrolment=part)
    typed(other, "Черновое слово")
    AnswerFactory(
        response=ResponseFactory(respondent=second, campaign=second.campaign, sent=True), chosen=part, number=2
    )
    MeasurementFactory(parameter__school=part.person.school, enrolment=part, parameter__name="Тревожность", value=4)

    told = json.dumps([held.lines for held in all_held_on(part.person)], ensure_ascii=False)

    for words in ("Опрос осени", "Отправленное слово", "Черновое слово", "Тревожность", '"2'):
        assert words in told


# ---------------------------------------------------------------- stopped


def test_a_withdrawal_stops_the_survey_at_once_and_deletes_what_was_typed() -> None:
    row = respondent_of(campaign_of(WORD))
    client = come(row)
    typed(row, "Слово")
    consent = part_of(row).person.consents.get()

    withdraw_consent(consent=consent, by=actor_of(Role.CURATOR, part_of(row).person.school))

    row.refresh_from_db()
    assert row.stopped_at is not None
    assert not Response.objects.exists()
    assert client.get(page(row, "section", 1)).status_code == 404


def test_what_was_sent_is_counted_no_longer() -> None:
    row = respondent_of(campaign_of(WORD))
    sent(row, "Слово")
    assert Response.objects.counted().count() == 1

    lock_use_of(part_of(row).person)
    stop_use_of(part_of(row).person, [part_of(row).pk], SYSTEM)

    assert Response.objects.counted().count() == 0


def test_another_part_of_the_person_goes_on() -> None:
    row = respondent_of(campaign_of(WORD))
    other = cleared_enrolment(person=part_of(row).person, cycle=part_of(row).cycle, mentor=True)

    stop_use_of(part_of(row).person, [other.pk], SYSTEM)

    row.refresh_from_db()
    assert row.stopped_at is None


def test_what_waits_for_an_answer_hangs_on_the_person() -> None:
    row = respondent_of(campaign_of(WORD, title="Опрос осени"))

    assert "опрос «Опрос осени»: ждём ответа" in [hanging.words for hanging in hanging_on(part_of(row).person)]


# ---------------------------------------------------------------- destroyed


def test_a_destruction_leaves_no_answer_no_figure_and_no_choice() -> None:
    row, other = respondent_of(campaign_of(WORD)), respondent_of(campaign_of(WORD))
    response = sent(row, "Слово")
    school = part_of(row).person.school
    AnswerFactory(response=response, question="q9", file=StoredFileFactory(school=school, purpose=FILE_PURPOSE))
    AnswerFactory(response=sent(other, "Его слово"), question="whom", chosen=part_of(row))
    MeasurementFactory(parameter__school=school, enrolment=part_of(row))

    told = erase_parts_everywhere([part_of(row).pk], SYSTEM)

    assert {"ответы на вопросы анкет", "результаты измерений до и после"} <= set(told)
    assert list(Respondent.objects.all()) == [other]
    assert list(Answer.objects.values_list("text", flat=True)) == ["Его слово"]
    assert not Measurement.objects.exists()
    assert not StoredFile.objects.filter(purpose=FILE_PURPOSE).exists()
    assert set(erase_parts_everywhere([part_of(row).pk], SYSTEM)) & set(told) == set()


# ---------------------------------------------------------------- moved over


def twice() -> tuple[Respondent, Enrolment]:
    """One who is asked, and the part of the row that stays."""
    row = respondent_of(campaign_of(WORD))
    part = part_of(row)
    return row, cleared_enrolment(person__school=part.person.school, cycle=part.cycle)


def test_what_was_asked_goes_over_to_the_part_that_stays() -> None:
    row, kept = twice()
    response = sent(row, "Слово")
    figure = MeasurementFactory(parameter__school=kept.person.school, enrolment=part_of(row))

    move_parts({part_of(row).pk: kept.pk})

    response.refresh_from_db()
    figure.refresh_from_db()
    assert response.respondent
    assert (response.respondent.enrolment, figure.enrolment) == (kept, kept)


@pytest.mark.parametrize("is_kept_sent", [True, False])
def test_of_two_respondents_the_sent_answer_stays_and_both_links_lead_there(is_kept_sent: bool) -> None:
    row, kept = twice()
    stays = RespondentFactory(campaign=row.campaign, enrolment=kept, slip_hash="b" * 64)
    (sent if is_kept_sent else typed)(stays, "Слово того, кто остаётся")
    (typed if is_kept_sent else sent)(row, "Слово того, кто уходит")

    move_parts({part_of(row).pk: kept.pk})

    left = Respondent.objects.get(campaign=row.campaign)
    assert (left.enrolment, left.has_answered, left.slip_hash, left.letter_hash) == (
        kept,
        True,
        "b" * 64,
        row.letter_hash,
    )
    text = Response.objects.get().answers.get().text
    assert text == ("Слово того, кто остаётся" if is_kept_sent else "Слово того, кто уходит")


def test_a_figure_and_a_choice_that_both_have_stay_once() -> None:
    row, kept = twice()
    figure = MeasurementFactory(parameter__school=kept.person.school, enrolment=kept, value=3)
    MeasurementFactory(parameter=figure.parameter, enrolment=part_of(row), value=9)
    response = sent(respondent_of(campaign_of(WORD)), "Слово")
    for place, part in ((2, kept), (1, part_of(row))):
        AnswerFactory(response=response, question="whom", chosen=part, number=place)

    move_parts({part_of(row).pk: kept.pk})

    assert [(one.enrolment, one.value) for one in Measurement.objects.all()] == [(kept, Decimal(3))]
    assert list(Answer.objects.filter(question="whom").values_list("chosen", "number")) == [(kept.pk, Decimal(1))]


# ---------------------------------------------------------------- reopened


def test_a_reopened_answer_stands_in_its_fields_again_and_is_sent_anew() -> None:
    row = respondent_of(campaign_of(WORD))
    response = sent(row, "Слово с ошибкой")

    reopen_response(response=response, by=actor_of(Role.CURATOR, part_of(row).person.school))

    row.refresh_from_db()
    assert (row.has_answered, Answer.objects.count()) == (False, 0)
    client: Client = come(row)
    assert "Слово с ошибкой" in client.get(page(row, "section", 1)).content.decode()
    client.post(page(row, "check"))
    assert Answer.objects.get().text == "Слово с ошибкой"
    verbs = Event.objects.filter(thing=f"response:{response.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["answer", "reopen", "answer"]


def test_figures_of_a_reopened_answer_go_until_it_is_sent_again() -> None:
    row = respondent_of(campaign_of(WORD))
    response: Any = sent(row, "Слово")
    MeasurementFactory(
        parameter__school=part_of(row).person.school, enrolment=part_of(row), source="survey", response=response
    )

    reopen_response(response=response, by=SYSTEM)

    assert not Measurement.objects.exists()


# ---------------------------------------------------------------- given back by the curator

LogIn = Callable[[Actor], Client]


def reopening(response: Response) -> str:
    return reverse("surveys:response_reopen", args=(response.pk,))


def test_the_button_gives_the_answers_back_once(log_in: LogIn) -> None:
    row = respondent_of(campaign_of(WORD))
    response = sent(row, "Слово")
    client = log_in(actor_of(Role.CURATOR, part_of(row).person.school))
    assert reopening(response) in client.get(reverse("surveys:response_show", args=(response.pk,))).content.decode()
    assert "Вернуть ответы?" in client.get(reopening(response)).content.decode()

    addresses = [client.post(reopening(response), {"once": "a"}).headers["Location"] for _time in range(2)]

    assert addresses == [reverse("surveys:result_people", args=(row.campaign_id,))] * 2
    assert not Response.objects.get(respondent=row).is_sent
    assert Event.objects.filter(verb="reopen").count() == 1


def test_after_the_closing_nothing_is_given_back(log_in: LogIn) -> None:
    row = respondent_of(campaign_of(WORD))
    response = sent(row, "Слово")
    close_campaign(campaign=row.campaign, by=SYSTEM)

    log_in(actor_of(Role.CURATOR, part_of(row).person.school)).post(reopening(response))

    assert Response.objects.get(respondent=row).is_sent


@pytest.mark.parametrize(("role", "status"), [(Role.ADMINISTRATOR, 403), (Role.CLASS_TEACHER, 403)])
def test_nobody_but_the_keepers_gives_answers_back(log_in: LogIn, role: Role, status: int) -> None:
    response = sent(respondent_of(campaign_of(WORD)), "Слово")
    school = response.campaign.cycle.programme.school

    assert log_in(actor_of(role, school)).post(reopening(response)).status_code == status
    assert log_in(actor_of(Role.CURATOR)).post(reopening(response)).status_code == 404
