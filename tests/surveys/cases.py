"""What the constraints on questionnaires, campaigns, answers and figures let through and what they refuse."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from surveys.models import Answerer, Direction, MeasurementWave, QuestionnaireKind, Wave
from tests.cases import Case, Deed, second_of
from tests.factories import (
    AnswerFactory,
    CampaignFactory,
    ClassDoorFactory,
    ComparisonGroupFactory,
    EnrolmentFactory,
    MeasurementFactory,
    ParameterFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    ResponseFactory,
)

HASH = "a" * 64


def one_per(factory: Any, *names: str, **given: object) -> Deed:
    """A second row with the same values in these columns."""
    return second_of(factory, lambda row: {name: getattr(row, name) for name in names} | given)


def same_person_twice() -> object:
    first = AnswerFactory(chosen=EnrolmentFactory())
    return AnswerFactory(response=first.response, chosen=first.chosen)


CASES: dict[str, Case] = {
    "one_questionnaire_per_school_and_title": Case(
        (QuestionnaireFactory,), (one_per(QuestionnaireFactory, "school", "title"),)
    ),
    "one_questionnaire_per_school_and_key": Case(
        (one_per(QuestionnaireFactory, "school"),),
        (second_of(partial(QuestionnaireFactory, key="entry"), lambda row: {"school": row.school, "key": "entry"}),),
    ),
    "questionnaire_kind_is_known": Case(
        tuple(partial(QuestionnaireFactory, kind=kind) for kind in QuestionnaireKind),
        (lambda: QuestionnaireFactory(kind="test"),),
    ),
    "answerer_is_known": Case(
        tuple(partial(QuestionnaireFactory, answerer=answerer) for answerer in Answerer),
        (lambda: QuestionnaireFactory(answerer="father"),),
    ),
    "one_version_per_questionnaire_and_number": Case(
        (
            second_of(
                partial(QuestionnaireVersionFactory, published=True),
                lambda row: {"questionnaire": row.questionnaire, "number": 2},
            ),
        ),
        (
            second_of(
                partial(QuestionnaireVersionFactory, published=True), lambda row: {"questionnaire": row.questionnaire}
            ),
        ),
    ),
    "one_draft_per_questionnaire": Case(
        (QuestionnaireVersionFactory,),
        (second_of(QuestionnaireVersionFactory, lambda row: {"questionnaire": row.questionnaire, "number": 2}),),
    ),
    "a_version_is_in_use_from_a_moment": Case(
        (QuestionnaireVersionFactory, lambda: QuestionnaireVersionFactory(published=True)),
        (
            lambda: QuestionnaireVersionFactory(published_at=timezone.now()),
            lambda: QuestionnaireVersionFactory(state="published"),
        ),
    ),
    "wave_is_known": Case(
        tuple(partial(CampaignFactory, wave=wave) for wave in Wave), (lambda: CampaignFactory(wave="third"),)
    ),
    "a_campaign_closes_after_it_opens": Case(
        (lambda: CampaignFactory(closes_on=date(2026, 9, 14)),), (lambda: CampaignFactory(closes_on=date(2026, 9, 13)),)
    ),
    "a_campaign_opens_and_closes_at_a_moment": Case(
        (
            CampaignFactory,
            lambda: CampaignFactory(planned=True),
            lambda: CampaignFactory(open=True),
            lambda: CampaignFactory(closed=True),
        ),
        (
            lambda: CampaignFactory(opened_at=timezone.now()),
            lambda: CampaignFactory(state="lost"),
            lambda: CampaignFactory(state="open"),
            lambda: CampaignFactory(open=True, closed_at=timezone.now()),
            lambda: CampaignFactory(closed=True, closed_at=None),
        ),
    ),
    "a_respondent_takes_part_or_works_here": Case(
        (RespondentFactory, lambda: RespondentFactory(staff=True)),
        (
            lambda: RespondentFactory(enrolment=None),
            lambda: RespondentFactory(staff=True, enrolment=EnrolmentFactory()),
        ),
    ),
    "one_respondent_per_campaign_and_enrolment": Case(
        (one_per(RespondentFactory, "campaign"),), (one_per(RespondentFactory, "campaign", "enrolment"),)
    ),
    "one_respondent_per_campaign_and_membership": Case(
        (),
        (
            second_of(
                partial(RespondentFactory, staff=True),
                lambda row: {"campaign": row.campaign, "staff": True, "membership": row.membership},
            ),
        ),
    ),
    "one_respondent_per_letter_hash": Case(
        (one_per(RespondentFactory),),
        (second_of(partial(RespondentFactory, letter_hash=HASH), lambda row: {"letter_hash": HASH}),),
    ),
    "one_respondent_per_slip_hash": Case(
        (one_per(RespondentFactory),),
        (second_of(partial(RespondentFactory, slip_hash=HASH), lambda row: {"slip_hash": HASH}),),
    ),
    "one_respondent_per_campaign_and_code": Case(
        (second_of(partial(RespondentFactory, code_hash=HASH), lambda row: {"code_hash": HASH}),),
        (
            second_of(
                partial(RespondentFactory, code_hash=HASH), lambda row: {"campaign": row.campaign, "code_hash": HASH}
            ),
        ),
    ),
    "one_door_per_campaign_and_class": Case(
        (one_per(ClassDoorFactory, "campaign", class_name="8 «А»"),), (one_per(ClassDoorFactory, "campaign"),)
    ),
    "a_response_has_a_name_and_a_moment_or_neither": Case(
        (ResponseFactory, lambda: ResponseFactory(sent=True), lambda: ResponseFactory(released=True)),
        (
            lambda: ResponseFactory(respondent=None),
            lambda: ResponseFactory(sent=True, sent_at=None),
            lambda: ResponseFactory(sent_at=timezone.now()),
            lambda: ResponseFactory(taken_at=timezone.now()),
            lambda: ResponseFactory(released=True, sent_at=timezone.now()),
            lambda: ResponseFactory(released=True, began_at=timezone.now()),
        ),
    ),
    "one_answer_per_question_and_item": Case(
        (one_per(AnswerFactory, "response", item="b"),), (one_per(AnswerFactory, "response"),)
    ),
    "one_answer_per_question_and_person": Case(
        (),
        (same_person_twice,),
    ),
    "one_parameter_per_school_and_key": Case(
        (one_per(ParameterFactory, "school"),), (one_per(ParameterFactory, "school", "key"),)
    ),
    "one_parameter_per_school_side_and_name": Case(
        (one_per(ParameterFactory, "school", "name", side="mentor"),), (one_per(ParameterFactory, "school", "name"),)
    ),
    "side_of_a_parameter_is_known": Case((), (lambda: ParameterFactory(side="staff"),)),
    "direction_is_known": Case(
        tuple(partial(ParameterFactory, direction=direction) for direction in Direction),
        (lambda: ParameterFactory(direction="left"),),
    ),
    "a_scale_rises": Case(
        (lambda: ParameterFactory(least=None), lambda: ParameterFactory(most=None)), (lambda: ParameterFactory(most=1),)
    ),
    "one_figure_per_parameter_enrolment_and_wave": Case(
        (one_per(MeasurementFactory, "parameter", "enrolment", wave="exit"),),
        (one_per(MeasurementFactory, "parameter", "enrolment"),),
    ),
    "wave_of_a_figure_is_known": Case(
        tuple(partial(MeasurementFactory, wave=wave) for wave in MeasurementWave),
        (lambda: MeasurementFactory(wave="late"),),
    ),
    "a_figure_of_a_survey_has_its_response": Case(
        (
            lambda: MeasurementFactory(source="survey", response=ResponseFactory(sent=True)),
            lambda: MeasurementFactory(source="sheet"),
        ),
        (
            lambda: MeasurementFactory(source="survey"),
            lambda: MeasurementFactory(response=ResponseFactory(sent=True)),
        ),
    ),
    "one_comparison_per_cycle_and_parameter": Case((), (one_per(ComparisonGroupFactory, "cycle", "parameter"),)),
    "a_comparison_tells_of_nobody": Case(
        (lambda: ComparisonGroupFactory(size=5, deviation=0),),
        (lambda: ComparisonGroupFactory(size=4), lambda: ComparisonGroupFactory(deviation=-1)),
    ),
}
