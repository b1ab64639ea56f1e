"""Answers become figures of the parameters their questions name."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from surveys.models import FigureSource, Measurement, MeasurementWave, Wave
from surveys.services.measuring import measure_response
from tests.factories import (
    AnswerFactory,
    CampaignFactory,
    MeasurementFactory,
    ParameterFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    ResponseFactory,
)
from tests.factories.surveys import SMALL

pytestmark = pytest.mark.django_db


def content(*questions: dict[str, Any]) -> dict[str, Any]:
    """An outline with these questions, each with what the first of the small one has besides."""
    given = deepcopy(SMALL)
    first = given["sections"][0]["questions"][0]
    given["sections"][0]["questions"] = [{**first, **question} for question in questions]
    return given


def sent(wave: str = Wave.ENTRY, outline: dict[str, Any] | None = None, **answers: float) -> Any:
    version = QuestionnaireVersionFactory(published=True, content=outline or SMALL)
    campaign = CampaignFactory(
        open=True, wave=wave, version=version, cycle__programme__school=version.questionnaire.school
    )
    response = ResponseFactory(sent=True, campaign=campaign, respondent=RespondentFactory(campaign=campaign))
    for key, number in answers.items():
        question, _, item = key.partition("_")
        AnswerFactory(response=response, question=question, item=item, number=number, text="")
    return response


def parameter_for(response: Any, key: str = "comfort", **given: Any) -> Any:
    return ParameterFactory(school=response.campaign.cycle.programme.school, key=key, **given)


def figures() -> list[tuple[str, str, Decimal, str]]:
    rows = Measurement.objects.order_by("pk")
    return list(rows.values_list("parameter__key", "wave", "value", "source"))


@pytest.mark.parametrize("wave", [Wave.ENTRY, Wave.EXIT])
def test_a_scale_gives_a_figure_of_its_wave(wave: str) -> None:
    response = sent(wave, q1=7)
    parameter_for(response)

    assert measure_response(response) == 1

    figure: Any = Measurement.objects.get()
    assert (figure.value, figure.wave, figure.source) == (7, wave, FigureSource.SURVEY)
    assert (figure.enrolment, figure.response) == (response.respondent.enrolment, response)


def test_doing_it_again_changes_nothing() -> None:
    response = sent(q1=7)
    parameter_for(response)
    measure_response(response)
    before = Measurement.objects.values().get()

    assert measure_response(response) == 1

    assert Measurement.objects.values().get() == before


def test_several_questions_of_one_parameter_give_their_mean_to_hundredths() -> None:
    response = sent(outline=content({"key": "q1"}, {"key": "q2"}, {"key": "q3"}), q1=7, q2=8, q3=8)
    parameter_for(response)

    measure_response(response)

    assert figures() == [("comfort", "entry", Decimal("7.67"), "survey")]


def test_a_matrix_has_one_say_with_the_mean_of_its_rows() -> None:
    outline = content({"key": "q1"}, {"key": "q2", "kind": "matrix"})
    response = sent(outline=outline, q1=2, q2_a=6, q2_b=8)
    parameter_for(response)

    measure_response(response)

    assert figures() == [("comfort", "entry", Decimal("4.50"), "survey")]


def test_a_scored_choice_gives_its_score() -> None:
    options = [{"key": "a", "text": "Часто", "score": 2}, {"key": "b", "text": "Никогда", "score": 0}]
    response = sent(outline=content({"key": "q1", "kind": "one", "options": options}), q1_a=1)
    parameter_for(response, least=0)

    measure_response(response)

    assert figures() == [("comfort", "entry", Decimal(2), "survey")]


@pytest.mark.parametrize(
    "given",
    [
        {"side": "mentor"},
        {"is_used": False},
        {"least": 1, "most": 5},
        {"key": "other"},
    ],
)
def test_what_the_school_does_not_measure_so_gives_no_figure(given: dict[str, Any]) -> None:
    response = sent(q1=4)
    parameter_for(response, **given)

    assert measure_response(response) == 0
    assert figures() == []


def test_a_figure_beyond_the_scale_is_not_written() -> None:
    response = sent(outline=content({"key": "q1", "kind": "number"}), q1=11)
    parameter_for(response)

    assert measure_response(response) == 0


@pytest.mark.parametrize("wave", [Wave.NONE, Wave.MIDDLE])
def test_what_is_neither_entry_nor_exit_measures_nothing(wave: str) -> None:
    response = sent(wave, q1=7)
    parameter_for(response)

    assert measure_response(response) == 0


def test_a_draft_and_a_stopped_respondent_give_nothing() -> None:
    response = sent(q1=7)
    parameter_for(response)
    response.respondent.stopped_at = timezone.now()
    response.respondent.save()
    draft = ResponseFactory(campaign=response.campaign, respondent=RespondentFactory(campaign=response.campaign))
    AnswerFactory(response=draft, question="q1", number=3, text="")

    assert (measure_response(response), measure_response(draft)) == (0, 0)


def test_a_released_answer_gives_nothing() -> None:
    campaign = CampaignFactory(open=True, wave=Wave.ENTRY, is_anonymous=True)

    assert measure_response(ResponseFactory(released=True, campaign=campaign)) == 0


def test_an_answer_takes_the_place_of_an_earlier_figure_and_leaves_a_later_one() -> None:
    response = sent(q1=7)
    parameter = parameter_for(response)
    enrolment = response.respondent.enrolment
    figure: Any = MeasurementFactory(parameter=parameter, enrolment=enrolment, value=2)
    figure.entered_at = response.sent_at + timedelta(hours=1)
    figure.save()

    assert measure_response(response) == 0
    assert figures() == [("comfort", "entry", Decimal(2), "hand")]

    figure.entered_at = response.sent_at - timedelta(hours=1)
    figure.save()
    assert measure_response(response) == 1
    assert figures() == [("comfort", "entry", Decimal(7), "survey")]


def test_an_answer_that_is_gone_takes_its_figure_with_it() -> None:
    response = sent(q1=7)
    parameter_for(response)
    measure_response(response)
    response.answers.all().delete()

    assert measure_response(response) == 0
    assert figures() == []


def test_the_day_is_that_of_the_school() -> None:
    response = sent(q1=7)
    parameter_for(response)
    school = response.campaign.cycle.programme.school
    school.time_zone = "Asia/Kamchatka"
    school.save()
    response.sent_at = response.sent_at.replace(year=2026, month=9, day=20, hour=20)
    response.save()

    measure_response(response)

    assert Measurement.objects.get().measured_on == date(2026, 9, 21)
    assert Measurement.objects.get().wave == MeasurementWave.ENTRY
