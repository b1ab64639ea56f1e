"""Questionnaires, campaigns, answers and figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from core.models import Role
from reports.models import MonitoringReport, ReportState
from surveys.models import (
    Answer,
    Answerer,
    Campaign,
    CampaignState,
    ClassDoor,
    ComparisonGroup,
    Direction,
    FigureSource,
    HeldResponse,
    Measurement,
    MeasurementWave,
    Parameter,
    Questionnaire,
    QuestionnaireKind,
    QuestionnaireVersion,
    Respondent,
    Response,
    VersionState,
)
from tests.factories.people import EnrolmentFactory
from tests.factories.programmes import CycleFactory
from tests.factories.rows import RowFactory
from tests.factories.schools import MembershipFactory, SchoolFactory

SMALL: dict[str, Any] = {
    "sections": [
        {
            "key": "s1",
            "title": "О встречах",
            "text": "",
            "questions": [
                {
                    "key": "q1",
                    "kind": "scale",
                    "text": "Насколько вам комфортно общаться?",
                    "help": "",
                    "required": True,
                    "low": 1,
                    "high": 10,
                    "low_label": "совсем нет",
                    "high_label": "очень",
                    "measure": "comfort",
                },
                {"key": "q2", "kind": "long", "text": "Чего не хватило?", "help": "", "required": False},
            ],
        }
    ],
    "levels": [],
    "thanks": "",
}
"""Two questions in one section, as the outline of a questionnaire is kept."""


class QuestionnaireFactory(RowFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    school = SubFactory(SchoolFactory)
    title = Sequence(lambda n: f"Анкета наставляемого {n}")
    kind = QuestionnaireKind.ENTRY
    answerer = Answerer.MENTEE


class QuestionnaireVersionFactory(RowFactory[QuestionnaireVersion]):
    class Meta:
        model = QuestionnaireVersion

    class Params:
        published = Trait(state=VersionState.PUBLISHED, published_at=LazyFunction(timezone.now))

    questionnaire = SubFactory(QuestionnaireFactory)
    number = 1
    content = LazyFunction(lambda: SMALL)


class CampaignFactory(RowFactory[Campaign]):
    """A campaign of a year, in preparation; `open` takes answers."""

    class Meta:
        model = Campaign

    class Params:
        planned = Trait(state=CampaignState.PLANNED)
        open = Trait(state=CampaignState.OPEN, opened_at=LazyFunction(timezone.now))
        closed = Trait(
            state=CampaignState.CLOSED, opened_at=LazyFunction(timezone.now), closed_at=LazyFunction(timezone.now)
        )

    cycle = SubFactory(CycleFactory)
    version = SubFactory(
        QuestionnaireVersionFactory,
        published=True,
        questionnaire__school=SelfAttribute("...cycle.programme.school"),
    )
    title = Sequence(lambda n: f"Опрос наставляемых {n}")
    opens_on = date(2026, 9, 14)
    closes_on = date(2027, 5, 31)


class RespondentFactory(RowFactory[Respondent]):
    """A mentee who is asked; `staff` is a curator who answers."""

    class Meta:
        model = Respondent

    class Params:
        staff = Trait(
            enrolment=None,
            membership=SubFactory(
                MembershipFactory, school=SelfAttribute("..campaign.cycle.programme.school"), role=Role.CURATOR
            ),
        )

    campaign = SubFactory(CampaignFactory, open=True)
    enrolment = SubFactory(
        EnrolmentFactory,
        cycle=SelfAttribute("..campaign.cycle"),
        person__school=SelfAttribute("...campaign.cycle.programme.school"),
    )


class ClassDoorFactory(RowFactory[ClassDoor]):
    class Meta:
        model = ClassDoor

    campaign = SubFactory(CampaignFactory, open=True)
    class_name = "7 «Б»"
    token_hash = Sequence(lambda n: f"{n:064x}")


class ResponseFactory(RowFactory[Response]):
    """What is being typed; `sent` is in the results, `released` is without a name."""

    class Meta:
        model = Response

    class Params:
        sent = Trait(is_sent=True, sent_at=LazyFunction(timezone.now), draft=LazyFunction(dict))
        released = Trait(respondent=None, is_sent=True, draft=LazyFunction(dict))

    respondent = SubFactory(RespondentFactory, campaign=SelfAttribute("..campaign"))
    campaign = SubFactory(CampaignFactory, open=True)
    draft = LazyFunction(lambda: {"q2": "Больше встреч"})


class HeldResponseFactory(RowFactory[HeldResponse]):
    class Meta:
        model = HeldResponse

    campaign = SubFactory(CampaignFactory, open=True, is_anonymous=True)
    sealed = b"sealed"


class AnswerFactory(RowFactory[Answer]):
    class Meta:
        model = Answer

    response = SubFactory(ResponseFactory, sent=True)
    question = "q2"
    text = "Больше встреч"


class ParameterFactory(RowFactory[Parameter]):
    class Meta:
        model = Parameter

    school = SubFactory(SchoolFactory)
    key = Sequence(lambda n: f"parameter{n}")
    name = Sequence(lambda n: f"Желание посещать школу {n}")
    side = Answerer.MENTEE
    least = 1
    most = 10
    direction = Direction.UP


class MeasurementFactory(RowFactory[Measurement]):
    class Meta:
        model = Measurement

    parameter = SubFactory(ParameterFactory)
    enrolment = SubFactory(EnrolmentFactory, person__school=SelfAttribute("...parameter.school"))
    wave = MeasurementWave.ENTRY
    value = 6
    measured_on = date(2026, 9, 20)
    source = FigureSource.HAND


class ComparisonGroupFactory(RowFactory[ComparisonGroup]):
    class Meta:
        model = ComparisonGroup

    cycle = SubFactory(CycleFactory)
    parameter = SubFactory(ParameterFactory, school=SelfAttribute("..cycle.programme.school"))
    words = "7 «В», который не участвует"
    size = 21
    mean_before = 6
    mean_change = 0
    deviation = 1


class MonitoringReportFactory(RowFactory[MonitoringReport]):
    class Meta:
        model = MonitoringReport

    class Params:
        approved = Trait(state=ReportState.APPROVED, approved_at=LazyFunction(timezone.now), frozen=LazyFunction(dict))

    cycle = SubFactory(CycleFactory)
    as_of = date(2027, 5, 31)
    swot = LazyFunction(lambda: {"strengths": "Опытные наставники"})
