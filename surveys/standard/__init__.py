"""The questionnaires a school begins with; it may change every word of them."""

from surveys.standard.curator import curator_questionnaires
from surveys.standard.feedback import feedback_questionnaires
from surveys.standard.meeting import preference_questionnaires
from surveys.standard.requests import request_questionnaires
from surveys.standard.shape import StandardQuestionnaire
from surveys.standard.waves import wave_questionnaires

STANDARD_QUESTIONNAIRES: tuple[StandardQuestionnaire, ...] = (
    *request_questionnaires(),
    *wave_questionnaires(),
    *preference_questionnaires(),
    *feedback_questionnaires(),
    *curator_questionnaires(),
)

__all__ = ["STANDARD_QUESTIONNAIRES", "StandardQuestionnaire"]
