"""What a question can name besides itself: earlier questions, parameters, subjects and indicators of the school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.content import Content, Question
from surveys.models import Parameter, QuestionnaireVersion
from surveys.standard.behaviour import INDICATORS


def earlier_questions(content: Content, key: str, section: str = "") -> tuple[Question, ...]:
    """The questions before this one; of a new one, all up to the end of its section."""
    found: list[Question] = []
    for one in content.sections:
        for question in one.questions:
            if question.key == key:
                return tuple(found)
            found.append(question)
        if one.key == section:
            return tuple(found)
    return tuple(found)


def parameters_of(version: QuestionnaireVersion) -> dict[str, str]:
    """The parameters measured of those who answer, by key."""
    row = version.questionnaire
    rows = Parameter.objects.filter(school_id=row.school_id, side=row.answerer).order_by("place", "pk")
    return dict(rows.values_list("key", "name"))


def compared_in(version: QuestionnaireVersion) -> tuple[dict[str, str], dict[str, str]]:
    """Subjects and indicators by key, each with the text of a question that has it, of all the school's newest versions."""
    subjects: dict[str, str] = {}
    indicators = {one.key: one.text for one in INDICATORS}
    for question in _questions_of_school(version.questionnaire.school_id):
        for name, found in (("subject", subjects), ("indicator", indicators)):
            if question.get(name):
                found.setdefault(question[name], question["text"][:120])
    return subjects, indicators


def _questions_of_school(school: int) -> Iterator[Mapping[str, Any]]:
    rows = QuestionnaireVersion.objects.filter(questionnaire__school=school).order_by("questionnaire", "-number")
    seen: set[int] = set()
    for questionnaire, content in rows.values_list("questionnaire", "content"):
        if questionnaire not in seen:
            seen.add(questionnaire)
            yield from (question for section in content["sections"] for question in section.get("questions", ()))
