"""Questionnaires, campaigns, answers and what is measured before and after."""

from surveys.models.campaign import Campaign, CampaignState, ClassDoor, Respondent, Wave
from surveys.models.measurement import (
    ComparisonGroup,
    Direction,
    FigureSource,
    Measurement,
    MeasurementWave,
    Parameter,
)
from surveys.models.questionnaire import (
    SURVEY_KEEPERS,
    SURVEY_READERS,
    Answerer,
    Questionnaire,
    QuestionnaireKind,
    QuestionnaireVersion,
    VersionState,
)
from surveys.models.response import Answer, HeldResponse, Response

__all__ = [
    "SURVEY_KEEPERS",
    "SURVEY_READERS",
    "Answer",
    "Answerer",
    "Campaign",
    "CampaignState",
    "ClassDoor",
    "ComparisonGroup",
    "Direction",
    "FigureSource",
    "HeldResponse",
    "Measurement",
    "MeasurementWave",
    "Parameter",
    "Questionnaire",
    "QuestionnaireKind",
    "QuestionnaireVersion",
    "Respondent",
    "Response",
    "VersionState",
    "Wave",
]
