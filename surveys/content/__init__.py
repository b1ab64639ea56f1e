"""What a questionnaire asks, as plain values, and its JSON.

`content_from_json` takes any content of the right shape, a half-written draft too; whether it may be put to use is
said by `surveys.questions.faults_of`.
"""

from surveys.content.reading import ContentError, content_from_json, content_read_before, question_from_json
from surveys.content.shape import (
    FILE_KINDS,
    FILLS,
    OWN_FIELDS,
    SIDES,
    Condition,
    Content,
    Kind,
    Level,
    Option,
    Question,
    Section,
)
from surveys.content.writing import content_to_json, question_to_json

__all__ = [
    "FILE_KINDS",
    "FILLS",
    "OWN_FIELDS",
    "SIDES",
    "Condition",
    "Content",
    "ContentError",
    "Kind",
    "Level",
    "Option",
    "Question",
    "Section",
    "content_from_json",
    "content_read_before",
    "content_to_json",
    "question_from_json",
    "question_to_json",
]
